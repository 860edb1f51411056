package io.github.printer2mqtt.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.fleet.Observation;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.persistence.AlertRepository;
import io.github.printer2mqtt.testing.LosableOwnership;
import io.github.printer2mqtt.testing.TestFleet;
import io.github.printer2mqtt.testing.TestPrinters;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real fleet of twelve printers and its alerts through 24 hours, with a clock that is moved. */
class AlertDaySimulationTest {
    private static final int PRINTERS = 12;
    private static final List<PrinterState> STATES = List.of(
            PrinterState.IDLE,
            PrinterState.PRINTING,
            PrinterState.PRINTING,
            PrinterState.PRINTING,
            PrinterState.ERROR,
            PrinterState.ATTENTION,
            PrinterState.FINISHED,
            PrinterState.UNKNOWN);

    private final ManualLoop loop = new ManualLoop();
    private final FleetState fleet = TestFleet.create(0, loop.timers::nanos);
    private final Map<PrinterId, Long> generations = new HashMap<>();
    private final Set<String> kept = new HashSet<>();
    private final List<String> changes = new ArrayList<>();
    private final Set<String> open = new HashSet<>();
    private final AlertEngine engine = new AlertEngine(id -> AlertScenario.EVERYTHING, new AlertRecorder());
    private final LosableOwnership ownership = new LosableOwnership();
    private final AlertFleetListener listener =
            new AlertFleetListener(fleet, engine, loop.timers, loop, ownership, this::record);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void alertsAlternateBetweenOpenAndCleared(long seed) {
        Random random = new Random(seed);
        registerAll();
        listener.start();
        Map<PrinterId, PollResult> shown = new HashMap<>();
        for (int minute = 0; minute < 24 * 60; minute++) {
            PrinterId id = id(random.nextInt(PRINTERS));
            shown.put(id, any(random));
            if (minute % 97 == 0) {
                fleet.remove(id);
                register(id);
            }
            for (int part = 0; part < 6; part++) {
                shown.forEach(this::observe);
                loop.advance(Duration.ofSeconds(10));
            }
            assertThat(open).isEqualTo(codes(listener.open()));
            assertThat(kept).isEqualTo(open);
        }
        assertThat(changes).hasSizeGreaterThan(50);
        for (int i = 0; i < PRINTERS; i++) {
            observe(id(i), reading(PrinterState.IDLE, null, 20));
            fleet.clearPlate(id(i), loop.timers.now());
        }
        loop.advance(Duration.ofSeconds(20));
        assertThat(listener.open()).isEmpty();
        assertThat(engine.trackedPrinters()).isEmpty();
        listener.stop();
        assertThat(loop.timers.pending()).isZero();
    }

    @Test
    void wallClockJumpsChangeNoAlert() {
        List<String> calm = day(Duration.ZERO);
        assertThat(new AlertDaySimulationTest().day(Duration.ofDays(400))).isEqualTo(calm);
        assertThat(new AlertDaySimulationTest().day(Duration.ofDays(-400))).isEqualTo(calm);
        assertThat(calm).containsSubsequence("+p0 offline", "-p0 offline").contains("+p1 stalled");
    }

    /** p0 is offline from time to time, p1 makes no progress. */
    private List<String> day(Duration jump) {
        registerAll();
        listener.start();
        for (int minute = 0; minute < 24 * 60; minute++) {
            if (minute % 50 == 25) {
                loop.timers.jump(jump.multipliedBy(minute % 100 == 25 ? 1 : -1));
            }
            boolean offline = minute % 60 < minute / 60;
            observe(id(0), offline ? PollFailure.of(FailureReason.TIMEOUT) : reading(PrinterState.IDLE, null, 20));
            observe(id(1), reading(PrinterState.PRINTING, job("1", 42.5), 60));
            loop.advance(Duration.ofMinutes(1));
        }
        return changes;
    }

    @Test
    void reRegisteredPrinterIsAnotherMachine() {
        register(id(0));
        listener.start();
        observe(id(0), reading(PrinterState.ERROR, null, 20));
        loop.runQueued();
        fleet.remove(id(0));
        register(id(0));
        loop.runQueued();
        assertThat(changes).containsExactly("+p0 error", "-p0 error");
        observe(id(0), reading(PrinterState.ERROR, null, 20));
        loop.runQueued();
        assertThat(changes).containsExactly("+p0 error", "-p0 error", "+p0 error");
    }

    @Test
    void manyChangesWakeTheLoopOnce() {
        registerAll();
        listener.start();
        loop.runQueued();
        for (int i = 0; i < 1000; i++) {
            observe(id(i % PRINTERS), reading(i % 7 == 0 ? PrinterState.ERROR : PrinterState.IDLE, null, i));
        }
        assertThat(loop.queued()).isEqualTo(1);
    }

    private void record(Alert.Change change) {
        String key = key(change.alert());
        boolean opened = change.kind() == Alert.Change.Kind.OPENED;
        changes.add((opened ? "+" : "-") + key);
        assertThat(opened ? open.add(key) : open.remove(key))
                .as("%s comes after %s", changes.get(changes.size() - 1), changes)
                .isTrue();
    }

    private static String key(Alert alert) {
        return alert.printer() + " " + alert.code().wireName();
    }

    private static Set<String> codes(List<Alert> alerts) {
        Set<String> codes = new HashSet<>();
        alerts.forEach(alert -> codes.add(key(alert)));
        return codes;
    }

    private void registerAll() {
        for (int i = 0; i < PRINTERS; i++) {
            register(id(i));
        }
    }

    private void register(PrinterId id) {
        Printer printer = TestPrinters.printer(id, id.value(), "prusalink", id + ".local");
        generations.put(id, fleet.register(printer, Set.of(), 2));
    }

    private void observe(PrinterId id, PollResult result) {
        long generation = Objects.requireNonNull(generations.get(id));
        fleet.record(new Observation(id, generation, result, Duration.ofMillis(20), loop.timers.now()));
    }

    private static PollResult any(Random random) {
        if (random.nextInt(4) == 0) {
            return PollFailure.of(random.nextBoolean() ? FailureReason.TIMEOUT : FailureReason.AUTH);
        }
        PrinterState state = STATES.get(random.nextInt(STATES.size()));
        double progress = random.nextInt(3);
        return reading(state, job("" + random.nextInt(2), progress), random.nextInt(140));
    }

    /** Time alone would open and clear alerts of printers that another node observes now. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void alertsOpenByTimeOnlyWhileTheOwnershipIsHeld(boolean held) {
        registerAll();
        listener.start();
        observe(id(0), PollFailure.of(FailureReason.TIMEOUT));
        observe(id(0), PollFailure.of(FailureReason.TIMEOUT));
        loop.advance(Duration.ofSeconds(10));
        assertThat(changes).isEmpty();

        if (!held) {
            ownership.lose();
        }
        loop.advance(Duration.ofHours(1));

        assertThat(changes).hasSize(held ? 1 : 0);
        assertThat(kept).hasSize(held ? 1 : 0);
    }

    private static Reading reading(PrinterState state, @Nullable Job job, double bed) {
        Temperatures temperatures = new Temperatures(List.of(), new Temperatures.Temperature(bed, 60.0), null);
        return new Reading(state, null, null, temperatures, job, null, null, null, null);
    }

    private static Job job(String id, double progress) {
        return new Job(id, "clip.gcode", progress, null, null, null, null);
    }

    private static PrinterId id(int number) {
        return new PrinterId("p" + number);
    }

    private final class AlertRecorder implements AlertRepository {
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
            kept.add(key(alert.alert()));
        }

        @Override
        public void remove(Alert alert) {
            kept.remove(key(alert));
        }
    }
}
