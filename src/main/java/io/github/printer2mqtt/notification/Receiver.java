package io.github.printer2mqtt.notification;

import io.github.printer2mqtt.net.http.ApiClient;
import java.time.Instant;

/** A service that takes notifications. Makes requests; sends nothing itself. */
sealed interface Receiver permits WebhookReceiver, NtfyReceiver {
    /** For metrics, log lines and the test. */
    String name();

    /** @param now of this attempt, by the wall clock */
    ApiClient.Request request(Notification notification, Instant now);
}
