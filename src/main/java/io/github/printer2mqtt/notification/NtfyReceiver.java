package io.github.printer2mqtt.notification;

import io.github.printer2mqtt.net.http.ApiClient;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Publishes as JSON at the root of the server, as <a href="https://docs.ntfy.sh/publish/#publish-as-json">ntfy</a> describes;
 * headers could not carry every name.
 *
 * @param url ends in the topic
 * @param token null for none
 */
record NtfyReceiver(Secret url, @Nullable Secret token) implements Receiver {
    @Override
    public String name() {
        return "ntfy";
    }

    @Override
    public ApiClient.Request request(Notification notification, Instant now) {
        String text = url.reveal();
        int slash = text.lastIndexOf('/');
        JsonObject body = new JsonObject()
                .put("topic", text.substring(slash + 1))
                .put("title", notification.title())
                .put("message", notification.message())
                .put("priority", notification.priority().number());
        return new ApiClient.Request(
                HttpMethod.POST,
                URI.create(text.substring(0, slash + 1)),
                Map.of("Content-Type", "application/json"),
                token,
                body.toBuffer());
    }
}
