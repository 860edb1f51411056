package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.fleet.AvailabilityStatus.Availability;
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
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The mutable state behind one printer's status. Belongs to the context of {@link FleetState}. */
final class PrinterEntry {
    private static final long HEARTBEAT_NANOS = Duration.ofSeconds(60).toNanos();

    Printer printer;
    Set<Capability> capabilities;
    int offlineAfter;
    long generation;

    Availability availability = Availability.UNKNOWN;
    int failures;

    @Nullable PollFailure failure;

    @Nullable Reading reading;

    @Nullable Instant observedAt;

    @Nullable Long latencyMillis;

    @Nullable String model;

    JobTrack jobs;

    PlateTrack plate;

    /** Never reused while the bridge runs, so that event ids are unique. Open while new readings may be compared with the last. */
    long session;

    boolean sessionOpen;
    long eventsOfSession;

    @Nullable Status announced;

    long announcedAtNanos;

    PrinterEntry(Printer printer, Set<Capability> capabilities, int offlineAfter, JobTrack jobs, PlateTrack plate) {
        this.printer = printer;
        this.capabilities = capabilities;
        this.offlineAfter = offlineAfter;
        this.jobs = jobs;
        this.plate = plate;
    }

    boolean isSameMachine(Printer after) {
        return printer.enabled()
                && printer.driver().equals(after.driver())
                && printer.address().equals(after.address());
    }

    void answer(Reading newest, Observation observation) {
        availability = Availability.ONLINE;
        failures = 0;
        failure = null;
        reading = newest;
        observedAt = observation.at();
        latencyMillis = observation.latency().toMillis();
        model = newest.model() == null ? model : newest.model();
    }

    /** Whether listeners need to know this status: it differs enough from the one announced last, or a heartbeat is due. */
    boolean isAnnouncementDue(Status status, long nowNanos) {
        return announced == null
                || nowNanos - announcedAtNanos >= HEARTBEAT_NANOS
                || ChangeFilter.isSignificant(announced, status);
    }

    void disable() {
        availability = Availability.OFFLINE;
        failures = 0;
        failure = PollFailure.of(FailureReason.DISABLED);
    }

    void resetAvailability() {
        availability = Availability.UNKNOWN;
        failures = 0;
        failure = null;
        reading = null;
        observedAt = null;
        latencyMillis = null;
        model = null;
    }

    AvailabilityStatus availabilityStatus() {
        return new AvailabilityStatus(availability, state(), failures, failure == null ? null : failure.reason());
    }

    PrinterState state() {
        return switch (availability) {
            case UNKNOWN -> PrinterState.UNKNOWN;
            case OFFLINE -> PrinterState.OFFLINE;
            case ONLINE, LATE -> reading == null ? PrinterState.UNKNOWN : reading.state();
        };
    }

    boolean isOnline() {
        return availability == Availability.ONLINE || availability == Availability.LATE;
    }

    /**
     * @param holder null for a bridge that shares its printers with no other
     * @param version of the snapshot that will contain the status; it grows with each status of whichever printer
     */
    Status status(Ownership.@Nullable Holder holder, long version) {
        Reading current = isOnline() ? reading : null;
        return new Status(
                printer.id(),
                printer.name(),
                printer.driver(),
                printer.model() == null ? model : printer.model(),
                printer.group(),
                printer.tags(),
                state(),
                current == null ? null : current.rawState(),
                message(current),
                isOnline(),
                current == null ? Temperatures.unknown() : current.temperatures(),
                job(),
                jobs.last(),
                current == null ? null : current.speed(),
                current == null ? null : current.fan(),
                current == null ? Reading.Details.none() : current.details(),
                plate.plate(),
                printer.maintenance(),
                null,
                holder == null ? null : new Status.Source(holder.node(), holder.epoch(), version),
                availableCapabilities(),
                poll());
    }

    private Set<Capability> availableCapabilities() {
        if (reading == null || Collections.disjoint(capabilities, reading.missing())) {
            return capabilities;
        }
        Set<Capability> availableCapabilities = new HashSet<>(capabilities);
        availableCapabilities.removeAll(reading.missing());
        return Set.copyOf(availableCapabilities);
    }

    private @Nullable String message(@Nullable Reading current) {
        if (current != null) {
            return current.message();
        }
        return availability == Availability.OFFLINE && failure != null ? failure.detail() : null;
    }

    private Status.LastPoll poll() {
        FailureReason reason = availability == Availability.ONLINE || failure == null ? null : failure.reason();
        return new Status.LastPoll(observedAt, latencyMillis, failures, reason);
    }

    /** A print as an event describes it; a finished one has the time of its end. */
    Status.CurrentJob describe(Job job, PrinterEvent.Type type, Instant at) {
        Instant finishAt = type == PrinterEvent.Type.PRINT_FINISHED ? roundedToMinute(at) : finishAt(state(), job);
        return new Status.CurrentJob(job, finishAt, false);
    }

    Status.@Nullable CurrentJob job() {
        return switch (availability) {
            case UNKNOWN -> null;
            case OFFLINE -> staleJob();
            case ONLINE, LATE -> reading == null ? null : jobStatus(reading);
        };
    }

    private Status.@Nullable CurrentJob staleJob() {
        Job known = jobs.running() != null ? jobs.running() : reading == null ? null : reading.job();
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

    /** Only while it moves: how long a pause lasts is unknown. */
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

    /** Counts a failed poll; enough of them, or refused credentials, make the printer offline. */
    void fail(PollFailure newest) {
        failures = Math.min(failures + 1, Integer.MAX_VALUE - 1);
        failure = newest;
        // Wrong credentials must never look like a slow printer.
        if (newest.reason() == FailureReason.AUTH || failures >= offlineAfter) {
            availability = Availability.OFFLINE;
            sessionOpen = false;
        } else if (availability == Availability.ONLINE) {
            availability = Availability.LATE;
        }
    }

    /** An event with the next id of the session. */
    PrinterEvent nextEvent(
            long startMillis, PrinterEvent.Type type, Status.@Nullable CurrentJob job, PrinterState from, Instant at) {
        String id = printer.id() + "-" + startMillis + "-" + session + "-" + ++eventsOfSession;
        return new PrinterEvent(type, id, at, printer.id(), printer.name(), printer.group(), job, from, state());
    }
}
