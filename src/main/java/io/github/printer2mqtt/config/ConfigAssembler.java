package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.type.DatabaseUrl;
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
                cluster(),
                secrets(),
                backup(),
                commands(),
                homeAssistant(),
                new BridgeConfig.Security(
                        values.get(Keys.SECURITY_ALLOW_LOOPBACK_PRINTERS),
                        values.find(Keys.SECURITY_PRINTER_CA),
                        values.get(Keys.SECURITY_FOLLOW_PRINTERS),
                        values.get(Keys.SECURITY_PICTURE_HOSTS)),
                alerts(),
                notifications(),
                new BridgeConfig.Plate(values.get(Keys.PLATE_READY_BELOW), values.get(Keys.PLATE_ASSUME_COLD_AFTER)),
                history(),
                values.get(Keys.SITES),
                LogConfig.of(values.get(Keys.LOG_FORMAT), values.get(Keys.LOG_LEVEL), values.get(Keys.LOG_PACKAGES)),
                values.settings());
    }

    private BridgeConfig.Http http() {
        return new BridgeConfig.Http(
                values.get(HttpKeys.HOST),
                values.get(HttpKeys.PORT),
                values.find(HttpKeys.TOKEN),
                values.get(HttpKeys.ALLOWED_HOSTS),
                values.get(HttpKeys.FRAME_ANCESTORS),
                values.find(HttpKeys.PATH_PREFIX),
                httpTls(),
                proxy());
    }

    private ProxyConfig proxy() {
        Secret secret = values.find(HttpKeys.PROXY_SECRET);
        String userHeader = values.find(HttpKeys.PROXY_USER_HEADER);
        ProxyConfig.Roles ingress = ProxyConfig.Roles.of(values.get(HttpKeys.INGRESS_ROLES));
        return new ProxyConfig(
                values.get(HttpKeys.PROXY_TRUSTED),
                secret == null || userHeader == null
                        ? null
                        : new ProxyConfig.Login(
                                secret,
                                userHeader,
                                values.find(HttpKeys.PROXY_GROUPS_HEADER),
                                ProxyConfig.Roles.of(values.get(HttpKeys.PROXY_ROLES))),
                ingress.byName().isEmpty()
                        ? null
                        : new ProxyConfig.Ingress(values.get(HttpKeys.INGRESS_PEER), ingress));
    }

    private BridgeConfig.Http.@Nullable Tls httpTls() {
        String certificate = values.find(HttpKeys.TLS_CERTIFICATE);
        String key = values.find(HttpKeys.TLS_KEY);
        return certificate == null || key == null
                ? null
                : new BridgeConfig.Http.Tls(certificate, key, values.find(HttpKeys.TLS_KEY_PASSWORD));
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
                values.get(Keys.MQTT_RAW),
                values.get(Keys.MQTT_RESPONSE_TOPICS),
                tls());
    }

    private MqttConfig.Tls tls() {
        return new MqttConfig.Tls(
                values.find(Keys.MQTT_TLS_CA),
                values.find(Keys.MQTT_TLS_CERTIFICATE),
                values.find(Keys.MQTT_TLS_KEY),
                values.find(Keys.MQTT_TLS_KEY_PASSWORD));
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

    private DatabaseConfig database() {
        return new DatabaseConfig(values.get(DatabaseKeys.PATH), databaseServer());
    }

    private @Nullable ClusterConfig cluster() {
        String node = values.find(DatabaseKeys.NODE);
        return node == null ? null : new ClusterConfig(node, values.get(DatabaseKeys.LEASE));
    }

    private DatabaseConfig.@Nullable Server databaseServer() {
        DatabaseUrl url = values.find(DatabaseKeys.URL);
        String username = values.find(DatabaseKeys.USERNAME);
        if (url == null || username == null) {
            return null;
        }
        DatabaseConfig.Tls tls = values.find(DatabaseKeys.TLS_MODE);
        return new DatabaseConfig.Server(
                url,
                username,
                values.find(DatabaseKeys.PASSWORD),
                tls == null ? DatabaseConfig.Tls.defaultFor(url) : tls,
                values.find(DatabaseKeys.TLS_CA));
    }

    private BridgeConfig.Secrets secrets() {
        String keyFile = values.find(Keys.SECRETS_KEY_FILE);
        return new BridgeConfig.Secrets(
                values.find(Keys.SECRETS_KEY),
                keyFile == null ? BridgeConfig.Secrets.beside(database()).keyFile() : keyFile);
    }

    private BackupConfig backup() {
        return new BackupConfig(
                values.get(Keys.BACKUP_NIGHTLY),
                values.get(Keys.BACKUP_AT),
                values.get(Keys.BACKUP_KEEP),
                values.find(Keys.BACKUP_FOLDER));
    }

    private CommandsConfig commands() {
        return new CommandsConfig(
                Set.copyOf(values.get(Keys.COMMANDS_MQTT)), Set.copyOf(values.get(Keys.COMMANDS_MQTT_REQUESTS)));
    }

    private BridgeConfig.HomeAssistant homeAssistant() {
        return new BridgeConfig.HomeAssistant(
                values.get(Keys.HOME_ASSISTANT_DISCOVERY),
                values.get(Keys.HOME_ASSISTANT_PREFIX),
                values.get(Keys.HOME_ASSISTANT_THUMBNAILS));
    }

    private AlertsConfig alerts() {
        return new AlertsConfig(
                Set.copyOf(values.get(AlertKeys.RULES)),
                values.get(AlertKeys.OFFLINE_AFTER),
                values.get(AlertKeys.STALLED_AFTER),
                temperatureAlerts(),
                values.get(AlertKeys.NOT_CLEARED_AFTER));
    }

    private NotifyConfig notifications() {
        Secret webhook = values.find(AlertKeys.NOTIFY_WEBHOOK_URL);
        Secret secret = values.find(AlertKeys.NOTIFY_WEBHOOK_SECRET);
        Secret ntfy = values.find(AlertKeys.NOTIFY_NTFY_URL);
        return new NotifyConfig(
                webhook == null || secret == null ? null : new NotifyConfig.Webhook(webhook, secret),
                ntfy == null ? null : new NotifyConfig.Ntfy(ntfy, values.find(AlertKeys.NOTIFY_NTFY_TOKEN)),
                Set.copyOf(values.get(AlertKeys.NOTIFY_EVENTS)),
                Set.copyOf(values.get(AlertKeys.NOTIFY_ALERTS)),
                Set.copyOf(values.get(AlertKeys.NOTIFY_GROUPS)));
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
                values.get(AlertKeys.TEMPERATURE_AFTER),
                values.get(AlertKeys.TEMPERATURE_DEVIATION),
                values.find(AlertKeys.TEMPERATURE_NOZZLE_LIMIT),
                values.find(AlertKeys.TEMPERATURE_BED_LIMIT));
    }
}
