package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.model.Status.Plate;
import io.github.printer2mqtt.model.Temperatures;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statuses for templates, from everything known to everything unknown. */
public final class SampleStatuses {
    private static final Instant AT = Instant.parse("2026-11-21T09:50:00.123Z");
    private static final Job JOB = new Job("297", "{{ states('x') }} \"clip\" <b>.gcode", 42.5, 1200L, 1500L, 12, 120);

    private static final Reading.Details DETAILS = new Reading.Details(
            List.of(
                    new Reading.Problem("0300-8015", Reading.Problem.Severity.ERROR, "{{ 1 }} \"ran\" out"),
                    new Reading.Problem("0C00-0300", Reading.Problem.Severity.INFO, null)),
            List.of(
                    new Reading.Filament("1-1", null, null, null, null, null),
                    new Reading.Filament("1-2", "PLA", "#ffaa00", "PLA \"Basic\"", 64, true)),
            true);

    private SampleStatuses() {}

    static Status printing() {
        Temperatures.Temperature heater = new Temperatures.Temperature(214.8, 215.0);
        return printing(new Temperatures(List.of(heater, heater), heater, heater, 1));
    }

    static Status printing(Temperatures temperatures) {
        return status(
                PrinterState.PRINTING,
                true,
                temperatures,
                new Status.CurrentJob(JOB, Instant.parse("2026-11-21T10:15:00Z"), false),
                100,
                new Status.LastPoll(AT, 23L, 0, null));
    }

    /** A print without any details, and heaters without readings. */
    static Status mostlyUnknown() {
        Temperatures.Temperature heater = new Temperatures.Temperature(null, null);
        return status(
                PrinterState.PREPARING,
                true,
                new Temperatures(List.of(heater), heater, null),
                new Status.CurrentJob(new Job(null, null, null, null, null, null, null), null, false),
                null,
                new Status.LastPoll(AT, 23L, 1, FailureReason.TIMEOUT));
    }

    public static Status idle() {
        Temperatures.Temperature heater = new Temperatures.Temperature(23.1, 0.0);
        return status(
                PrinterState.IDLE,
                true,
                new Temperatures(List.of(heater), heater, null),
                null,
                100,
                new Status.LastPoll(AT, 23L, 0, null));
    }

    static Status attention() {
        return status(
                PrinterState.ATTENTION,
                true,
                Temperatures.unknown(),
                new Status.CurrentJob(JOB, null, false),
                null,
                new Status.LastPoll(AT, 23L, 0, null));
    }

    static Status offline() {
        return status(
                PrinterState.OFFLINE,
                false,
                Temperatures.unknown(),
                new Status.CurrentJob(JOB, null, true),
                null,
                new Status.LastPoll(AT, 23L, 7, FailureReason.TIMEOUT));
    }

    /** Never online. */
    static Status neverOnline() {
        return status(
                PrinterState.OFFLINE,
                false,
                Temperatures.unknown(),
                null,
                null,
                new Status.LastPoll(null, null, 2, FailureReason.REFUSED));
    }

    static Status unknown() {
        return status(PrinterState.UNKNOWN, false, Temperatures.unknown(), null, null, Status.LastPoll.never());
    }

    static List<Status> all() {
        return List.of(printing(), mostlyUnknown(), idle(), attention(), offline(), neverOnline(), unknown());
    }

    private static Status status(
            PrinterState state,
            boolean online,
            Temperatures temperatures,
            Status.@Nullable CurrentJob job,
            @Nullable Integer percent,
            Status.LastPoll poll) {
        return new Status(
                new PrinterId("mk4"),
                "MK4 left",
                "moonraker",
                null,
                null,
                List.of(),
                state,
                online ? "word" : null,
                online ? null : "no \"answer\" {{ 1 }}",
                online,
                temperatures,
                job,
                online ? new LastJob("296", "clip.gcode", JobResult.FINISHED, AT) : null,
                percent,
                percent,
                percent == null ? Reading.Details.none() : DETAILS,
                online ? new Plate(Plate.State.IN_USE, AT) : null,
                null,
                EnumSet.allOf(Capability.class),
                poll);
    }
}
