package io.github.printer2mqtt.persistence;

import io.vertx.core.Future;
import java.util.Map;

/**
 * The retained topics that a broker may hold of this bridge, kept so that those without an owner are cleared: of a printer
 * removed while the broker was away, of a former group, prefix or base topic.
 *
 * <p>{@link #save} and {@link #remove} return at once and are applied in the order of the calls for one topic.
 */
public interface RetainedTopicRepository {
    /** The stored topics, each with its note. */
    Future<Map<String, String>> load();

    /** Saves a topic before it is published for the first time. */
    default void save(String topic) {
        save(topic, "");
    }

    /**
     * Saves a topic of whose content something must be known after a restart.
     *
     * @param note replaces the stored one; empty for none
     */
    void save(String topic, String note);

    /** Removes a topic that the broker has acknowledged to be empty. */
    void remove(String topic);
}
