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

    /**
     * Keeps nothing across a restart of the bridge: a printer removed while the broker is away is cleared when the broker
     * returns, but not if the bridge restarts first.
     */
    static RetainedTopicRepository inMemory() {
        return new RetainedTopicRepository() {
            @Override
            public Future<Map<String, String>> load() {
                return Future.succeededFuture(Map.of());
            }

            @Override
            public void save(String topic, String note) {
                // The retained set itself is in memory.
            }

            @Override
            public void remove(String topic) {
                // The retained set itself is in memory.
            }
        };
    }
}
