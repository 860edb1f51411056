package io.github.printer2mqtt.config;

import io.github.printer2mqtt.text.Secret;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the configuration records from checked values. */
final class ConfigAssembler {
    private final Values values;

    ConfigAssembler(Values values) {
        this.values = values;
    }

    BridgeConfig all() {
        return new BridgeConfig(
                http(),
                mqtt(),
                broker(),
                polling(),
                database(),
                secrets(),
                commands(),
                homeAssistant(),
                new BridgeConfig.Security(
                        values.get(Keys.SECURITY_ALLOW_LOOPBACK_PRINTERS), values.find(Keys.SECURITY_PRINTER_CA)),
                alerts(),
                notifications(),
                new BridgeConfig.Plate(values.get(Keys.PLATE_READY_BELOW), values.get(Keys.PLATE_ASSUME_COLD_AFTER)),
                history(),
                LogConfig.of(values.get(Keys.LOG_LEVEL), values.get(Keys.LOG_PACKAGES)),
                values.explicitKeys());
    }

    private BridgeConfig.Http http() {
        return new BridgeConfig.Http(
                values.get(Keys.HTTP_HOST),
                values.get(Keys.HTTP_PORT),
                values.find(Keys.HTTP_TOKEN),
                values.get(Keys.HTTP_ALLOWED_HOSTS),
                values.get(Keys.HTTP_FRAME_ANCESTORS),
                values.find(Keys.HTTP_PATH_PREFIX),
                httpTls());
    }

    private BridgeConfig.Http.@Nullable Tls httpTls() {
        String certificate = values.find(Keys.HTTP_TLS_CERTIFICATE);
        String key = values.find(Keys.HTTP_TLS_KEY);
        return certificate == null || key == null ? null : new BridgeConfig.Http.Tls(certificate, key);
    }

    private MqttConfig mqtt() {
        return new MqttConfig(
                values.find(Keys.MQTT_URL),
                values.find(Keys.MQTT_USERNAME),
                values.find(Keys.MQTT_PASSWORD),
                values.get(Keys.MQTT_VERSION),
                values.get(Keys.MQTT_BASE_TOPIC),
                values.find(Keys.MQTT_CLIENT_ID),
                values.get(Keys.MQTT_ATTRIBUTES),
                values.get(Keys.MQTT_LOG),
                values.get(Keys.MQTT_RESPONSE_TOPICS),
                tls());
    }

    private MqttConfig.Tls tls() {
        return new MqttConfig.Tls(
                values.find(Keys.MQTT_TLS_CA), values.find(Keys.MQTT_TLS_CERTIFICATE), values.find(Keys.MQTT_TLS_KEY));
    }

    private BridgeConfig.Broker broker() {
        return new BridgeConfig.Broker(
                values.get(Keys.BROKER_HOST),
                values.get(Keys.BROKER_PORT),
                values.find(Keys.BROKER_USERNAME),
                values.find(Keys.BROKER_PASSWORD));
    }

    private BridgeConfig.Polling polling() {
        return new BridgeConfig.Polling(
                values.get(Keys.POLLING_TIMEOUT), values.get(Keys.POLLING_OFFLINE_AFTER), interval());
    }

    private BridgeConfig.Polling.Interval interval() {
        return new BridgeConfig.Polling.Interval(
                values.get(Keys.INTERVAL_PRINTING),
                values.get(Keys.INTERVAL_PREPARING),
                values.get(Keys.INTERVAL_PAUSED),
                values.get(Keys.INTERVAL_IDLE),
                values.get(Keys.INTERVAL_OFFLINE),
                values.get(Keys.INTERVAL_OFFLINE_MAX));
    }

    private BridgeConfig.Database database() {
        return new BridgeConfig.Database(values.get(Keys.DATABASE_PATH));
    }

    private BridgeConfig.Secrets secrets() {
        String keyFile = values.find(Keys.SECRETS_KEY_FILE);
        return new BridgeConfig.Secrets(
                values.find(Keys.SECRETS_KEY),
                keyFile == null ? BridgeConfig.Secrets.beside(database()).keyFile() : keyFile);
    }

    private CommandsConfig commands() {
        return new CommandsConfig(
                Set.copyOf(values.get(Keys.COMMANDS_MQTT)), Set.copyOf(values.get(Keys.COMMANDS_MQTT_REQUESTS)));
    }

    private BridgeConfig.HomeAssistant homeAssistant() {
        return new BridgeConfig.HomeAssistant(
                values.get(Keys.HOME_ASSISTANT_DISCOVERY), values.get(Keys.HOME_ASSISTANT_PREFIX));
    }

    private AlertsConfig alerts() {
        return new AlertsConfig(
                Set.copyOf(values.get(Keys.ALERTS_RULES)),
                values.get(Keys.ALERTS_OFFLINE_AFTER),
                values.get(Keys.ALERTS_STALLED_AFTER),
                temperatureAlerts(),
                values.get(Keys.ALERTS_NOT_CLEARED_AFTER));
    }

    private NotifyConfig notifications() {
        Secret webhook = values.find(Keys.NOTIFY_WEBHOOK_URL);
        Secret secret = values.find(Keys.NOTIFY_WEBHOOK_SECRET);
        Secret ntfy = values.find(Keys.NOTIFY_NTFY_URL);
        return new NotifyConfig(
                webhook == null || secret == null ? null : new NotifyConfig.Webhook(webhook, secret),
                ntfy == null ? null : new NotifyConfig.Ntfy(ntfy, values.find(Keys.NOTIFY_NTFY_TOKEN)),
                Set.copyOf(values.get(Keys.NOTIFY_EVENTS)),
                Set.copyOf(values.get(Keys.NOTIFY_ALERTS)),
                Set.copyOf(values.get(Keys.NOTIFY_GROUPS)));
    }

    private BridgeConfig.History history() {
        return new BridgeConfig.History(
                new BridgeConfig.History.Retention(
                        values.get(Keys.HISTORY_JOBS_DAYS), values.get(Keys.HISTORY_JOBS_ROWS)),
                new BridgeConfig.History.Retention(
                        values.get(Keys.HISTORY_STATES_DAYS), values.get(Keys.HISTORY_STATES_ROWS)));
    }

    private AlertsConfig.Temperature temperatureAlerts() {
        return new AlertsConfig.Temperature(
                values.get(Keys.ALERTS_TEMPERATURE_AFTER),
                values.get(Keys.ALERTS_TEMPERATURE_DEVIATION),
                values.find(Keys.ALERTS_TEMPERATURE_NOZZLE_LIMIT),
                values.find(Keys.ALERTS_TEMPERATURE_BED_LIMIT));
    }
}
