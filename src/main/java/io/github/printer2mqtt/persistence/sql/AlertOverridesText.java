package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Printer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The JSON in column {@code alerts}: durations in milliseconds, nothing for what does not differ. Pure. */
final class AlertOverridesText {
    private AlertOverridesText() {}

    static @Nullable String of(Printer.AlertOverrides own) {
        if (own.equals(Printer.AlertOverrides.none())) {
            return null;
        }
        Printer.AlertOverrides.Temperature temperature = own.temperature();
        JsonObject json = new JsonObject();
        Set<AlertCode> rules = own.rules();
        if (rules != null) {
            json.put(
                    "rules",
                    new JsonArray(new TreeSet<>(rules)
                            .stream().map(AlertCode::wireName).toList()));
        }
        put(json, "offline_after", own.offlineAfter());
        put(json, "stalled_after", own.stalledAfter());
        put(json, "temperature_after", temperature.after());
        put(json, "not_cleared_after", own.notClearedAfter());
        put(json, "deviation", temperature.deviation());
        put(json, "nozzle_limit", temperature.nozzleLimit());
        put(json, "bed_limit", temperature.bedLimit());
        return json.encode();
    }

    static Printer.AlertOverrides parse(@Nullable String text) {
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

    private static @Nullable Set<AlertCode> rules(@Nullable JsonArray words) {
        return words == null
                ? null
                : words.stream()
                        .map(word -> AlertCode.find(word.toString()))
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
