package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.persistence.RetainedTopicRepository;
import io.vertx.core.Future;
import java.util.Map;

/** Stores nothing, for tests without a restart. */
public final class NoOpRetainedTopicRepository implements RetainedTopicRepository {
    @Override
    public Future<Map<String, String>> load() {
        return Future.succeededFuture(Map.of());
    }

    @Override
    public void save(String topic, String note) {}

    @Override
    public void remove(String topic) {}
}
