package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.text.DurationText;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The field {@code alerts} of a registration, in the format of section {@code alerts} of the configuration. */
final class AlertFields {
    private static final List<String> NAMES = List.of("rules", "offline", "stalled", "temperature", "not_cleared");
    private static final List<String> AFTER = List.of("after");
    private static final List<String> TEMPERATURE = List.of("after", "deviation", "nozzle_limit", "bed_limit");
    private static final Duration MIN_DURATION = Duration.ofSeconds(1);
    private static final Duration MAX_DURATION = Duration.ofHours(24);
    private static final int MAX_TEMPERATURE = 1000;

    private AlertFields() {}

    /** @throws RegistrationException for the first invalid field */
    static Printer.AlertOverrides parse(Fields alerts) {
        alerts.requireKnownNames(NAMES);
        return new Printer.AlertOverrides(
                alerts.constants("rules", AlertCode.class),
                after(alerts, "offline"),
                after(alerts, "stalled"),
                temperature(alerts.object("temperature")),
                after(alerts, "not_cleared"));
    }

    /** A document with every key; null stands for the value of the configuration. */
    static JsonObject document(Printer.AlertOverrides overrides) {
        Printer.AlertOverrides.Temperature temperature = overrides.temperature();
        Set<AlertCode> rules = overrides.rules();
        return new JsonObject()
                .put("rules", rules == null ? null : new JsonArray(WireConstant.names(rules)))
                .put("offline", new JsonObject().put("after", text(overrides.offlineAfter())))
                .put("stalled", new JsonObject().put("after", text(overrides.stalledAfter())))
                .put(
                        "temperature",
                        new JsonObject()
                                .put("after", text(temperature.after()))
                                .put("deviation", temperature.deviation())
                                .put("nozzle_limit", temperature.nozzleLimit())
                                .put("bed_limit", temperature.bedLimit()))
                .put("not_cleared", new JsonObject().put("after", text(overrides.notClearedAfter())));
    }

    private static Printer.AlertOverrides.Temperature temperature(Fields fields) {
        fields.requireKnownNames(TEMPERATURE);
        return new Printer.AlertOverrides.Temperature(
                duration(fields),
                fields.integer("deviation", 2, 200),
                fields.integer("nozzle_limit", 1, MAX_TEMPERATURE),
                fields.integer("bed_limit", 1, MAX_TEMPERATURE));
    }

    private static @Nullable Duration after(Fields alerts, String name) {
        Fields fields = alerts.object(name);
        fields.requireKnownNames(AFTER);
        return duration(fields);
    }

    private static @Nullable Duration duration(Fields fields) {
        return fields.duration("after", MIN_DURATION, MAX_DURATION);
    }

    private static @Nullable String text(@Nullable Duration duration) {
        return duration == null ? null : DurationText.of(duration);
    }
}
