package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.BridgeConfig.HomeAssistant.Discovery;
import io.github.printer2mqtt.config.CommandsConfig.RegistrationRequest;
import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.text.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All configuration keys. The file, the environment variables, the defaults and the table in
 * docs/reference/configuration.md are derived from this list.
 */
final class Keys {
    private static final List<Key<?>> DECLARED = new ArrayList<>();
    private static final Duration MIN_INTERVAL = Duration.ofMillis(250);
    private static final Duration MAX_INTERVAL = Duration.ofHours(1);

    static final Key<String> HTTP_HOST = key(
            "http.host",
            ValueTypes.host(),
            "127.0.0.1",
            "Address on which the HTTP API listens. On any address but a loopback one clients need a login or a token.");
    static final Key<Integer> HTTP_PORT =
            key("http.port", ValueTypes.integer(0, 65535), "8080", "Port of the HTTP API. 0 picks any free port.");
    static final Key<Secret> HTTP_TOKEN = key(
            "http.token",
            ValueTypes.token(),
            null,
            "Token with all rights that clients send as `Authorization: Bearer …`. With null and without users, clients on"
                    + " the same machine need none.");
    static final Key<List<String>> HTTP_ALLOWED_HOSTS = key(
            "http.allowed_hosts",
            ValueTypes.list("host names", ValueTypes.host()),
            "",
            "Further host names under which clients reach the API, for example behind a reverse proxy.");
    static final Key<List<String>> HTTP_FRAME_ANCESTORS = key(
            "http.frame_ancestors",
            ValueTypes.list("origins", ValueTypes.frameAncestor()),
            "",
            "Which pages may show the web page in a frame, such as `https://home.example`; `self` for pages of the same origin.");
    static final Key<String> HTTP_PATH_PREFIX = key(
            "http.path_prefix",
            ValueTypes.pathPrefix(),
            null,
            "Path below which a reverse proxy reaches the API and the web page, if it does not remove it. Requests without it are answered too.");

    static final Key<String> HTTP_TLS_CERTIFICATE = key(
            "http.tls.certificate",
            ValueTypes.text("the path of a PEM file"),
            null,
            "PEM file with the certificate of the HTTP API and its chain. It is read again when it changes. null serves plain"
                    + " HTTP.");
    static final Key<String> HTTP_TLS_KEY = key(
            "http.tls.key",
            ValueTypes.text("the path of a PEM file"),
            null,
            "PEM file with the private key of that certificate, without a password.");

    static final Key<String> MQTT_URL = key(
            "mqtt.url",
            ValueTypes.brokerUrl(),
            null,
            "URL of the broker. null starts the embedded broker of section `broker`, which the slim jar does not have.");
    static final Key<String> MQTT_USERNAME =
            key("mqtt.username", ValueTypes.text("a string"), null, "User name at the broker of `mqtt.url`.");
    static final Key<Secret> MQTT_PASSWORD =
            key("mqtt.password", ValueTypes.password(), null, "Password of `mqtt.username`.");
    static final Key<Version> MQTT_VERSION = key(
            "mqtt.version",
            ValueTypes.choice(Version.class),
            "auto",
            "MQTT version. `auto` tries 5 first and falls back to 3.1.1.");
    static final Key<String> MQTT_BASE_TOPIC = key(
            "mqtt.base_topic",
            ValueTypes.topic(),
            "printer2mqtt",
            "Prefix of every topic. Two bridges on one broker need different prefixes.");
    static final Key<String> MQTT_CLIENT_ID = key(
            "mqtt.client_id",
            ValueTypes.text("a string"),
            null,
            "Client id at the broker. null builds one from the base topic and six characters kept in the database.");
    static final Key<Boolean> MQTT_ATTRIBUTES = key(
            "mqtt.attributes",
            ValueTypes.bool(),
            "false",
            "Whether each value of a status is also published as plain text at `printers/<id>/attribute/<path>`.");
    static final Key<Boolean> MQTT_LOG = key(
            "mqtt.log", ValueTypes.bool(), "false", "Whether warnings and errors are also published at `bridge/log`.");
    static final Key<List<String>> MQTT_RESPONSE_TOPICS = key(
            "mqtt.response_topics",
            ValueTypes.list("topic filters", ValueTypes.topicFilter()),
            "",
            "Response topics that MQTT 5 clients may request, besides the `…/response/…` topics of the bridge.");
    static final Key<String> MQTT_TLS_CA =
            pemFile("ca", "PEM file with the certificates to trust. null trusts those of the system.");
    static final Key<String> MQTT_TLS_CERTIFICATE =
            pemFile("certificate", "PEM file with the client certificate. Requires `mqtt.tls.key`.");
    static final Key<String> MQTT_TLS_KEY =
            pemFile("key", "PEM file with the private key of that certificate (PKCS #8).");

    static final Key<String> BROKER_HOST = key(
            "broker.host",
            ValueTypes.host(),
            "127.0.0.1",
            "Address on which the embedded broker listens. Any address but a loopback one requires user name and"
                    + " password.");
    static final Key<Integer> BROKER_PORT =
            key("broker.port", ValueTypes.integer(1, 65535), "1883", "Port of the embedded broker.");
    static final Key<String> BROKER_USERNAME = key(
            "broker.username",
            ValueTypes.text("a string"),
            null,
            "User name that clients of the embedded broker must send. null admits everyone.");
    static final Key<Secret> BROKER_PASSWORD =
            key("broker.password", ValueTypes.password(), null, "Password of `broker.username`.");

    static final Key<Duration> POLLING_TIMEOUT = key(
            "polling.timeout",
            ValueTypes.duration(MIN_INTERVAL, Duration.ofMinutes(1)),
            "1s",
            "Time limit for one poll of a printer, including the connection setup.");
    static final Key<Integer> POLLING_OFFLINE_AFTER = key(
            "polling.offline_after",
            ValueTypes.integer(1, 100),
            "2",
            "Number of failed polls in a row after which a printer is offline.");
    static final Key<Duration> INTERVAL_PRINTING =
            interval("printing", "2s", "Interval between polls while the printer prints.");
    static final Key<Duration> INTERVAL_PREPARING =
            interval("preparing", "5s", "Interval while it is preparing, busy, in need of attention or unknown.");
    static final Key<Duration> INTERVAL_PAUSED = interval("paused", "5s", "Interval while it is paused.");
    static final Key<Duration> INTERVAL_IDLE =
            interval("idle", "10s", "Interval while it is idle, finished, cancelled or in error.");
    static final Key<Duration> INTERVAL_OFFLINE = interval(
            "offline", "10s", "First interval after it went offline. The interval doubles with each failed poll.");
    static final Key<Duration> INTERVAL_OFFLINE_MAX =
            interval("offline_max", "60s", "Longest interval while it is offline.");

    static final Key<String> DATABASE_PATH = key(
            "database.path",
            ValueTypes.databasePath(),
            "data/printer2mqtt.db",
            "SQLite database file. Missing directories are created.");

    static final Key<Secret> SECRETS_KEY = key(
            "secrets.key",
            ValueTypes.encryptionKey(),
            null,
            "Key with which the credentials in the database are encrypted. null reads it from `secrets.key_file`.");
    static final Key<String> SECRETS_KEY_FILE = key(
            "secrets.key_file",
            ValueTypes.text("the path of a file"),
            null,
            "File with that key, which is created if it is missing. null puts it beside the database, with `.key` at the"
                    + " end of its name.");

    static final Key<List<Verb>> COMMANDS_MQTT = key(
            "commands.mqtt",
            ValueTypes.list("verbs", ValueTypes.choice(Verb.class)),
            "",
            "Commands accepted over MQTT: `pause`, `resume`, `cancel`, `nozzle_temperature`, `bed_temperature`, `home`,"
                    + " `emergency_stop`, `light`, `speed`, `clear_plate`.");
    static final Key<List<RegistrationRequest>> COMMANDS_MQTT_REQUESTS = key(
            "commands.mqtt_requests",
            ValueTypes.list("requests", ValueTypes.choice(RegistrationRequest.class)),
            "",
            "Registration requests accepted over MQTT from every client that may publish: `add`,"
                    + " `remove`, `change`, `probe`, `enable`, `disable`.");

    static final Key<List<AlertCode>> ALERTS_RULES = key(
            "alerts.rules",
            ValueTypes.list("alerts", ValueTypes.choice(AlertCode.class)),
            "offline,error,attention,stalled,temperature",
            "Enabled alerts. `not_cleared` (an ended print was not taken off the plate) is available too.");
    static final Key<Duration> ALERTS_OFFLINE_AFTER =
            alertDelay("offline", "5m", "How long a printer must be offline before the alert opens.");
    static final Key<Duration> ALERTS_STALLED_AFTER = alertDelay(
            "stalled",
            "30m",
            "How long progress and layer must stay unchanged before the alert opens. At least"
                    + " 1.5 % of the print time.");
    static final Key<Duration> ALERTS_TEMPERATURE_AFTER = key(
            "alerts.temperature.after",
            ValueTypes.duration(Duration.ofSeconds(1), MAX_INTERVAL),
            "2m",
            "How long a nozzle or bed must miss its target while printing, without approaching it.");
    static final Key<Integer> ALERTS_TEMPERATURE_DEVIATION = key(
            "alerts.temperature.deviation",
            ValueTypes.integer(2, 200),
            "15",
            "Allowed deviation in degrees Celsius. Half of it closes the alert.");
    static final Key<Integer> ALERTS_TEMPERATURE_NOZZLE_LIMIT = key(
            "alerts.temperature.nozzle_limit",
            ValueTypes.integer(1, 1000),
            null,
            "Highest allowed nozzle temperature in degrees Celsius. null for no limit.");
    static final Key<Integer> ALERTS_TEMPERATURE_BED_LIMIT = key(
            "alerts.temperature.bed_limit",
            ValueTypes.integer(1, 1000),
            null,
            "Highest allowed bed temperature in degrees Celsius. null for no limit.");
    static final Key<Duration> ALERTS_NOT_CLEARED_AFTER =
            alertDelay("not_cleared", "30m", "How long an ended print must be on the plate before the alert opens.");

    static final Key<Secret> NOTIFY_WEBHOOK_URL = key(
            "notify.webhook.url",
            WebUrl.any(),
            null,
            "Where events and alerts are posted as JSON. Requires `notify.webhook.secret`.");
    static final Key<Secret> NOTIFY_WEBHOOK_SECRET =
            key("notify.webhook.secret", ValueTypes.token(), null, "Key of the signature of what is posted.");
    static final Key<Secret> NOTIFY_NTFY_URL = key(
            "notify.ntfy.url",
            WebUrl.ofTopic(),
            null,
            "URL of a topic of an ntfy server, to which events and alerts are published.");
    static final Key<Secret> NOTIFY_NTFY_TOKEN =
            key("notify.ntfy.token", ValueTypes.token(), null, "Access token for that topic, if it needs one.");
    static final Key<List<PrinterEvent.Type>> NOTIFY_EVENTS = key(
            "notify.events",
            ValueTypes.list("events", ValueTypes.choice(PrinterEvent.Type.class)),
            "print_finished",
            "Events that are sent.");
    static final Key<List<AlertCode>> NOTIFY_ALERTS = key(
            "notify.alerts",
            ValueTypes.list("alerts", ValueTypes.choice(AlertCode.class)),
            "offline,error,attention,stalled,temperature,not_cleared",
            "Alerts that are sent when they open and when they clear, if `alerts.rules` enables them.");
    static final Key<List<String>> NOTIFY_GROUPS = key(
            "notify.groups",
            ValueTypes.list("groups", ValueTypes.text("a string")),
            "",
            "Groups whose printers are sent; empty for all printers.");

    static final Key<Integer> PLATE_READY_BELOW = key(
            "plate.ready_below",
            ValueTypes.integer(1, 200),
            "40",
            "Bed temperature in degrees Celsius up to which an ended print can be taken off.");
    static final Key<Duration> PLATE_ASSUME_COLD_AFTER = key(
            "plate.assume_cold_after",
            ValueTypes.duration(Duration.ofMinutes(1), Duration.ofHours(24)),
            "1h",
            "Time without a bed temperature after which the bed counts as cool.");

    static final Key<Integer> HISTORY_JOBS_DAYS =
            historyLimit("jobs.days", 3650, "730", "Days for which ended prints are kept.");
    static final Key<Integer> HISTORY_JOBS_ROWS = historyLimit(
            "jobs.rows", 10_000_000, "400000", "Number of ended prints that are kept, about 200 bytes each.");
    static final Key<Integer> HISTORY_STATES_DAYS =
            historyLimit("states.days", 3650, "90", "Days for which changes of state are kept.");
    static final Key<Integer> HISTORY_STATES_ROWS = historyLimit(
            "states.rows", 10_000_000, "200000", "Number of changes of state that are kept, about 100 bytes each.");

    static final Key<Discovery> HOME_ASSISTANT_DISCOVERY = key(
            "home_assistant.discovery",
            ValueTypes.choice(Discovery.class),
            "device",
            "Form of the discovery messages for Home Assistant.");
    static final Key<String> HOME_ASSISTANT_PREFIX =
            key("home_assistant.prefix", ValueTypes.topic(), "homeassistant", "Prefix of the discovery topics.");

    static final Key<Boolean> SECURITY_ALLOW_LOOPBACK_PRINTERS = key(
            "security.allow_loopback_printers",
            ValueTypes.bool(),
            "false",
            "Whether printers on this machine may be registered, for example an OctoPrint next to the bridge.");

    static final Key<String> SECURITY_PRINTER_CA = key(
            "security.printer_ca",
            ValueTypes.text("the path of a PEM file"),
            null,
            "PEM file with further authorities for printers that have one of their own (`bambu`). It is read at each connect.");

    static final Key<LogConfig.Level> LOG_LEVEL = key(
            "log.level",
            ValueTypes.choice(LogConfig.Level.class),
            "info",
            "Log level. `PUT /api/log` changes it at run time.");
    static final Key<List<Map.Entry<String, LogConfig.Level>>> LOG_PACKAGES = key(
            "log.packages",
            ValueTypes.list("levels of packages", ValueTypes.packageLevel()),
            "",
            "Log levels of single packages, for example `mqtt=debug`.");

    /** All keys in the order of the documentation. */
    static final List<Key<?>> ALL = List.copyOf(DECLARED);

    private Keys() {}

    /** The key with the path; null if there is none. */
    static @Nullable Key<?> at(String path) {
        return ALL.stream().filter(key -> key.path().equals(path)).findFirst().orElse(null);
    }

    /** Whether the path has keys below it. */
    static boolean isSection(String path) {
        return ALL.stream().anyMatch(key -> key.path().startsWith(path + "."));
    }

    private static Key<Duration> interval(String name, String defaultText, String description) {
        return key(
                "polling.interval." + name, ValueTypes.duration(MIN_INTERVAL, MAX_INTERVAL), defaultText, description);
    }

    private static Key<Integer> historyLimit(String name, int max, String defaultText, String description) {
        return key("history." + name, ValueTypes.integer(1, max), defaultText, description);
    }

    private static Key<String> pemFile(String name, String description) {
        return key("mqtt.tls." + name, ValueTypes.text("the path of a file"), null, description);
    }

    private static Key<Duration> alertDelay(String name, String defaultText, String description) {
        ValueType<Duration> type = ValueTypes.duration(Duration.ofSeconds(1), Duration.ofHours(24));
        return key("alerts." + name + ".after", type, defaultText, description);
    }

    private static <T> Key<T> key(String path, ValueType<T> type, @Nullable String defaultText, String description) {
        Key<T> key = new Key<>(path, type, defaultText, description);
        DECLARED.add(key);
        return key;
    }
}
