package io.github.printer2mqtt.persistence;

import io.vertx.core.Future;
import java.util.Map;

/**
 * Writes down which retained topics a broker may hold of us, so that those which nothing owns any more are cleared for
 * certain: of a printer that was removed while the broker was away, of a group, a prefix or a base topic of before.
 *
 * <p>Called on the context of {@code MqttVerticle}: an implementation returns at once and keeps the order of the calls.
 */
public interface RetainedTopicRepository {
    /** What is written down from before: the text of each topic, with what was noted beside it. */
    Future<Map<String, String>> load();

    /** A topic is about to be published for the first time. */
    default void save(String topic) {
        save(topic, "");
    }

    /**
     * A topic is about to be published, and something of its content must be known after a restart.
     *
     * @param note replaces what was noted before; empty for nothing
     */
    void save(String topic, String note);

    /** The broker has acknowledged that a topic is empty. */
    void remove(String topic);

    /**
     * Remembers nothing across a restart of the bridge: a printer removed while the broker is away is cleared when it
     * returns, but not if the bridge is restarted before.
     */
    static RetainedTopicRepository inMemory() {
        return new RetainedTopicRepository() {
            @Override
            public Future<Map<String, String>> load() {
                return Future.succeededFuture(Map.of());
            }

            @Override
            public void save(String topic, String note) {
                // The retained set itself is the memory.
            }

            @Override
            public void remove(String topic) {
                // The retained set itself is the memory.
            }
        };
    }
}
