package io.github.printer2mqtt.config;

import io.github.printer2mqtt.text.Secret;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code mqtt}.
 *
 * @param url {@code mqtt://host:1883}, {@code mqtts://}, {@code ws://} or {@code wss://}; null for the embedded broker
 * @param username null for none
 * @param password null for none
 * @param version of the protocol
 * @param baseTopic every topic begins with it; one level or more, without slash at either end
 * @param clientId null for the base topic and six characters kept in the database
 * @param attributes whether each value of a status has a topic of its own as well
 * @param log whether warnings and errors go to a topic as well
 * @param responseTopics topic filters of the topics at which MQTT 5 clients may ask for their responses, beside ours
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
        List<String> responseTopics,
        Tls tls) {
    public MqttConfig {
        responseTopics = List.copyOf(responseTopics);
    }

    /** Which MQTT to speak. */
    public enum Version {
        /** 5, and 3.1.1 if the broker refuses it. */
        AUTO("auto"),
        V5("5"),
        V3("3.1.1");

        private final String wireName;

        Version(String wireName) {
            this.wireName = wireName;
        }

        /** How it is written in config.json. */
        public String wireName() {
            return wireName;
        }

        @Override
        public String toString() {
            return wireName.toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Sub-section {@code mqtt.tls}.
     *
     * @param ca a PEM file with the certificates to trust; null for those of the system
     * @param certificate a PEM file with our own certificate; null for none
     * @param key a PEM file with the key of {@code certificate} (PKCS 8); null for none
     */
    public record Tls(
            @Nullable String ca,
            @Nullable String certificate,
            @Nullable String key) {
        public static Tls defaults() {
            return new ConfigAssembler(new Values()).tls();
        }
    }

    public static MqttConfig defaults() {
        return new ConfigAssembler(new Values()).mqtt();
    }
}
