package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.fleet.AvailabilityStatus.Presence;
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
import org.jspecify.annotations.Nullable;

/**
 * The only writer of the fleet's snapshot: takes observations, keeps every printer's standing and session, and tells
 * listeners what changed and what happened.
 *
 * <p>Owned by one context, on which every method is called but {@link #snapshot()} and {@link #follow}, which are safe
 * for every thread. Has no timers: a heartbeat goes out with the first observation after it is due.
 */
public final class FleetState implements FleetView {
    private static final long HEARTBEAT_NANOS = Duration.ofSeconds(60).toNanos();

    private final long startMillis;
    private final LongSupplier monotonicNanos;
    private final JobRecorder recorder;
    private final List<FleetListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<PrinterId, PrinterEntry> entries = new HashMap<>();
    private final Map<PrinterId, JobRepository.StoredJobs> remembered = new HashMap<>();
    private long incarnations;
    private long sessions;
    private long droppedObservations;
    private volatile FleetSnapshot snapshot = FleetSnapshot.empty();

    /**
     * @param startMillis when the bridge started, by the wall clock; a part of every event's id
     * @param monotonicNanos a clock that never jumps, for the heartbeat
     * @param ledger where running and ended prints are written down
     */
    public FleetState(long startMillis, LongSupplier monotonicNanos, JobRepository ledger) {
        this.startMillis = startMillis;
        this.monotonicNanos = monotonicNanos;
        this.recorder = new JobRecorder(ledger);
    }

    @Override
    public FleetSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public void follow(FleetListener listener) {
        listeners.add(listener);
    }

    /** What the ledger remembers from before a restart; to be told before the printers are registered. */
    public void remember(Map<PrinterId, JobRepository.StoredJobs> memories) {
        remembered.putAll(memories);
    }

    /** Observations that came from replaced or removed watches, since start. */
    public long droppedObservations() {
        return droppedObservations;
    }

    /**
     * Takes a printer in, or its changed registration. A change begins a new session; where it leads to another machine
     * the printer is unknown again.
     *
     * @param capabilities what it can do at all
     * @param offlineAfter misses until it is offline, at least 1
     * @return the incarnation that the watch's observations must carry
     */
    public long register(Printer printer, Set<Capability> capabilities, int offlineAfter) {
        PrinterEntry known = entries.get(printer.id());
        PrinterEntry entry = known == null
                ? new PrinterEntry(printer, capabilities, offlineAfter, rememberedJobs(printer.id()))
                : known;
        boolean sameMachine = known != null && isSameMachine(known.printer, printer);
        entry.printer = printer;
        entry.capabilities = Set.copyOf(capabilities);
        entry.offlineAfter = offlineAfter;
        entry.generation = ++incarnations;
        entry.sessionOpen = false;
        if (!printer.enabled()) {
            disable(entry);
        } else if (!sameMachine) {
            forgetStanding(entry);
        }
        entries.put(printer.id(), entry);
        tell(listener -> listener.onRegistered(printer));
        publish(entry, Announce.ALWAYS);
        return entry.generation;
    }

    /**
     * Takes in a changed registration whose connection is the same: session, incarnation and state go on.
     *
     * @throws IllegalStateException if there is no such printer
     */
    public void update(Printer printer) {
        PrinterEntry entry = entries.get(printer.id());
        if (entry == null) {
            throw new IllegalStateException(printer.id() + " is not registered");
        }
        entry.printer = printer;
        tell(listener -> listener.onRegistered(printer));
        publish(entry, Announce.ALWAYS);
    }

    /** Takes in a printer that cannot be polled, and shows it as disabled for a reason. */
    public void registerUnusable(Printer printer, String reason) {
        register(printer.disabled(), Set.of(), 1);
        PrinterEntry entry = Objects.requireNonNull(entries.get(printer.id()));
        entry.miss = new PollFailure(FailureReason.DISABLED, reason);
        publish(entry, Announce.ALWAYS);
    }

    /** Takes a printer out; an unknown one is no error. */
    public void remove(PrinterId printer) {
        remembered.remove(printer);
        if (entries.remove(printer) != null) {
            snapshot = snapshot.without(printer);
            recorder.forget(printer);
            tell(listener -> listener.onRemoved(printer));
        }
    }

    /**
     * Takes an observation in and answers where the printer stands now; null if the observation is of a watch that was
     * replaced or removed.
     */
    public @Nullable AvailabilityStatus record(Observation observation) {
        PrinterEntry entry = entries.get(observation.printer());
        if (entry == null || entry.generation != observation.generation()) {
            droppedObservations++;
            return null;
        }
        observation
                .finding()
                .<Runnable>fold(
                        reading -> () -> onReading(entry, reading, observation),
                        miss -> () -> onMiss(entry, miss, observation))
                .run();
        return entry.standing();
    }

    private void onReading(PrinterEntry entry, Reading reading, Observation observation) {
        PrinterState before = entry.state();
        Reading compared = entry.sessionOpen ? entry.shown : null;
        boolean returns = entry.presence == Presence.OFFLINE;
        entry.presence = Presence.ONLINE;
        entry.failures = 0;
        entry.miss = null;
        entry.shown = reading;
        entry.observedAt = observation.at();
        entry.latencyMillis = observation.latency().toMillis();
        entry.model = reading.model() == null ? entry.model : reading.model();
        if (!entry.sessionOpen) {
            entry.session = ++sessions;
            entry.eventsOfSession = 0;
            entry.sessionOpen = true;
        }
        JobTrack track = entry.jobs;
        List<JobTrack.Edge> edges = List.of();
        if (compared == null) {
            entry.jobs = track.resumed(reading, observation.at());
        } else {
            JobTrack.Step step = track.step(compared.state(), reading, observation.at());
            entry.jobs = step.track();
            edges = step.edges();
        }
        recorder.record(entry.printer.id(), track, entry.jobs);
        publish(entry, Announce.IF_DUE);
        if (returns) {
            happen(entry, PrinterEvent.Type.PRINTER_ONLINE, entry.job(), before, observation.at());
        }
        for (JobTrack.Edge edge : edges) {
            Status.CurrentJob about =
                    edge.job() == null ? null : entry.describe(edge.job(), edge.type(), observation.at());
            happen(entry, edge.type(), about, before, observation.at());
        }
    }

    private void onMiss(PrinterEntry entry, PollFailure miss, Observation observation) {
        PrinterState before = entry.state();
        Presence stood = entry.presence;
        entry.failures = Math.min(entry.failures + 1, Integer.MAX_VALUE - 1);
        entry.miss = miss;
        // A wrong key must never look like a printer that is merely late.
        boolean decided = miss.reason() == FailureReason.AUTH || entry.failures >= entry.offlineAfter;
        if (decided) {
            entry.presence = Presence.OFFLINE;
            entry.sessionOpen = false;
        } else if (stood == Presence.ONLINE) {
            entry.presence = Presence.LATE;
        }
        publish(entry, Announce.IF_DUE);
        boolean wasThere = stood == Presence.ONLINE || stood == Presence.LATE;
        if (decided && wasThere) {
            happen(entry, PrinterEvent.Type.PRINTER_OFFLINE, entry.job(), before, observation.at());
        }
    }

    private JobTrack rememberedJobs(PrinterId printer) {
        JobRepository.StoredJobs memory = remembered.remove(printer);
        return memory == null ? JobTrack.empty() : JobTrack.of(memory);
    }

    private static boolean isSameMachine(Printer before, Printer after) {
        return before.enabled()
                && before.driver().equals(after.driver())
                && before.address().equals(after.address());
    }

    private static void disable(PrinterEntry entry) {
        entry.presence = Presence.OFFLINE;
        entry.failures = 0;
        entry.miss = PollFailure.of(FailureReason.DISABLED);
    }

    private static void forgetStanding(PrinterEntry entry) {
        entry.presence = Presence.UNKNOWN;
        entry.failures = 0;
        entry.miss = null;
        entry.shown = null;
        entry.observedAt = null;
        entry.latencyMillis = null;
        entry.model = null;
    }

    private enum Announce {
        ALWAYS,
        IF_DUE
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
            tell(listener -> listener.onChange(change));
        }
    }

    private void happen(
            PrinterEntry entry,
            PrinterEvent.Type type,
            Status.@Nullable CurrentJob job,
            PrinterState from,
            Instant at) {
        Printer printer = entry.printer;
        String id = printer.id() + "-" + startMillis + "-" + entry.session + "-" + ++entry.eventsOfSession;
        PrinterEvent event =
                new PrinterEvent(type, id, at, printer.id(), printer.name(), printer.group(), job, from, entry.state());
        tell(listener -> listener.onEvent(event));
    }

    /** A faulty listener stops neither the others nor the book. */
    private void tell(Consumer<FleetListener> news) {
        FaultIsolation.forEach("a listener of the fleet", listeners, news);
    }
}
