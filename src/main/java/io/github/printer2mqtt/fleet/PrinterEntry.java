package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.fleet.AvailabilityStatus.Presence;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.model.Temperatures;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One printer's page in the {@link FleetState}: the mutable state behind its status. Belongs to the book's context. */
final class PrinterEntry {
    Printer printer;
    Set<Capability> capabilities;
    int offlineAfter;
    long generation;

    Presence presence = Presence.UNKNOWN;
    int failures;

    @Nullable PollFailure miss;

    @Nullable Reading shown;

    @Nullable Instant observedAt;

    @Nullable Long latencyMillis;

    @Nullable String model;

    JobTrack jobs;

    /** Unique in the bridge's life, so that no event id comes twice; open while readings may be compared with the one shown. */
    long session;

    boolean sessionOpen;
    long eventsOfSession;

    @Nullable Status announced;

    long announcedAtNanos;

    PrinterEntry(Printer printer, Set<Capability> capabilities, int offlineAfter, JobTrack jobs) {
        this.printer = printer;
        this.capabilities = capabilities;
        this.offlineAfter = offlineAfter;
        this.jobs = jobs;
    }

    AvailabilityStatus standing() {
        return new AvailabilityStatus(presence, state(), failures, miss == null ? null : miss.reason());
    }

    PrinterState state() {
        return switch (presence) {
            case UNKNOWN -> PrinterState.UNKNOWN;
            case OFFLINE -> PrinterState.OFFLINE;
            case ONLINE, LATE -> shown == null ? PrinterState.UNKNOWN : shown.state();
        };
    }

    Status status() {
        boolean online = presence == Presence.ONLINE || presence == Presence.LATE;
        Reading live = online ? shown : null;
        return new Status(
                printer.id(),
                printer.name(),
                printer.driver(),
                printer.model() == null ? model : printer.model(),
                printer.group(),
                printer.tags(),
                state(),
                live == null ? null : live.rawState(),
                message(live),
                online,
                live == null ? Temperatures.unknown() : live.temperatures(),
                job(),
                jobs.last(),
                live == null ? null : live.speed(),
                live == null ? null : live.fan(),
                offered(),
                poll());
    }

    private Set<Capability> offered() {
        if (shown == null || Collections.disjoint(capabilities, shown.missing())) {
            return capabilities;
        }
        Set<Capability> offered = new HashSet<>(capabilities);
        offered.removeAll(shown.missing());
        return Set.copyOf(offered);
    }

    private @Nullable String message(@Nullable Reading live) {
        if (live != null) {
            return live.message();
        }
        return presence == Presence.OFFLINE && miss != null ? miss.detail() : null;
    }

    private Status.LastPoll poll() {
        FailureReason reason = presence == Presence.ONLINE || miss == null ? null : miss.reason();
        return new Status.LastPoll(observedAt, latencyMillis, failures, reason);
    }

    /** A print as an event tells it: one that is finished has the moment of its end. */
    Status.CurrentJob describe(Job job, PrinterEvent.Type type, Instant at) {
        Instant finishAt = type == PrinterEvent.Type.PRINT_FINISHED ? roundedToMinute(at) : finishAt(state(), job);
        return new Status.CurrentJob(job, finishAt, false);
    }

    /** The print that the status shows. */
    Status.@Nullable CurrentJob job() {
        return switch (presence) {
            case UNKNOWN -> null;
            case OFFLINE -> staleJob();
            case ONLINE, LATE -> shown == null ? null : jobStatus(shown);
        };
    }

    private Status.@Nullable CurrentJob staleJob() {
        Job known = jobs.running() != null ? jobs.running() : shown == null ? null : shown.job();
        return known == null ? null : new Status.CurrentJob(known, null, true);
    }

    private Status.@Nullable CurrentJob jobStatus(Reading reading) {
        Job job = reading.job();
        if (job == null) {
            return null;
        }
        Job running = jobs.running();
        Job described = running == null ? job : job.filledFrom(running);
        return new Status.CurrentJob(described, finishAt(reading.state(), job), false);
    }

    /** Only a print that moves has a finish: a paused one is done that much later. */
    private @Nullable Instant finishAt(PrinterState state, Job job) {
        boolean moves = state == PrinterState.PRINTING || state == PrinterState.PREPARING;
        if (!moves || job.remaining() == null || observedAt == null) {
            return null;
        }
        return roundedToMinute(observedAt.plusSeconds(job.remaining()));
    }

    private static Instant roundedToMinute(Instant moment) {
        return moment.plusSeconds(30).truncatedTo(ChronoUnit.MINUTES);
    }
}
