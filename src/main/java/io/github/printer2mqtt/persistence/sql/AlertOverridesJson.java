package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Column {@code alerts} as JSON: only what differs from the configuration, durations in milliseconds. Pure. */
final class AlertOverridesJson {
    private AlertOverridesJson() {}

    static @Nullable String encode(Printer.AlertOverrides overrides) {
        if (overrides.equals(Printer.AlertOverrides.none())) {
            return null;
        }
        Printer.AlertOverrides.Temperature temperature = overrides.temperature();
        JsonObject json = new JsonObject();
        Set<AlertCode> rules = overrides.rules();
        if (rules != null) {
            json.put(
                    "rules",
                    new JsonArray(new TreeSet<>(rules)
                            .stream().map(AlertCode::wireName).toList()));
        }
        put(json, "offline_after", overrides.offlineAfter());
        put(json, "stalled_after", overrides.stalledAfter());
        put(json, "temperature_after", temperature.after());
        put(json, "not_cleared_after", overrides.notClearedAfter());
        put(json, "deviation", temperature.deviation());
        put(json, "nozzle_limit", temperature.nozzleLimit());
        put(json, "bed_limit", temperature.bedLimit());
        return json.encode();
    }

    static Printer.AlertOverrides decode(@Nullable String text) {
        if (text == null) {
            return Printer.AlertOverrides.none();
        }
        JsonObject json = new JsonObject(text);
        return new Printer.AlertOverrides(
                rules(json.getJsonArray("rules")),
                duration(json, "offline_after"),
                duration(json, "stalled_after"),
                new Printer.AlertOverrides.Temperature(
                        duration(json, "temperature_after"),
                        json.getInteger("deviation"),
                        json.getInteger("nozzle_limit"),
                        json.getInteger("bed_limit")),
                duration(json, "not_cleared_after"));
    }

    private static @Nullable Set<AlertCode> rules(@Nullable JsonArray names) {
        return names == null
                ? null
                : names.stream()
                        .map(name -> WireConstant.find(AlertCode.class, name.toString()))
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
    }

    private static void put(JsonObject json, String name, @Nullable Duration duration) {
        put(json, name, duration == null ? null : duration.toMillis());
    }

    private static void put(JsonObject json, String name, @Nullable Number value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static @Nullable Duration duration(JsonObject json, String name) {
        Long millis = json.getLong(name);
        return millis == null ? null : Duration.ofMillis(millis);
    }
}
