package io.github.printer2mqtt.config;

import io.github.printer2mqtt.text.Secret;
import io.github.printer2mqtt.text.WireConstant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code mqtt}.
 *
 * @param url {@code mqtt://host:1883}, {@code mqtts://}, {@code ws://} or {@code wss://}; null for the embedded broker
 * @param username null for none
 * @param password null for none
 * @param version of the protocol
 * @param baseTopic prefix of every topic; one level or more, without a slash at either end
 * @param clientId null for the base topic and six characters kept in the database
 * @param attributes whether each value of a status is also published at a topic of its own
 * @param log whether warnings and errors are also published
 * @param raw whether messages of printers are also published as they came
 * @param responseTopics filters of further response topics that MQTT 5 clients may request
 * @param tls for {@code mqtts} and {@code wss}
 */
public record MqttConfig(
        @Nullable String url,
        @Nullable String username,
        @Nullable Secret password,
        Version version,
        String baseTopic,
        @Nullable String clientId,
        boolean attributes,
        boolean log,
        boolean raw,
        List<String> responseTopics,
        Tls tls) {
    public MqttConfig {
        responseTopics = List.copyOf(responseTopics);
    }

    /** MQTT protocol version. */
    public enum Version implements WireConstant {
        /** 5, or 3.1.1 if the broker refuses 5. */
        AUTO("auto"),
        V5("5"),
        V3("3.1.1");

        private final String wireName;

        Version(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public String wireName() {
            return wireName;
        }

        @Override
        public String toString() {
            return wireName;
        }
    }

    /**
     * Sub-section {@code mqtt.tls}.
     *
     * @param ca PEM file with the certificates to trust; null trusts those of the system
     * @param certificate PEM file with the client certificate; null for none
     * @param key PEM file with the private key of {@code certificate}; null for none
     * @param keyPassword of that file; null if it is not encrypted
     */
    public record Tls(
            @Nullable String ca,
            @Nullable String certificate,
            @Nullable String key,
            @Nullable Secret keyPassword) {
        /** Nothing is configured. */
        public static Tls none() {
            return new Tls(null, null, null, null);
        }
    }
}
