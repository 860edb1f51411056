package io.github.printer2mqtt.history;

import io.github.printer2mqtt.json.Json;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Temperatures;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps samples of the temperatures of a fleet, the oldest replaced by the newest. All printers are sampled at the same moments,
 * so a printer costs six values of two bytes a sample: 4.3 kB for three hours. Not thread-safe.
 */
final class TemperatureRecorder {
    static final Duration INTERVAL = Duration.ofSeconds(30);

    /** Three hours. */
    static final int SAMPLES = 360;

    private static final int COLUMNS = 6;
    private static final short UNKNOWN = Short.MIN_VALUE;

    /** Milliseconds since 1970 of the samples; {@link #next} is the oldest once all are used. */
    private final long[] times = new long[SAMPLES];

    private final Map<PrinterId, Ring> rings = new HashMap<>();
    private int next;
    private int used;

    /** One printer's values in tenths of a degree, a row of {@link #COLUMNS} for each sample. */
    private static final class Ring {
        private final short[] values = new short[SAMPLES * COLUMNS];

        Ring() {
            Arrays.fill(values, UNKNOWN);
        }

        void put(int sample, Temperatures temperatures) {
            put(sample, 0, temperatures.nozzle());
            put(sample, 2, temperatures.bed());
            put(sample, 4, temperatures.chamber());
        }

        private void put(int sample, int column, Temperatures.@Nullable Temperature temperature) {
            int index = sample * COLUMNS + column;
            values[index] = tenths(temperature == null ? null : temperature.actual());
            values[index + 1] = tenths(temperature == null ? null : temperature.target());
        }

        private static short tenths(@Nullable Double degrees) {
            return degrees == null ? UNKNOWN : (short) Math.max(-32_000, Math.min(32_000, Math.round(degrees * 10)));
        }

        @Nullable Double degrees(int sample, int column) {
            short value = values[sample * COLUMNS + column];
            return value == UNKNOWN ? null : value / 10.0;
        }
    }

    /**
     * Samples all printers; one that is not listed is forgotten.
     *
     * @param at by the wall clock
     */
    void sample(Collection<StatusDocument> fleet, Instant at) {
        times[next] = at.toEpochMilli();
        Set<PrinterId> seen = new HashSet<>();
        for (StatusDocument document : fleet) {
            PrinterId id = document.status().id();
            Temperatures temperatures = document.status().temperatures();
            seen.add(id);
            Ring ring = temperatures.equals(Temperatures.unknown())
                    ? rings.get(id)
                    : rings.computeIfAbsent(id, printer -> new Ring());
            if (ring != null) {
                ring.put(next, temperatures);
            }
        }
        rings.keySet().retainAll(seen);
        next = (next + 1) % SAMPLES;
        used = Math.min(used + 1, SAMPLES);
    }

    /** The samples of a printer, oldest first. */
    JsonObject document(PrinterId printer) {
        Ring ring = rings.get(printer);
        int count = ring == null ? 0 : used;
        JsonArray at = new JsonArray();
        for (int i = 0; i < count; i++) {
            at.add(Json.text(Instant.ofEpochMilli(times[index(i)])));
        }
        return new JsonObject()
                .put("printer", printer.value())
                .put("interval", INTERVAL.toSeconds())
                .put("at", at)
                .put("nozzle", heater(ring, count, 0))
                .put("bed", heater(ring, count, 2))
                .put("chamber", heater(ring, count, 4));
    }

    private JsonObject heater(@Nullable Ring ring, int count, int column) {
        return new JsonObject()
                .put("actual", values(ring, count, column))
                .put("target", values(ring, count, column + 1));
    }

    private JsonArray values(@Nullable Ring ring, int count, int column) {
        JsonArray values = new JsonArray();
        for (int i = 0; ring != null && i < count; i++) {
            values.add(ring.degrees(index(i), column));
        }
        return values;
    }

    private int index(int age) {
        return (next - used + age + SAMPLES) % SAMPLES;
    }
}
