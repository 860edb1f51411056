package io.github.printer2mqtt.http;

import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.fleet.Observation;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.testing.TestFleet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A fleet state whose observations a test records. */
final class SmallFleet {
    static final Instant NOW = Instant.parse("2026-11-21T09:50:00.123Z");

    private final FleetState state = TestFleet.create(NOW.toEpochMilli(), System::nanoTime);
    private final Map<PrinterId, Long> generations = new HashMap<>();

    FleetState state() {
        return state;
    }

    synchronized SmallFleet register(String id, @Nullable String group, String... tags) {
        return register(printer(id, group, tags));
    }

    synchronized SmallFleet register(Printer printer) {
        generations.put(
                printer.id(),
                state.register(printer, Set.of(Capability.PAUSE, Capability.RESUME, Capability.CANCEL), 2));
        return this;
    }

    synchronized SmallFleet record(String id, PollResult result) {
        PrinterId printer = new PrinterId(id);
        long generation = Objects.requireNonNull(generations.get(printer));
        state.record(new Observation(printer, generation, result, Duration.ofMillis(23), NOW));
        return this;
    }

    synchronized SmallFleet remove(String id) {
        generations.remove(new PrinterId(id));
        state.remove(new PrinterId(id));
        return this;
    }

    /** Registers printers a (printing), b (idle) and c (offline). */
    SmallFleet threePrinters() {
        register("c", null, "petg").register("a", "shelf-1", "petg", "big").register("b", "shelf-1", "pla");
        record("a", SmallFleet.reading(PrinterState.PRINTING));
        record("b", SmallFleet.reading(PrinterState.IDLE));
        record("c", PollFailure.of(FailureReason.TIMEOUT)).record("c", PollFailure.of(FailureReason.TIMEOUT));
        return this;
    }

    /** The status document of a registered printer. */
    String document(String id) {
        StatusDocument document = Objects.requireNonNull(state.snapshot().find(new PrinterId(id)));
        return new String(document.bytes(), StandardCharsets.UTF_8);
    }

    static Printer printer(String id, @Nullable String group, String... tags) {
        return new Printer(
                new PrinterId(id),
                "Printer \"" + id + "\" {ü}",
                "prusalink",
                AddressText.parse("192.0.2.20").withDefaultPort(80),
                "MK4",
                group,
                List.of(tags),
                true,
                Printer.PollingOverrides.none(),
                null);
    }

    static Reading reading(PrinterState state) {
        return reading(state, 42.5);
    }

    /** A reading of a printing printer. */
    static Reading readingWithProgress(double percent) {
        return reading(PrinterState.PRINTING, percent);
    }

    private static Reading reading(PrinterState state, double progress) {
        Job job = new Job("297", "a, \"b\\\" }.gcode", progress, 1200L, 1500L, 12, 120);
        return new Reading(
                state,
                state.name(),
                "all [well",
                new Temperatures(
                        List.of(new Temperatures.Temperature(214.8, 215.0)),
                        new Temperatures.Temperature(60.0, 60.0),
                        null),
                state == PrinterState.IDLE ? null : job,
                null,
                100,
                40,
                null);
    }
}
