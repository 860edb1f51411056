package io.github.printer2mqtt.notification;

import io.github.printer2mqtt.net.http.ApiClient;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts the document as JSON. The signature covers the time of the attempt and the body, so that a receiver can reject what
 * others sent and what was recorded and sent again.
 */
record WebhookReceiver(Secret url, Secret secret) implements Receiver {
    private static final String ALGORITHM = "HmacSHA256";

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public ApiClient.Request request(Notification notification, Instant now) {
        Buffer body = notification.document().toBuffer();
        String timestamp = Long.toString(now.getEpochSecond());
        Map<String, String> headers = Map.of(
                "Content-Type",
                "application/json",
                "X-Printer2mqtt-Id",
                notification.id(),
                "X-Printer2mqtt-Timestamp",
                timestamp,
                "X-Printer2mqtt-Signature",
                "sha256=" + signature(timestamp, body));
        return new ApiClient.Request(HttpMethod.POST, URI.create(url.reveal()), headers, null, body);
    }

    /** HMAC-SHA256 over the timestamp, a dot and the body, in hexadecimal digits. */
    private String signature(String timestamp, Buffer body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
