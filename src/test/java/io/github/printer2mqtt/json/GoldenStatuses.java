package io.github.printer2mqtt.json;

import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.model.Status.Plate;
import io.github.printer2mqtt.model.Temperatures;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The statuses of which the golden files are. */
final class GoldenStatuses {
    private static final PrinterId ID = new PrinterId("mk4-left");
    private static final Instant AT = Instant.parse("2026-11-21T09:50:00.123Z");

    private GoldenStatuses() {}

    static Status.CurrentJob job(boolean stale) {
        return new Status.CurrentJob(
                new Job("297", "bracket.gcode", 42.5, 1200L, 1500L, 12, 120),
                stale ? null : Instant.parse("2026-11-21T10:15:00Z"),
                stale);
    }

    static LastJob lastJob() {
        return new LastJob("296", "clip.gcode", JobResult.FINISHED, Instant.parse("2026-11-21T09:20:00Z"));
    }

    static Status printing() {
        return new Status(
                ID,
                "MK4 left",
                "prusalink",
                "MK4",
                "shelf-a",
                List.of("pla"),
                PrinterState.PRINTING,
                "PRINTING",
                null,
                true,
                new Temperatures(
                        List.of(new Temperatures.Temperature(214.8, 215.0)),
                        new Temperatures.Temperature(60.0, 60.0),
                        null,
                        0),
                job(false),
                lastJob(),
                100,
                40,
                details(),
                new Plate(Plate.State.IN_USE, Instant.parse("2026-11-21T09:30:00Z")),
                null,
                Set.of(Capability.CANCEL, Capability.PAUSE, Capability.RESUME),
                new Status.LastPoll(AT, 23L, 0, null));
    }

    private static Reading.Details details() {
        return new Reading.Details(
                List.of(new Reading.Problem("0300-8015", Reading.Problem.Severity.ERROR, "Filament ran out")),
                List.of(new Reading.Filament("1-2", "PLA", "#ffaa00", "PLA Basic", 64, true)),
                true);
    }

    static Status offline() {
        return new Status(
                ID,
                "MK4 left",
                "prusalink",
                "MK4",
                "shelf-a",
                List.of("pla"),
                PrinterState.OFFLINE,
                null,
                "connect timed out",
                false,
                Temperatures.unknown(),
                job(true),
                lastJob(),
                null,
                null,
                Reading.Details.none(),
                new Plate(Plate.State.READY, Instant.parse("2026-11-21T09:31:00Z")),
                new Printer.Maintenance("new belt", Instant.parse("2026-11-21T09:40:00Z")),
                Set.of(Capability.CANCEL, Capability.PAUSE, Capability.RESUME),
                new Status.LastPoll(AT, 23L, 3, FailureReason.TIMEOUT));
    }

    static Status unknown() {
        return new Status(
                ID,
                "MK4 left",
                "octoprint",
                null,
                null,
                List.of(),
                PrinterState.UNKNOWN,
                null,
                null,
                false,
                Temperatures.unknown(),
                null,
                null,
                null,
                null,
                Reading.Details.none(),
                null,
                null,
                Set.of(),
                Status.LastPoll.never());
    }
}
