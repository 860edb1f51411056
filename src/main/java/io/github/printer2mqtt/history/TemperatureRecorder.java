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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps samples of the temperatures of a fleet, the oldest replaced by the newest. All printers are sampled at the same moments,
 * so a heater costs two values of two bytes a sample: 1.4 kB for the nozzle and the bed of a printer in three hours. Not thread-safe.
 */
final class TemperatureRecorder {
    static final Duration INTERVAL = Duration.ofMinutes(1);

    /** Three hours. */
    static final int SAMPLES = 180;

    private static final short UNKNOWN = Short.MIN_VALUE;

    /** Milliseconds since 1970 of the samples; {@link #next} is the oldest once all are used. */
    private final long[] times = new long[SAMPLES];

    private final Map<PrinterId, Ring> rings = new HashMap<>();
    private int next;
    private int used;

    private enum Heater {
        NOZZLE,
        BED,
        CHAMBER;

        Temperatures.@Nullable Temperature in(Temperatures temperatures) {
            return switch (this) {
                case NOZZLE -> temperatures.nozzle();
                case BED -> temperatures.bed();
                case CHAMBER -> temperatures.chamber();
            };
        }
    }

    /** One printer's values in tenths of a degree: of each heater that it has, the actual one and the target of each sample. */
    private static final class Ring {
        private final Map<Heater, short[]> heaters = new EnumMap<>(Heater.class);

        void put(int sample, Temperatures temperatures) {
            for (Heater heater : Heater.values()) {
                Temperatures.Temperature temperature = heater.in(temperatures);
                if (temperature != null) {
                    heaters.computeIfAbsent(heater, first -> unknown());
                }
                short[] values = heaters.get(heater);
                if (values != null) {
                    values[2 * sample] = tenths(temperature == null ? null : temperature.actual());
                    values[2 * sample + 1] = tenths(temperature == null ? null : temperature.target());
                }
            }
        }

        private static short[] unknown() {
            short[] values = new short[2 * SAMPLES];
            Arrays.fill(values, UNKNOWN);
            return values;
        }

        private static short tenths(@Nullable Double degrees) {
            return degrees == null ? UNKNOWN : (short) Math.max(-32_000, Math.min(32_000, Math.round(degrees * 10)));
        }

        private @Nullable Double degrees(Heater heater, int index) {
            short[] values = heaters.get(heater);
            return values == null || values[index] == UNKNOWN ? null : values[index] / 10.0;
        }

        @Nullable Double actual(Heater heater, int sample) {
            return degrees(heater, 2 * sample);
        }

        @Nullable Double target(Heater heater, int sample) {
            return degrees(heater, 2 * sample + 1);
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
                .put("nozzle", values(ring, count, Heater.NOZZLE))
                .put("bed", values(ring, count, Heater.BED))
                .put("chamber", values(ring, count, Heater.CHAMBER));
    }

    private JsonObject values(@Nullable Ring ring, int count, Heater heater) {
        JsonArray actual = new JsonArray();
        JsonArray target = new JsonArray();
        for (int i = 0; ring != null && i < count; i++) {
            actual.add(ring.actual(heater, index(i)));
            target.add(ring.target(heater, index(i)));
        }
        return new JsonObject().put("actual", actual).put("target", target);
    }

    private int index(int age) {
        return (next - used + age + SAMPLES) % SAMPLES;
    }
}
