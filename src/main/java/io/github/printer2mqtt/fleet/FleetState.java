package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.config.BridgeConfig;
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
import io.github.printer2mqtt.model.Status.Plate;
import io.github.printer2mqtt.persistence.HistoryRepository;
import io.github.printer2mqtt.persistence.JobRepository;
import io.github.printer2mqtt.persistence.PlateRepository;
import io.github.printer2mqtt.vertx.FaultIsolation;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
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
 * <p>Thread-safe; guarded by itself, which costs less than a change of thread per poll. Listeners are called under that lock.
 * Has no timers: a heartbeat goes out with the first observation after it is due.
 */
public final class FleetState implements FleetView {
    private final long startMillis;
    private final LongSupplier monotonicNanos;
    private final JobRecorder jobs;
    private final PlateRecorder plates;
    private final Ownership.@Nullable Holder holder;
    private final List<FleetListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<PrinterId, PrinterEntry> entries = new HashMap<>();
    private long generations;
    private long sessions;
    private long droppedObservations;
    private volatile FleetSnapshot snapshot = FleetSnapshot.EMPTY;

    /**
     * @param startMillis start of the bridge by the wall clock; part of every event id
     * @param monotonicNanos for the heartbeat
     * @param jobs stores running and ended prints
     * @param plates stores the plates
     * @param plateConfig when a print can be taken off a plate
     * @param holder the node that every status names as its source; null for a bridge that shares its printers with no other
     */
    public FleetState(
            long startMillis,
            LongSupplier monotonicNanos,
            JobRepository jobs,
            PlateRepository plates,
            BridgeConfig.Plate plateConfig,
            Ownership.@Nullable Holder holder) {
        this.startMillis = startMillis;
        this.monotonicNanos = monotonicNanos;
        this.jobs = new JobRecorder(jobs);
        this.plates = new PlateRecorder(plates, plateConfig);
        this.holder = holder;
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

    /** Restores what was stored before a restart; must be called before the printers are registered. */
    public synchronized void restore(
            Map<PrinterId, JobRepository.StoredJobs> storedJobs,
            Map<PrinterId, PlateRepository.StoredPlate> storedPlates,
            Map<PrinterId, HistoryRepository.Print> storedPrints) {
        jobs.restore(storedJobs, storedPrints);
        plates.restore(storedPlates);
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
                ? new PrinterEntry(
                        printer, capabilities, offlineAfter, jobs.take(printer.id()), plates.take(printer.id()))
                : known;
        boolean sameMachine = known != null && known.isSameMachine(printer);
        entry.printer = printer;
        entry.capabilities = Set.copyOf(capabilities);
        entry.offlineAfter = offlineAfter;
        entry.generation = ++generations;
        entry.sessionOpen = false;
        if (!printer.enabled()) {
            entry.disable();
        } else if (!sameMachine) {
            entry.resetAvailability();
        }
        entries.put(printer.id(), entry);
        plates.onRegistered(entry);
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

    /**
     * Ends a printer's session because its connection was lost: what happens until the next reading is unseen, so that
     * reading causes no events of prints. Ignores a replaced or removed monitor.
     */
    public synchronized void endSession(PrinterId printer, long generation) {
        PrinterEntry entry = entries.get(printer);
        if (entry != null && entry.generation == generation) {
            entry.sessionOpen = false;
        }
    }

    /** Removes a printer; an unknown one is no error. */
    public synchronized void remove(PrinterId printer) {
        PrinterEntry removed = entries.remove(printer);
        if (removed != null) {
            snapshot = snapshot.without(printer);
            jobs.remove(printer);
            plates.remove(removed);
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
        // Nothing observes a disabled printer, whose plate cools all the same.
        plates.coolUnobserved(observation.at()).forEach(cold -> publish(cold, Announce.IF_SIGNIFICANT));
        return entry.availabilityStatus();
    }

    /**
     * Notes that a user has taken the print off a printer's plate, whether or not the printer is online.
     *
     * @return null if the plate is clear now; otherwise the state that does not allow it
     * @throws NoSuchElementException if the printer is unknown
     */
    public synchronized Plate.@Nullable State clearPlate(PrinterId printer, Instant at) {
        PrinterEntry entry = entries.get(printer);
        if (entry == null) {
            throw new NoSuchElementException(printer + " is not registered");
        }
        Plate before = entry.plate.plate();
        if (before != null && !before.isOccupied()) {
            return before.state();
        }
        List<JobTrack.Transition> transitions = plates.onCleared(entry, at);
        publish(entry, Announce.IF_SIGNIFICANT);
        emit(entry, transitions, entry.state(), at);
        return null;
    }

    private void onReading(PrinterEntry entry, Reading reading, Observation observation) {
        Instant at = observation.at();
        PrinterState from = entry.state();
        Reading previousReading = entry.sessionOpen ? entry.reading : null;
        PrinterState uninterrupted = previousReading == null || entry.failures > 0 ? null : previousReading.state();
        boolean wasOffline = entry.availability == Availability.OFFLINE;
        Instant seenAt = entry.observedAt;
        entry.answer(reading, observation);
        if (!entry.sessionOpen) {
            entry.session = ++sessions;
            entry.eventsOfSession = 0;
            entry.sessionOpen = true;
        }
        JobTrack before = entry.jobs;
        List<JobTrack.Transition> ofJobs = jobs.onReading(entry, previousReading, reading, at);
        List<JobTrack.Transition> ofPlate = plates.onReading(
                entry, new PlateTrack.Sighting(uninterrupted, seenAt, before, entry.jobs, reading, at));
        publish(entry, Announce.IF_SIGNIFICANT);
        if (wasOffline) {
            emit(entry, PrinterEvent.Type.PRINTER_ONLINE, entry.job(), from, at);
        }
        emit(entry, ofJobs, from, at);
        emit(entry, ofPlate, from, at);
    }

    private void onFailure(PrinterEntry entry, PollFailure failure, Observation observation) {
        PrinterState before = entry.state();
        Availability availabilityBefore = entry.availability;
        entry.fail(failure);
        List<JobTrack.Transition> ofPlate = plates.onTime(entry, observation.at());
        publish(entry, Announce.IF_SIGNIFICANT);
        boolean wasAvailable = availabilityBefore == Availability.ONLINE || availabilityBefore == Availability.LATE;
        if (entry.availability == Availability.OFFLINE && wasAvailable) {
            emit(entry, PrinterEvent.Type.PRINTER_OFFLINE, entry.job(), before, observation.at());
        }
        emit(entry, ofPlate, before, observation.at());
    }

    private enum Announce {
        ALWAYS,
        IF_SIGNIFICANT
    }

    private void publish(PrinterEntry entry, Announce announce) {
        Status status = entry.status(holder, snapshot.version() + 1);
        snapshot = snapshot.with(status);
        long now = monotonicNanos.getAsLong();
        if (announce == Announce.ALWAYS || entry.isAnnouncementDue(status, now)) {
            Status.Change change = new Status.Change(entry.announced, status, snapshot.version());
            entry.announced = status;
            entry.announcedAtNanos = now;
            notifyListeners(listener -> listener.onChange(change));
        }
    }

    private void emit(PrinterEntry entry, List<JobTrack.Transition> transitions, PrinterState from, Instant at) {
        for (JobTrack.Transition transition : transitions) {
            Status.CurrentJob about =
                    transition.job() == null ? null : entry.describe(transition.job(), transition.type(), at);
            emit(entry, transition.type(), about, from, at);
        }
    }

    private void emit(
            PrinterEntry entry,
            PrinterEvent.Type type,
            Status.@Nullable CurrentJob job,
            PrinterState from,
            Instant at) {
        if (entry.session == 0) { // a plate may be cleared before the first session
            entry.session = ++sessions;
        }
        PrinterEvent event = entry.nextEvent(startMillis, type, job, from, at);
        notifyListeners(listener -> listener.onEvent(event));
    }

    private void notifyListeners(Consumer<FleetListener> notification) {
        FaultIsolation.forEach("a listener of the fleet", listeners, notification);
    }
}
