package io.github.printer2mqtt.config;

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
        LogConfig log) {
    public static BridgeConfig defaults() {
        return new Sections(new Values()).all();
    }
}
