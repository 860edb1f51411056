package io.github.printer2mqtt.mqtt;

import io.vertx.core.Future;
import java.util.Set;

/**
 * Writes down which retained topics of printers a broker may hold of us, so that those of a printer which was removed
 * while the broker was away, or before a restart, are cleared for certain.
 *
 * <p>Called on the context of {@link MqttVerticle}: an implementation returns at once and keeps the order of the calls.
 */
public interface AnnouncedTopics {
    /** What is written down from before, by its text. */
    Future<Set<String>> load();

    /** A topic is about to be published for the first time. */
    void onAnnounced(String topic);

    /** The broker has acknowledged that a topic is empty. */
    void onCleared(String topic);

    /**
     * Remembers nothing across a restart of the bridge: a printer removed while the broker is away is cleared when it
     * returns, but not if the bridge is restarted before.
     */
    static AnnouncedTopics inMemory() {
        return new AnnouncedTopics() {
            @Override
            public Future<Set<String>> load() {
                return Future.succeededFuture(Set.of());
            }

            @Override
            public void onAnnounced(String topic) {
                // The retained set itself is the memory.
            }

            @Override
            public void onCleared(String topic) {
                // The retained set itself is the memory.
            }
        };
    }
}
