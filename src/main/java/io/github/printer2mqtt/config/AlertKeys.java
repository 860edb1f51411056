package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.type.ValueType;
import io.github.printer2mqtt.config.type.ValueTypes;
import io.github.printer2mqtt.config.type.WebUrl;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.text.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of alerts and of where events and alerts are sent. A part of {@link Keys}. */
final class AlertKeys {
    static final List<Key<?>> DECLARED = new ArrayList<>();
    private static final Duration MAX_DELAY = Duration.ofHours(1);

    static final Key<List<AlertCode>> RULES = key(
            "alerts.rules",
            ValueTypes.list("alerts", ValueTypes.choice(AlertCode.class)),
            "offline,error,attention,stalled,temperature",
            "Enabled alerts. `not_cleared` (an ended print was not taken off the plate) is available too.");
    static final Key<Duration> OFFLINE_AFTER =
            alertDelay("offline", "5m", "How long a printer must be offline before the alert opens.");
    static final Key<Duration> STALLED_AFTER = alertDelay(
            "stalled",
            "30m",
            "How long progress and layer must stay unchanged before the alert opens. At least"
                    + " 1.5 % of the print time.");
    static final Key<Duration> TEMPERATURE_AFTER = key(
            "alerts.temperature.after",
            ValueTypes.duration(Duration.ofSeconds(1), MAX_DELAY),
            "2m",
            "How long a nozzle or bed must miss its target while printing, without approaching it.");
    static final Key<Integer> TEMPERATURE_DEVIATION = key(
            "alerts.temperature.deviation",
            ValueTypes.integer(2, 200),
            "15",
            "Allowed deviation in degrees Celsius. Half of it closes the alert.");
    static final Key<Integer> TEMPERATURE_NOZZLE_LIMIT = key(
            "alerts.temperature.nozzle_limit",
            ValueTypes.integer(1, 1000),
            null,
            "Highest allowed nozzle temperature in degrees Celsius. null for no limit.");
    static final Key<Integer> TEMPERATURE_BED_LIMIT = key(
            "alerts.temperature.bed_limit",
            ValueTypes.integer(1, 1000),
            null,
            "Highest allowed bed temperature in degrees Celsius. null for no limit.");
    static final Key<Duration> NOT_CLEARED_AFTER =
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

    private AlertKeys() {}

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
