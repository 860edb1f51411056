package io.github.printer2mqtt.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.model.Status.Plate;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.persistence.HistoryRepository.EndedJob;
import io.github.printer2mqtt.persistence.HistoryRepository.Print;
import io.github.printer2mqtt.persistence.JobRepository;
import io.github.printer2mqtt.persistence.PlateRepository;
import io.github.printer2mqtt.testing.TestPrinters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A fleet of one printer: feeds readings and failures, and records changes, events, stored jobs, plates and history. */
final class FleetScenario implements FleetListener, JobRepository, PlateRepository {
    static final PrinterId ID = new PrinterId("mk4");
    static final Instant BEGIN = Instant.parse("2026-11-21T09:50:00Z");

    final List<PrinterEvent> events = new ArrayList<>();
    final List<Status.Change> changes = new ArrayList<>();
    final Map<PrinterId, StoredJobs> stored;
    final Map<PrinterId, StoredPlate> storedPlates;
    final Map<PrinterId, Print> storedPrints;

    /** Ended prints in the order of their ends, those before a restart included. */
    final List<EndedJob> history;

    private final FleetState fleet;
    private final int offlineAfter;
    private Duration clock;
    private long generation;

    private FleetScenario(
            int offlineAfter,
            Map<PrinterId, StoredJobs> stored,
            Map<PrinterId, StoredPlate> storedPlates,
            Map<PrinterId, Print> storedPrints,
            List<EndedJob> history,
            Duration clock) {
        this.clock = clock;
        this.storedPrints = new HashMap<>(storedPrints);
        this.history = new ArrayList<>(history);
        this.offlineAfter = offlineAfter;
        this.stored = new HashMap<>(stored);
        this.storedPlates = new HashMap<>(storedPlates);
        this.fleet = new FleetState(
                BEGIN.toEpochMilli(),
                () -> this.clock.toNanos(),
                this,
                this,
                BridgeConfig.defaults().plate(),
                null);
    }

    /** A bridge that has just started with this printer registered. */
    static FleetScenario start() {
        return start(2, Map.of());
    }

    static FleetScenario start(int offlineAfter, Map<PrinterId, StoredJobs> stored) {
        return start(offlineAfter, stored, Map.of(), Map.of(), List.of(), Duration.ZERO);
    }

    private static FleetScenario start(
            int offlineAfter,
            Map<PrinterId, StoredJobs> stored,
            Map<PrinterId, StoredPlate> storedPlates,
            Map<PrinterId, Print> storedPrints,
            List<EndedJob> history,
            Duration clock) {
        FleetScenario scenario = new FleetScenario(offlineAfter, stored, storedPlates, storedPrints, history, clock);
        scenario.fleet.addListener(scenario);
        scenario.fleet.restore(stored, storedPlates, storedPrints);
        scenario.register(printer());
        return scenario;
    }

    /** A printer whose first reading is this print. */
    static FleetScenario startPrinting(String id) {
        return start().reports(printing(id));
    }

    /** Restarts the bridge with what it stored. */
    FleetScenario restarted() {
        return start(offlineAfter, stored, storedPlates, storedPrints, history, clock);
    }

    /** The same as if the bridge had been killed before it could store an end. */
    FleetScenario restartedWithJobs(Map<PrinterId, StoredJobs> jobs) {
        return start(offlineAfter, jobs, storedPlates, storedPrints, history, clock);
    }

    static Printer printer() {
        return TestPrinters.printer(ID, "MK4", "prusalink", "192.0.2.20");
    }

    static Printer disabled() {
        Printer on = printer();
        return new Printer(ID, on.name(), on.driver(), on.address(), null, null, List.of(), false, on.polling(), null);
    }

    static Printer renamed(String name) {
        Printer old = printer();
        return new Printer(ID, name, old.driver(), old.address(), null, null, List.of(), true, old.polling(), null);
    }

    FleetScenario register(Printer printer) {
        generation = fleet.register(printer, Set.of(Capability.PAUSE), offlineAfter);
        return this;
    }

    FleetScenario reports(PollResult result) {
        observe(result);
        return this;
    }

    /** As {@link #reports}, but returns the availability. */
    @Nullable AvailabilityStatus observe(PollResult result) {
        clock = clock.plusSeconds(2);
        return fleet.record(new Observation(ID, generation, result, Duration.ofMillis(20), BEGIN.plus(clock)));
    }

    @Nullable AvailabilityStatus observeAs(long otherGeneration, PollResult result) {
        return fleet.record(new Observation(ID, otherGeneration, result, Duration.ZERO, BEGIN));
    }

    FleetScenario waits(Duration time) {
        clock = clock.plus(time);
        return this;
    }

    FleetScenario fails(int times) {
        for (int i = 0; i < times; i++) {
            reports(PollFailure.of(FailureReason.TIMEOUT));
        }
        return this;
    }

    Status status() {
        return Objects.requireNonNull(fleet.snapshot().find(ID)).status();
    }

    FleetState fleet() {
        return fleet;
    }

    List<String> eventTypes() {
        return events.stream().map(event -> event.type().wireName()).toList();
    }

    Plate.@Nullable State plate() {
        Plate plate = status().plate();
        return plate == null ? null : plate.state();
    }

    Plate.@Nullable State clearsPlate() {
        return fleet.clearPlate(ID, now());
    }

    Instant now() {
        return BEGIN.plus(clock);
    }

    @Nullable LastJob lastJob() {
        return status().lastJob();
    }

    LastJob lastJobOrFail() {
        return Objects.requireNonNull(lastJob(), "a last job");
    }

    void assertLastJob(String id, JobResult result) {
        LastJob last = lastJobOrFail();
        assertThat(last.id()).isEqualTo(id);
        assertThat(last.result()).isEqualTo(result);
    }

    static Reading reading(PrinterState state, @Nullable Job job) {
        return new Reading(state, state.name(), null, Temperatures.unknown(), job, null, null, null, null);
    }

    static Reading idle() {
        return reading(PrinterState.IDLE, null);
    }

    static Reading idleAfter(JobResult outcome) {
        return new Reading(
                PrinterState.IDLE, "Operational", null, Temperatures.unknown(), null, outcome, null, null, null);
    }

    static Reading printing(String id) {
        return reading(PrinterState.PRINTING, job(id));
    }

    /** @param progress percent */
    static Reading printing(String id, double progress) {
        return reading(PrinterState.PRINTING, job(id, progress));
    }

    static Job job(String id) {
        return job(id, 50.0);
    }

    private static Job job(String id, double progress) {
        return new Job(id, "file-" + id + ".gcode", progress, 100L, 100L, null, null);
    }

    static Job file(String name, long elapsed) {
        return new Job(null, name, 50.0, elapsed, 100L, null, null);
    }

    @Override
    public void onChange(Status.Change change) {
        changes.add(change);
    }

    @Override
    public void onEvent(PrinterEvent event) {
        events.add(event);
    }

    @Override
    public void save(PrinterId printer, Step step) {
        stored.put(printer, step.jobs());
        if (step.print() != null) {
            storedPrints.put(printer, step.print());
        }
        step.ended().forEach(this::add);
    }

    @Override
    public void saveProgress(PrinterId printer, Job job) {
        StoredJobs before = stored.get(printer);
        stored.put(printer, new StoredJobs(job, before == null ? null : before.last()));
    }

    @Override
    public void save(PrinterId printer, StoredPlate plate) {
        storedPlates.put(printer, plate);
    }

    /** As the database does: an entry of the same print is replaced if its result was unknown. */
    private void add(EndedJob job) {
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).print().firstSeenAt().equals(job.print().firstSeenAt())) {
                if (history.get(i).result() == JobResult.UNKNOWN) {
                    history.set(i, job);
                }
                return;
            }
        }
        history.add(job);
    }

    @Override
    public void remove(PrinterId printer) {
        stored.remove(printer);
        storedPlates.remove(printer);
        storedPrints.remove(printer);
    }
}
