package io.github.printer2mqtt.http;

import io.github.printer2mqtt.notification.NotificationService;
import io.vertx.core.Future;
import java.util.List;

/** Receivers whose answers a test sets. */
final class InMemoryNotifications implements NotificationService {
    volatile List<TestResult> results = List.of();

    @Override
    public List<String> receivers() {
        return results.stream().map(TestResult::receiver).toList();
    }

    @Override
    public Future<List<TestResult>> test() {
        return Future.succeededFuture(results);
    }
}
