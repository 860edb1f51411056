package io.github.printer2mqtt.config;

import io.github.printer2mqtt.text.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration. {@link #defaults()} is what {@code {}} means.
 *
 * @param http the API
 * @param mqtt the broker to connect to
 * @param broker the embedded one, used when {@code mqtt.url} is null
 * @param polling how printers are asked
 * @param database where registrations live
 * @param commands what may be asked of printers over MQTT
 * @param homeAssistant discovery
 * @param security which addresses are allowed
 * @param alerts which there are and when they open
 * @param log how much is logged
 * @param given paths of the keys that the file or the environment sets; the others have their defaults
 */
public record BridgeConfig(
        Http http,
        MqttConfig mqtt,
        Broker broker,
        Polling polling,
        Database database,
        CommandsConfig commands,
        HomeAssistant homeAssistant,
        Security security,
        AlertsConfig alerts,
        LogConfig log,
        Set<String> given) {
    public BridgeConfig {
        given = Set.copyOf(given);
    }

    public static BridgeConfig defaults() {
        return new ConfigAssembler(new Values()).all();
    }

    /** The same with other ports. */
    public BridgeConfig withPorts(int httpPort, int brokerPort) {
        return new BridgeConfig(
                new Http(http.host(), httpPort, http.token(), http.allowedHosts()),
                mqtt,
                new Broker(broker.host(), brokerPort, broker.username(), broker.password()),
                polling,
                database,
                commands,
                homeAssistant,
                security,
                alerts,
                log,
                given);
    }

    /** The same for a demo: with a database of its own, and printers on this machine. */
    public BridgeConfig forDemo(Database temporary) {
        return new BridgeConfig(
                http,
                mqtt,
                broker,
                polling,
                temporary,
                commands,
                homeAssistant,
                new Security(true),
                alerts,
                log,
                given);
    }

    /**
     * Section {@code broker}: the embedded broker.
     *
     * @param host to listen on; another than a loopback address needs username and password
     * @param port to listen on
     * @param username that clients must give; null lets everybody in
     * @param password that clients must give; null with {@code username} null
     */
    public record Broker(
            String host,
            int port,
            @Nullable String username,
            @Nullable Secret password) {
        public static Broker defaults() {
            return new ConfigAssembler(new Values()).broker();
        }
    }

    /**
     * Section {@code database}.
     *
     * @param path of the SQLite file; its directory is made if it is missing
     */
    public record Database(String path) {
        public static Database defaults() {
            return new ConfigAssembler(new Values()).database();
        }
    }

    /**
     * Section {@code home_assistant}.
     *
     * @param discovery how printers are announced
     * @param prefix of the discovery topics
     */
    public record HomeAssistant(Discovery discovery, String prefix) {
        /** How printers are announced to Home Assistant. */
        public enum Discovery {
            /** One message a printer, for 2024.11 and newer. */
            DEVICE,
            /** One message an entity, for older ones and for others that read discovery. */
            COMPONENT,
            OFF
        }

        public static HomeAssistant defaults() {
            return new ConfigAssembler(new Values()).homeAssistant();
        }
    }

    /**
     * Section {@code http}.
     *
     * @param host to listen on; another than a loopback address needs a token
     * @param port to listen on, 0 for any free one
     * @param token that requests must carry; null for none
     * @param allowedHosts names beside the listening address that a Host header may have, for reverse proxies
     */
    public record Http(String host, int port, @Nullable Secret token, List<String> allowedHosts) {
        public Http {
            allowedHosts = List.copyOf(allowedHosts);
        }

        public static Http defaults() {
            return new ConfigAssembler(new Values()).http();
        }
    }

    /**
     * Section {@code polling}.
     *
     * @param timeout for one reading, from the start of the connect
     * @param offlineAfter misses in a row until a printer is offline
     * @param interval between polls
     */
    public record Polling(Duration timeout, int offlineAfter, Interval interval) {
        /**
         * Sub-section {@code polling.interval}, each at least 250 ms.
         *
         * @param printing while printing
         * @param preparing while preparing, busy, in need of attention or unknown
         * @param paused while paused
         * @param idle while idle, finished, cancelled or in error
         * @param offline the first wait of the back-off
         * @param offlineMax the longest wait of the back-off
         */
        public record Interval(
                Duration printing,
                Duration preparing,
                Duration paused,
                Duration idle,
                Duration offline,
                Duration offlineMax) {
            public static Interval defaults() {
                return new ConfigAssembler(new Values()).interval();
            }
        }

        public static Polling defaults() {
            return new ConfigAssembler(new Values()).polling();
        }
    }

    /**
     * Section {@code security}.
     *
     * @param allowLoopbackPrinters whether printers may be registered on this machine
     */
    public record Security(boolean allowLoopbackPrinters) {
        public static Security defaults() {
            return new ConfigAssembler(new Values()).security();
        }
    }
}
