package io.github.printer2mqtt.config;

import java.util.Set;

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
        HttpConfig http,
        MqttConfig mqtt,
        BrokerConfig broker,
        PollingConfig polling,
        DatabaseConfig database,
        CommandsConfig commands,
        HomeAssistantConfig homeAssistant,
        SecurityConfig security,
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
                new HttpConfig(http.host(), httpPort, http.token(), http.allowedHosts()),
                mqtt,
                new BrokerConfig(broker.host(), brokerPort, broker.username(), broker.password()),
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
    public BridgeConfig forDemo(DatabaseConfig temporary) {
        return new BridgeConfig(
                http,
                mqtt,
                broker,
                polling,
                temporary,
                commands,
                homeAssistant,
                new SecurityConfig(true),
                alerts,
                log,
                given);
    }
}
