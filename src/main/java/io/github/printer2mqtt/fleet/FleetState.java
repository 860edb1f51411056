package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.fleet.AvailabilityStatus.Availability;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.persistence.JobRepository;
import io.github.printer2mqtt.vertx.FaultIsolation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The only writer of the fleet's snapshot: records observations, keeps the availability and the session of every printer,
 * and notifies listeners of changes and events.
 *
 * <p>Thread-safe; guarded by itself, since a lock costs less than a change of thread for each poll. Listeners are called
 * under that lock and must not block. Has no timers: a heartbeat goes out with the first observation after it is due.
 */
public final class FleetState implements FleetView {
    private static final long HEARTBEAT_NANOS = Duration.ofSeconds(60).toNanos();

    private final long startMillis;
    private final LongSupplier monotonicNanos;
    private final JobRecorder recorder;
    private final List<FleetListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<PrinterId, PrinterEntry> entries = new HashMap<>();
    private final Map<PrinterId, JobRepository.StoredJobs> storedJobs = new HashMap<>();
    private long generations;
    private long sessions;
    private long droppedObservations;
    private volatile FleetSnapshot snapshot = FleetSnapshot.EMPTY;

    /**
     * @param startMillis start of the bridge by the wall clock; part of every event id
     * @param monotonicNanos for the heartbeat
     * @param repository stores running and ended prints
     */
    public FleetState(long startMillis, LongSupplier monotonicNanos, JobRepository repository) {
        this.startMillis = startMillis;
        this.monotonicNanos = monotonicNanos;
        this.recorder = new JobRecorder(repository);
    }

    @Override
    public FleetSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public synchronized <T> T whileUnchanged(Supplier<T> work) {
        return work.get();
    }

    @Override
    public void addListener(FleetListener listener) {
        listeners.add(listener);
    }

    /** Restores the jobs stored before a restart; must be called before the printers are registered. */
    public synchronized void restore(Map<PrinterId, JobRepository.StoredJobs> stored) {
        storedJobs.putAll(stored);
    }

    /** Observations since start that came from replaced or removed monitors. */
    public synchronized long droppedObservations() {
        return droppedObservations;
    }

    /**
     * Registers a printer or replaces its registration, which starts a new session. If it now means another machine, the
     * printer is unknown again.
     *
     * @param offlineAfter failed polls until it is offline, at least 1
     * @return the generation that the observations of its monitor must carry
     */
    public synchronized long register(Printer printer, Set<Capability> capabilities, int offlineAfter) {
        PrinterEntry known = entries.get(printer.id());
        PrinterEntry entry = known == null
                ? new PrinterEntry(printer, capabilities, offlineAfter, takeStoredJobs(printer.id()))
                : known;
        boolean sameMachine = known != null && isSameMachine(known.printer, printer);
        entry.printer = printer;
        entry.capabilities = Set.copyOf(capabilities);
        entry.offlineAfter = offlineAfter;
        entry.generation = ++generations;
        entry.sessionOpen = false;
        if (!printer.enabled()) {
            disable(entry);
        } else if (!sameMachine) {
            resetAvailability(entry);
        }
        entries.put(printer.id(), entry);
        notifyListeners(listener -> listener.onRegistered(printer));
        publish(entry, Announce.ALWAYS);
        return entry.generation;
    }

    /**
     * Replaces a registration whose connection is unchanged: session, generation and state go on.
     *
     * @throws IllegalStateException if the printer is unknown
     */
    public synchronized void update(Printer printer) {
        PrinterEntry entry = entries.get(printer.id());
        if (entry == null) {
            throw new IllegalStateException(printer.id() + " is not registered");
        }
        entry.printer = printer;
        notifyListeners(listener -> listener.onRegistered(printer));
        publish(entry, Announce.ALWAYS);
    }

    /** Registers a printer that cannot be polled; it is shown as disabled with the reason. */
    public synchronized void registerUnusable(Printer printer, String reason) {
        register(printer.disabled(), Set.of(), 1);
        PrinterEntry entry = Objects.requireNonNull(entries.get(printer.id()));
        entry.failure = new PollFailure(FailureReason.DISABLED, reason);
        publish(entry, Announce.ALWAYS);
    }

    /** Removes a printer; an unknown one is no error. */
    public synchronized void remove(PrinterId printer) {
        storedJobs.remove(printer);
        if (entries.remove(printer) != null) {
            snapshot = snapshot.without(printer);
            recorder.remove(printer);
            notifyListeners(listener -> listener.onRemoved(printer));
        }
    }

    /**
     * Records an observation and returns the printer's availability; null if the observation came from a replaced or removed
     * monitor.
     */
    public synchronized @Nullable AvailabilityStatus record(Observation observation) {
        PrinterEntry entry = entries.get(observation.printer());
        if (entry == null || entry.generation != observation.generation()) {
            droppedObservations++;
            return null;
        }
        if (observation.result() instanceof PollFailure failure) {
            onFailure(entry, failure, observation);
        } else if (observation.result() instanceof Reading reading) {
            onReading(entry, reading, observation);
        }
        return entry.availabilityStatus();
    }

    private void onReading(PrinterEntry entry, Reading reading, Observation observation) {
        PrinterState before = entry.state();
        Reading previousReading = entry.sessionOpen ? entry.reading : null;
        boolean wasOffline = entry.availability == Availability.OFFLINE;
        entry.availability = Availability.ONLINE;
        entry.failures = 0;
        entry.failure = null;
        entry.reading = reading;
        entry.observedAt = observation.at();
        entry.latencyMillis = observation.latency().toMillis();
        entry.model = reading.model() == null ? entry.model : reading.model();
        if (!entry.sessionOpen) {
            entry.session = ++sessions;
            entry.eventsOfSession = 0;
            entry.sessionOpen = true;
        }
        JobTrack track = entry.jobs;
        List<JobTrack.Transition> transitions = List.of();
        if (previousReading == null) {
            entry.jobs = track.resumed(reading, observation.at());
        } else {
            JobTrack.Step step = track.step(previousReading.state(), reading, observation.at());
            entry.jobs = step.track();
            transitions = step.transitions();
        }
        recorder.record(entry.printer.id(), track, entry.jobs);
        publish(entry, Announce.IF_SIGNIFICANT);
        if (wasOffline) {
            emit(entry, PrinterEvent.Type.PRINTER_ONLINE, entry.job(), before, observation.at());
        }
        for (JobTrack.Transition transition : transitions) {
            Status.CurrentJob about = transition.job() == null
                    ? null
                    : entry.describe(transition.job(), transition.type(), observation.at());
            emit(entry, transition.type(), about, before, observation.at());
        }
    }

    private void onFailure(PrinterEntry entry, PollFailure failure, Observation observation) {
        PrinterState before = entry.state();
        Availability availabilityBefore = entry.availability;
        entry.failures = Math.min(entry.failures + 1, Integer.MAX_VALUE - 1);
        entry.failure = failure;
        // Wrong credentials must never look like a slow printer.
        boolean offline = failure.reason() == FailureReason.AUTH || entry.failures >= entry.offlineAfter;
        if (offline) {
            entry.availability = Availability.OFFLINE;
            entry.sessionOpen = false;
        } else if (availabilityBefore == Availability.ONLINE) {
            entry.availability = Availability.LATE;
        }
        publish(entry, Announce.IF_SIGNIFICANT);
        boolean wasAvailable = availabilityBefore == Availability.ONLINE || availabilityBefore == Availability.LATE;
        if (offline && wasAvailable) {
            emit(entry, PrinterEvent.Type.PRINTER_OFFLINE, entry.job(), before, observation.at());
        }
    }

    private JobTrack takeStoredJobs(PrinterId printer) {
        JobRepository.StoredJobs memory = storedJobs.remove(printer);
        return memory == null ? JobTrack.empty() : JobTrack.of(memory);
    }

    private static boolean isSameMachine(Printer before, Printer after) {
        return before.enabled()
                && before.driver().equals(after.driver())
                && before.address().equals(after.address());
    }

    private static void disable(PrinterEntry entry) {
        entry.availability = Availability.OFFLINE;
        entry.failures = 0;
        entry.failure = PollFailure.of(FailureReason.DISABLED);
    }

    private static void resetAvailability(PrinterEntry entry) {
        entry.availability = Availability.UNKNOWN;
        entry.failures = 0;
        entry.failure = null;
        entry.reading = null;
        entry.observedAt = null;
        entry.latencyMillis = null;
        entry.model = null;
    }

    private enum Announce {
        ALWAYS,
        IF_SIGNIFICANT
    }

    private void publish(PrinterEntry entry, Announce announce) {
        Status status = entry.status();
        snapshot = snapshot.with(status);
        Status announced = entry.announced;
        long now = monotonicNanos.getAsLong();
        boolean due = announce == Announce.ALWAYS
                || announced == null
                || now - entry.announcedAtNanos >= HEARTBEAT_NANOS
                || ChangeFilter.isSignificant(announced, status);
        if (due) {
            entry.announced = status;
            entry.announcedAtNanos = now;
            Status.Change change = new Status.Change(announced, status, snapshot.version());
            notifyListeners(listener -> listener.onChange(change));
        }
    }

    private void emit(
            PrinterEntry entry,
            PrinterEvent.Type type,
            Status.@Nullable CurrentJob job,
            PrinterState from,
            Instant at) {
        Printer printer = entry.printer;
        String id = printer.id() + "-" + startMillis + "-" + entry.session + "-" + ++entry.eventsOfSession;
        PrinterEvent event =
                new PrinterEvent(type, id, at, printer.id(), printer.name(), printer.group(), job, from, entry.state());
        notifyListeners(listener -> listener.onEvent(event));
    }

    private void notifyListeners(Consumer<FleetListener> notification) {
        FaultIsolation.forEach("a listener of the fleet", listeners, notification);
    }
}
