package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.config.AlertsConfig;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
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
import io.github.printer2mqtt.persistence.AlertRepository;
import io.github.printer2mqtt.persistence.AlertRepository.StoredAlert;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One printer whose alerts are evaluated every five seconds; records what opens and clears. */
final class AlertScenario implements AlertRepository {
    static final PrinterId ID = new PrinterId("mk4");
    static final Instant BEGIN = Instant.parse("2026-11-21T09:50:00Z");
    static final AlertsConfig EVERYTHING = with(EnumSet.allOf(AlertCode.class));

    final List<String> notifications = new ArrayList<>();
    final Map<String, StoredAlert> stored = new LinkedHashMap<>();
    AlertsConfig thresholds = EVERYTHING;
    private AlertEngine engine = new AlertEngine(id -> thresholds, this);
    private long nanos;
    private Instant wall = BEGIN;
    private @Nullable Status shown;

    static AlertsConfig with(Set<AlertCode> rules) {
        return new AlertsConfig(
                rules,
                Duration.ofMinutes(5),
                Duration.ofMinutes(30),
                new AlertsConfig.Temperature(Duration.ofMinutes(2), 15, 300, 120),
                Duration.ofMinutes(30));
    }

    /** The printer has this status from now on. */
    AlertScenario shows(Status status) {
        shown = status;
        evaluate();
        return this;
    }

    AlertScenario waits(Duration time) {
        for (long left = time.toSeconds(); left > 0; left -= 5) {
            nanos += Duration.ofSeconds(Math.min(5, left)).toNanos();
            wall = wall.plusSeconds(Math.min(5, left));
            evaluate();
        }
        return this;
    }

    AlertScenario waits(int minutes) {
        return waits(Duration.ofMinutes(minutes));
    }

    AlertScenario wallClockJumps(Duration by) {
        wall = wall.plus(by);
        return this;
    }

    AlertScenario isRemoved() {
        record(engine.drop(ID));
        shown = null;
        return this;
    }

    boolean acknowledges(AlertCode code) {
        Alert.Change change = engine.acknowledge(ID, code);
        if (change != null) {
            record(List.of(change));
        }
        return change != null;
    }

    /** Restarts the engine with the stored alerts; the printer is not polled yet. */
    AlertScenario restarts() {
        engine = new AlertEngine(id -> thresholds, this);
        engine.restore(List.copyOf(stored.values()));
        nanos = 7;
        return shows(unknown());
    }

    List<Alert> open() {
        return engine.open();
    }

    List<String> openCodes() {
        return open().stream().map(alert -> alert.code().wireName()).sorted().toList();
    }

    Set<PrinterId> trackedPrinters() {
        return engine.trackedPrinters();
    }

    /** The notifications since the last call. */
    List<String> takeNotifications() {
        List<String> now = List.copyOf(notifications);
        notifications.clear();
        return now;
    }

    private void evaluate() {
        if (shown != null) {
            record(engine.evaluate(shown, nanos, wall));
        }
    }

    private void record(List<Alert.Change> changes) {
        for (Alert.Change change : changes) {
            String sign = change.kind() == Alert.Change.Kind.OPENED ? "+" : "-";
            notifications.add(sign + change.alert().code().wireName());
        }
    }

    @Override
    public Future<List<StoredAlert>> load() {
        return Future.succeededFuture(List.of());
    }

    @Override
    public Future<Void> flush() {
        return Future.succeededFuture();
    }

    @Override
    public void save(StoredAlert alert) {
        stored.put(alert.alert().code().wireName(), alert);
    }

    @Override
    public void remove(Alert alert) {
        stored.remove(alert.code().wireName());
    }

    static Status unknown() {
        return status(PrinterState.UNKNOWN, false, null, Temperatures.unknown(), null, Status.LastPoll.never());
    }

    static Status state(PrinterState state) {
        return state(state, null);
    }

    static Status state(PrinterState state, @Nullable String message) {
        return status(state, true, message, Temperatures.unknown(), null, answered());
    }

    static Status printing(@Nullable Double progress) {
        return printing(new Job("297", "clip.gcode", progress, 600L, 3000L, null, null));
    }

    static Status printing(Job job) {
        return status(
                PrinterState.PRINTING,
                true,
                null,
                Temperatures.unknown(),
                new Status.CurrentJob(job, null, false),
                answered());
    }

    /** A finished print, cool on the plate. */
    static Status finished(String id) {
        return onPlate(PrinterState.FINISHED, id, Plate.State.READY);
    }

    static Status onPlate(PrinterState state, String lastJob, Plate.State plate) {
        Status shown = state == PrinterState.OFFLINE ? offline(FailureReason.TIMEOUT) : state(state);
        return new Status(
                shown.id(),
                shown.name(),
                shown.driver(),
                null,
                null,
                List.of(),
                state,
                null,
                null,
                shown.online(),
                shown.temperatures(),
                null,
                new LastJob(lastJob, "clip.gcode", JobResult.FINISHED, BEGIN),
                null,
                null,
                Reading.Details.none(),
                new Plate(plate, BEGIN),
                null,
                Set.of(),
                shown.poll());
    }

    static Status heated(
            PrinterState state, Temperatures.@Nullable Temperature bed, Temperatures.Temperature... nozzles) {
        return status(state, true, null, new Temperatures(List.of(nozzles), bed, null), null, answered());
    }

    static Status offline(FailureReason reason) {
        return status(
                PrinterState.OFFLINE,
                false,
                null,
                Temperatures.unknown(),
                null,
                new Status.LastPoll(null, null, 2, reason));
    }

    static Status inMaintenance(Status shown) {
        return new Status(
                shown.id(),
                shown.name(),
                shown.driver(),
                shown.model(),
                shown.group(),
                shown.tags(),
                shown.state(),
                shown.rawState(),
                shown.message(),
                shown.online(),
                shown.temperatures(),
                shown.job(),
                shown.lastJob(),
                shown.speed(),
                shown.fan(),
                shown.details(),
                shown.plate(),
                new Printer.Maintenance("new belt", BEGIN),
                shown.capabilities(),
                shown.poll());
    }

    static Status late(Status before) {
        return status(
                before.state(),
                true,
                before.message(),
                before.temperatures(),
                before.job(),
                new Status.LastPoll(BEGIN, 20L, 1, FailureReason.TIMEOUT));
    }

    private static Status.LastPoll answered() {
        return new Status.LastPoll(BEGIN, 20L, 0, null);
    }

    private static Status status(
            PrinterState state,
            boolean online,
            @Nullable String message,
            Temperatures temperatures,
            Status.@Nullable CurrentJob job,
            Status.LastPoll poll) {
        return new Status(
                ID,
                "MK4",
                "prusalink",
                null,
                null,
                List.of(),
                state,
                null,
                message,
                online,
                temperatures,
                job,
                null,
                null,
                null,
                Reading.Details.none(),
                state == PrinterState.PRINTING ? new Plate(Plate.State.IN_USE, BEGIN) : null,
                null,
                Set.of(),
                poll);
    }
}
