package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Column {@code alerts} as JSON: only what differs from the configuration, durations in milliseconds. Pure. */
final class AlertOverridesJson {
    private AlertOverridesJson() {}

    static @Nullable String encode(Printer.AlertOverrides overrides) {
        Printer.AlertOverrides.Temperature temperature = overrides.temperature();
        Set<AlertCode> rules = overrides.rules();
        JsonObject json = new JsonObject()
                .put("rules", rules == null ? null : WireConstant.names(rules))
                .put("offline_after", millis(overrides.offlineAfter()))
                .put("stalled_after", millis(overrides.stalledAfter()))
                .put("temperature_after", millis(temperature.after()))
                .put("not_cleared_after", millis(overrides.notClearedAfter()))
                .put("deviation", temperature.deviation())
                .put("nozzle_limit", temperature.nozzleLimit())
                .put("bed_limit", temperature.bedLimit());
        json.getMap().values().removeIf(Objects::isNull);
        return json.isEmpty() ? null : json.encode();
    }

    static Printer.AlertOverrides decode(@Nullable String text) {
        if (text == null) {
            return Printer.AlertOverrides.none();
        }
        JsonObject json = new JsonObject(text);
        JsonArray rules = json.getJsonArray("rules");
        return new Printer.AlertOverrides(
                rules == null ? null : WireConstant.findAll(AlertCode.class, rules.getList()),
                duration(json, "offline_after"),
                duration(json, "stalled_after"),
                new Printer.AlertOverrides.Temperature(
                        duration(json, "temperature_after"),
                        json.getInteger("deviation"),
                        json.getInteger("nozzle_limit"),
                        json.getInteger("bed_limit")),
                duration(json, "not_cleared_after"));
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }

    private static @Nullable Duration duration(JsonObject json, String name) {
        Long millis = json.getLong(name);
        return millis == null ? null : Duration.ofMillis(millis);
    }
}
