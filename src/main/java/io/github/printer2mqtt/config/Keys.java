package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.BridgeConfig.HomeAssistant.Discovery;
import io.github.printer2mqtt.config.CommandsConfig.GuardedRequest;
import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.config.type.SiteConfig;
import io.github.printer2mqtt.config.type.ValueType;
import io.github.printer2mqtt.config.type.ValueTypes;
import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.text.Secret;
import java.time.Duration;
import java.time.LocalTime;
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

    static {
        DECLARED.addAll(HttpKeys.DECLARED);
    }

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
    static final Key<Boolean> MQTT_RAW = key(
            "mqtt.raw",
            ValueTypes.bool(),
            "false",
            "Whether what a Bambu Lab printer reports is also published as it came, at `printers/<id>/raw`.");
    static final Key<List<String>> MQTT_RESPONSE_TOPICS = key(
            "mqtt.response_topics",
            ValueTypes.list("topic filters", ValueTypes.topicFilter()),
            "",
            "Response topics that MQTT 5 clients may request, besides the `…/response/…` topics of the bridge.");
    static final Key<String> MQTT_TLS_CA =
            pemFile("ca", "PEM file with the certificates to trust. null trusts those of the system.");
    static final Key<String> MQTT_TLS_CERTIFICATE =
            pemFile("certificate", "PEM file with the client certificate and its chain. Requires `mqtt.tls.key`.");
    static final Key<String> MQTT_TLS_KEY = pemFile("key", "PEM file with the private key of that certificate.");
    static final Key<Secret> MQTT_TLS_KEY_PASSWORD = key(
            "mqtt.tls.key_password", ValueTypes.password(), null, "Password of `mqtt.tls.key`, if it is encrypted.");

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

    static {
        DECLARED.addAll(DatabaseKeys.DECLARED);
    }

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

    static final Key<Boolean> BACKUP_NIGHTLY = key(
            "backup.nightly",
            ValueTypes.bool(),
            "true",
            "Whether the database is copied every night. Before an upgrade it is copied in any case.");
    static final Key<LocalTime> BACKUP_AT = key(
            "backup.at",
            ValueTypes.timeOfDay(),
            "03:30",
            "When, in the time zone of this machine. A copy that was missed is made after the next start.");
    static final Key<Integer> BACKUP_KEEP = key(
            "backup.keep",
            ValueTypes.integer(1, 1000),
            "7",
            "Number of copies that are kept of each kind: nightly, requested, before an upgrade, before a restore.");
    static final Key<String> BACKUP_FOLDER = key(
            "backup.folder",
            ValueTypes.path("the path of a folder"),
            null,
            "Folder of the copies, preferably on another disk. null puts them into `backups` beside the database.");

    static final Key<List<Verb>> COMMANDS_MQTT = key(
            "commands.mqtt",
            ValueTypes.list("verbs", ValueTypes.choice(Verb.class)),
            "",
            "Commands accepted over MQTT: `pause`, `resume`, `cancel`, `nozzle_temperature`, `bed_temperature`, `home`,"
                    + " `emergency_stop`, `light`, `speed`, `clear_plate`.");
    static final Key<List<GuardedRequest>> COMMANDS_MQTT_REQUESTS = key(
            "commands.mqtt_requests",
            ValueTypes.list("requests", ValueTypes.choice(GuardedRequest.class)),
            "",
            "Requests accepted over MQTT from every client that may publish: `add`,"
                    + " `remove`, `change`, `probe`, `discover`, `enable`, `disable` for printers, `backup`, `restore`.");

    static {
        DECLARED.addAll(AlertKeys.DECLARED);
    }

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

    static final Key<Boolean> HOME_ASSISTANT_THUMBNAILS = key(
            "home_assistant.thumbnails",
            ValueTypes.bool(),
            "false",
            "Whether the thumbnails of running prints are published over MQTT, retained and up to 60,000 bytes each, and"
                    + " announced as image entities.");

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

    static final Key<BridgeConfig.Security.Follow> SECURITY_FOLLOW_PRINTERS = key(
            "security.follow_printers",
            ValueTypes.choice(BridgeConfig.Security.Follow.class),
            "never",
            "When the registration of an offline printer gets the new address at which the printer proves its serial number (`bambu`): `search`"
                    + " when a user searches, `offline` also when the bridge listens by itself, every ten minutes while one is offline.");

    static final Key<List<String>> SECURITY_PICTURE_HOSTS = key(
            "security.picture_hosts",
            ValueTypes.list("host names", ValueTypes.host()),
            "",
            "Hosts from which pictures are fetched if a printer names them, besides its own: for example a camera in the network.");

    static final Key<List<SiteConfig>> SITES = key(
            "sites",
            ValueTypes.list("sites", SiteConfig.valueType()),
            "",
            "Other bridges at the same broker whose printers are shown as well ([several sites](../sites.md)), at most 16; in the"
                    + " variable `name=base_topic`, for example `north=north`.");

    static final Key<LogConfig.Format> LOG_FORMAT = key(
            "log.format",
            ValueTypes.choice(LogConfig.Format.class),
            "text",
            "Form of the log: `text` for people, `json` with one object a line for programs.");
    static final Key<LogConfig.Level> LOG_LEVEL = key(
            "log.level",
            ValueTypes.choice(LogConfig.Level.class),
            "info",
            "Log level. `PUT /api/log` changes it at run time.");
    static final Key<List<Map.Entry<String, LogConfig.Level>>> LOG_PACKAGES = key(
            "log.packages",
            ValueTypes.list("levels of packages", ValueTypes.string(LogConfig.EXPECTED, LogConfig::parse)),
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

    private static <T> Key<T> key(String path, ValueType<T> type, @Nullable String defaultText, String description) {
        Key<T> key = new Key<>(path, type, defaultText, description);
        DECLARED.add(key);
        return key;
    }
}
