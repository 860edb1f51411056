package io.github.printer2mqtt.notification;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The receivers of notifications, for the API. Safe for every thread. */
public interface NotificationService {
    /** The names of the configured receivers, such as {@code webhook}. */
    List<String> receivers();

    /**
     * Sends a test to every configured receiver, once and at once. Completes when all have answered or reached the deadline;
     * with an empty list if none is configured.
     */
    Future<List<TestResult>> test();

    /**
     * The answer of one receiver to a test.
     *
     * @param detail why it was not delivered; null if it was
     */
    record TestResult(
            String receiver, boolean isDelivered, @Nullable String detail) {}
}
