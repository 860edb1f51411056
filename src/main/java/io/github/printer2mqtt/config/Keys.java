package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.CommandsConfig.RegistrationRequest;
import io.github.printer2mqtt.config.HomeAssistantConfig.Discovery;
import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.printer.AlertCode;
import io.github.printer2mqtt.printer.Capability;
import io.github.printer2mqtt.printer.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every key there is, once: the file, the environment, the check for unknown keys, the defaults of the records and the
 * table in docs/reference/configuration.md all come from here.
 */
final class Keys {
    private static final List<Key<?>> TABLE = new ArrayList<>();
    private static final Duration SHORTEST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration LONGEST_ALERT = Duration.ofHours(24);

    static final Key<String> HTTP_HOST = key(
            "http.host",
            Kinds.host(),
            "127.0.0.1",
            "Where the API and the dashboard listen; other than a loopback address needs `http.token`.");
    static final Key<Integer> HTTP_PORT =
            key("http.port", Kinds.whole(0, 65535), "8080", "The port they listen on; 0 takes any free one.");
    static final Key<Secret> HTTP_TOKEN =
            key("http.token", Kinds.token(), null, "What requests must carry as `Authorization: Bearer …`.");
    static final Key<List<String>> HTTP_ALLOWED_HOSTS = key(
            "http.allowed_hosts",
            Kinds.list("host names", Kinds.host()),
            "",
            "Names beside the listening address under which the API is called, for reverse proxies.");

    static final Key<String> MQTT_URL = key(
            "mqtt.url",
            Kinds.brokerUrl(),
            null,
            "The broker, `mqtt`, `mqtts`, `ws` or `wss`; null starts the embedded broker of section `broker`.");
    static final Key<String> MQTT_USERNAME =
            key("mqtt.username", Kinds.text("a text"), null, "The user at the broker of `mqtt.url`.");
    static final Key<Secret> MQTT_PASSWORD = key("mqtt.password", Kinds.password(), null, "The password of that user.");
    static final Key<Version> MQTT_VERSION = key(
            "mqtt.version",
            Kinds.choice(Version.class, Version::word),
            "auto",
            "Which MQTT to speak; `auto` is 5, and 3.1.1 where the broker refuses 5.");
    static final Key<String> MQTT_BASE_TOPIC = key(
            "mqtt.base_topic",
            Kinds.topic(),
            "printer2mqtt",
            "What every topic begins with; two bridges on one broker need two.");
    static final Key<String> MQTT_CLIENT_ID = key(
            "mqtt.client_id",
            Kinds.text("a text"),
            null,
            "The client id at the broker; null makes one of the base topic and six characters.");
    static final Key<Boolean> MQTT_ATTRIBUTES = key(
            "mqtt.attributes",
            Kinds.flag(),
            "false",
            "Whether each value of a status has a plain topic of its own, `printers/<id>/attribute/<path>`.");
    static final Key<Boolean> MQTT_LOG =
            key("mqtt.log", Kinds.flag(), "false", "Whether warnings and errors go to `bridge/log` as well.");
    static final Key<List<String>> MQTT_RESPONSE_TOPICS = key(
            "mqtt.response_topics",
            Kinds.list("topic filters", Kinds.topicFilter()),
            "",
            "Where MQTT 5 clients may have their responses beside `…/response/…` below the base topic.");
    static final Key<String> MQTT_TLS_CA = key(
            "mqtt.tls.ca",
            Kinds.text("the path of a file"),
            null,
            "A PEM file with the certificates to trust; null trusts those of the system.");
    static final Key<String> MQTT_TLS_CERTIFICATE = key(
            "mqtt.tls.certificate",
            Kinds.text("the path of a file"),
            null,
            "A PEM file with our own certificate, together with `mqtt.tls.key`.");
    static final Key<String> MQTT_TLS_KEY = key(
            "mqtt.tls.key",
            Kinds.text("the path of a file"),
            null,
            "A PEM file with the key of that certificate (PKCS 8).");

    static final Key<String> BROKER_HOST = key(
            "broker.host",
            Kinds.host(),
            "127.0.0.1",
            "Where the embedded broker listens; other than a loopback address needs username and password.");
    static final Key<Integer> BROKER_PORT =
            key("broker.port", Kinds.whole(1, 65535), "1883", "The port it listens on.");
    static final Key<String> BROKER_USERNAME = key(
            "broker.username",
            Kinds.text("a text"),
            null,
            "The user that clients of the embedded broker must give; null lets everybody in.");
    static final Key<Secret> BROKER_PASSWORD =
            key("broker.password", Kinds.password(), null, "The password of that user.");

    static final Key<Duration> POLLING_TIMEOUT = key(
            "polling.timeout",
            Kinds.duration(SHORTEST, Duration.ofMinutes(1)),
            "1s",
            "How long one reading of a printer may take, from the start of the connect.");
    static final Key<Integer> POLLING_OFFLINE_AFTER =
            key("polling.offline_after", Kinds.whole(1, 100), "2", "How many polls in a row fail until it is offline.");
    static final Key<Duration> INTERVAL_PRINTING = interval("printing", "2s", "Between polls while it prints.");
    static final Key<Duration> INTERVAL_PREPARING =
            interval("preparing", "5s", "While it prepares, is busy, needs attention or is not known yet.");
    static final Key<Duration> INTERVAL_PAUSED = interval("paused", "5s", "While it is paused.");
    static final Key<Duration> INTERVAL_IDLE =
            interval("idle", "10s", "While it is idle, finished, cancelled or in error.");
    static final Key<Duration> INTERVAL_OFFLINE =
            interval("offline", "10s", "While it is offline, at first; the wait then grows.");
    static final Key<Duration> INTERVAL_OFFLINE_MAX =
            interval("offline_max", "60s", "The longest wait while it is offline.");

    static final Key<String> DATABASE_PATH = key(
            "database.path",
            Kinds.databasePath(),
            "data/printer2mqtt.db",
            "The SQLite file with the printers; its directory is made where it is missing.");

    static final Key<List<Capability>> COMMANDS_MQTT = key(
            "commands.mqtt",
            Kinds.list("verbs", Kinds.choice(Capability.class, Capability::word)),
            "",
            "The commands accepted over MQTT: `pause`, `resume`, `cancel`, `nozzle_temperature`, `bed_temperature`, `home`,"
                    + " `emergency_stop`.");
    static final Key<List<RegistrationRequest>> COMMANDS_MQTT_REQUESTS = key(
            "commands.mqtt_requests",
            Kinds.list("requests", Kinds.choice(RegistrationRequest.class, RegistrationRequest::word)),
            "",
            "What everybody who may publish at the broker may do to registrations: `add`, `remove`, `change`, `probe`,"
                    + " `enable`, `disable`.");

    static final Key<List<AlertCode>> ALERTS_RULES = key(
            "alerts.rules",
            Kinds.list("alerts", Kinds.choice(AlertCode.class, AlertCode::word)),
            "offline,error,attention,stalled,temperature",
            "Which alerts there are: also `not_cleared`, a finished print that nobody took away.");
    static final Key<Duration> ALERTS_OFFLINE_AFTER = key(
            "alerts.offline.after",
            Kinds.duration(Duration.ofSeconds(1), LONGEST_ALERT),
            "5m",
            "How long a printer is offline until that is an alert.");
    static final Key<Duration> ALERTS_STALLED_AFTER = key(
            "alerts.stalled.after",
            Kinds.duration(Duration.ofSeconds(1), LONGEST_ALERT),
            "30m",
            "How long neither progress nor layer of a print changes; never less than 1.5 % of the print takes.");
    static final Key<Duration> ALERTS_TEMPERATURE_AFTER = key(
            "alerts.temperature.after",
            Kinds.duration(Duration.ofSeconds(1), LONGEST),
            "2m",
            "How long a nozzle or bed is off its target while printing without coming nearer.");
    static final Key<Integer> ALERTS_TEMPERATURE_DEVIATION = key(
            "alerts.temperature.deviation",
            Kinds.whole(2, 200),
            "15",
            "How many degrees Celsius it may be off; half of them end the alert.");
    static final Key<Integer> ALERTS_TEMPERATURE_NOZZLE_LIMIT = key(
            "alerts.temperature.nozzle_limit",
            Kinds.whole(1, 1000),
            null,
            "Degrees Celsius above which a nozzle must never be; null for none.");
    static final Key<Integer> ALERTS_TEMPERATURE_BED_LIMIT = key(
            "alerts.temperature.bed_limit",
            Kinds.whole(1, 1000),
            null,
            "Degrees Celsius above which a bed must never be; null for none.");
    static final Key<Duration> ALERTS_NOT_CLEARED_AFTER = key(
            "alerts.not_cleared.after",
            Kinds.duration(Duration.ofSeconds(1), LONGEST_ALERT),
            "30m",
            "How long a print is finished until that is an alert, where `alerts.rules` has `not_cleared`.");

    static final Key<Discovery> HOME_ASSISTANT_DISCOVERY = key(
            "home_assistant.discovery",
            Kinds.choice(Discovery.class, one -> one.name().toLowerCase(Locale.ROOT)),
            "device",
            "How printers are announced to Home Assistant.");
    static final Key<String> HOME_ASSISTANT_PREFIX =
            key("home_assistant.prefix", Kinds.topic(), "homeassistant", "What the discovery topics begin with.");

    static final Key<Boolean> SECURITY_ALLOW_LOOPBACK_PRINTERS = key(
            "security.allow_loopback_printers",
            Kinds.flag(),
            "false",
            "Whether printers may be registered on this machine, for example OctoPrint beside the bridge.");

    static final Key<LogConfig.Level> LOG_LEVEL = key(
            "log.level",
            Kinds.choice(LogConfig.Level.class, LogConfig.Level::word),
            "info",
            "How much the log tells; `PUT /api/log` changes it while the bridge runs.");
    static final Key<List<Map.Entry<String, LogConfig.Level>>> LOG_PACKAGES = key(
            "log.packages",
            Kinds.list("levels of packages", Kinds.packageLevel()),
            "",
            "Other levels for single packages of the program, for example `mqtt=debug`.");

    /** All keys in the order of the documentation. */
    static final List<Key<?>> ALL = List.copyOf(TABLE);

    private Keys() {}

    /** The key with the path; null if there is none. */
    static @Nullable Key<?> at(String path) {
        return ALL.stream().filter(key -> key.path().equals(path)).findFirst().orElse(null);
    }

    /** Whether keys stand below the path. */
    static boolean isSection(String path) {
        return ALL.stream().anyMatch(key -> key.path().startsWith(path + "."));
    }

    private static Key<Duration> interval(String name, String standard, String meaning) {
        return key("polling.interval." + name, Kinds.duration(SHORTEST, LONGEST), standard, meaning);
    }

    private static <T> Key<T> key(String path, Kind<T> kind, @Nullable String standard, String meaning) {
        Key<T> key = new Key<>(path, kind, standard, meaning);
        TABLE.add(key);
        return key;
    }
}
