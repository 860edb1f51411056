package io.github.printer2mqtt.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.fleet.FleetListener;
import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.testing.LosableOwnership;
import io.github.printer2mqtt.testing.ManualTimers;
import io.github.printer2mqtt.testing.TestFleet;
import io.github.printer2mqtt.testing.TestPrinters;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A printer that pushes, with a clock that the test moves. */
class PushedMonitorTest {
    private static final PrinterId ID = new PrinterId("voron");

    private final ManualTimers timers = new ManualTimers();
    private final MetricsRegistry metricsRegistry = new MetricsRegistry();
    private final PollMetrics metrics = new PollMetrics(metricsRegistry);
    private final FleetState fleet = TestFleet.create(0, timers::nanos);
    private final ScriptedPush session = new ScriptedPush();
    private final List<PrinterEvent.Type> events = new ArrayList<>();
    private final long generation = fleet.register(printer(), Set.of(), 2);
    private final LosableOwnership ownership = new LosableOwnership();
    private final ObservationRecorder recorder =
            new ObservationRecorder(ID, generation, timers, ownership, fleet::record);
    private final PollSchedule schedule =
            new PollSchedule(BridgeConfig.defaults().polling().interval(), 2, ID, () -> 0.5);
    private final PrinterMonitor monitor = new PrinterMonitor(
            session, Duration.ofSeconds(1), schedule, timers, new PollLimiter(10), metrics, recorder);
    private final PushedMonitor pushes = new PushedMonitor(
            session,
            monitor,
            recorder,
            schedule,
            timers,
            () -> 0.5,
            metrics.pushes(),
            () -> fleet.endSession(ID, generation));

    @BeforeEach
    void start() {
        fleet.addListener(new FleetListener() {
            @Override
            public void onEvent(PrinterEvent event) {
                if (!event.type().wireName().startsWith("plate_")) { // they follow from the others
                    events.add(event.type());
                }
            }
        });
        pushes.start();
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofMillis(1));
        assertThat(session.pollCount).isEqualTo(1);
    }

    @Test
    void changeIsRecordedAtOnceAndCausesItsEvents() {
        session.push(PrinterState.PRINTING, 1);
        assertThat(status().state()).isEqualTo(PrinterState.PRINTING);
        session.push(PrinterState.PAUSED, 2);
        session.push(PrinterState.PRINTING, 3);
        session.push(PrinterState.FINISHED, 4);

        assertThat(status().state()).isEqualTo(PrinterState.FINISHED);
        assertThat(events)
                .containsExactly(
                        PrinterEvent.Type.PRINT_STARTED,
                        PrinterEvent.Type.PRINT_PAUSED,
                        PrinterEvent.Type.PRINT_RESUMED,
                        PrinterEvent.Type.PRINT_FINISHED);
        assertThat(session.pollCount).isEqualTo(1);
    }

    @Test
    void nothingPushedIsRecordedAfterTheLossOfTheOwnership() {
        session.push(PrinterState.PRINTING, 1);
        assertThat(status().state()).isEqualTo(PrinterState.PRINTING);
        Status before = status();

        ownership.lose();
        session.push(PrinterState.FINISHED, 2);
        session.lose();
        timers.advance(Duration.ofMinutes(10));

        assertThat(status()).isSameAs(before);
        assertThat(events).containsExactly(PrinterEvent.Type.PRINT_STARTED);
        assertThat(session.pollCount).isEqualTo(1);
    }

    @Test
    void floodCostsFourReadingsASecond() {
        long before = recorder.recorded();
        for (int i = 0; i < 1000; i++) {
            session.push(PrinterState.PRINTING, i);
            timers.advance(Duration.ofMillis(10));
        }

        assertThat(recorder.recorded() - before).isBetween(38L, 46L);
        assertThat(session.latestCount).isLessThan(50);
        timers.advance(Duration.ofMillis(300));
        assertThat(elapsed()).as("the newest value is not lost").isEqualTo(999);
    }

    @Test
    void readingsThatOnlyRepeatRenewTheObservationOnceAnInterval() {
        long before = recorder.recorded();
        for (int i = 0; i < 600; i++) {
            session.push(PrinterState.IDLE, 0);
            timers.advance(Duration.ofMillis(100));
            assertThat(age()).isLessThan(Duration.ofMillis(10_200));
        }

        assertThat(recorder.recorded() - before).isBetween(5L, 6L);
        assertThat(session.pollCount).isEqualTo(1);
    }

    @Test
    void silentPrinterIsPolledAtTheIntervalOfItsState() {
        timers.advance(Duration.ofMinutes(10));
        assertThat(session.pollCount).isBetween(59, 62);

        session.push(PrinterState.PRINTING, 1);
        timers.advance(Duration.ofSeconds(11));
        int before = session.pollCount;
        timers.advance(Duration.ofMinutes(1));
        assertThat(session.pollCount - before).isBetween(28, 31);
    }

    @Test
    void printerThatStopsAnsweringIsOffline() {
        session.onPoll = ScriptedSession::timeout;
        timers.advance(Duration.ofSeconds(15));

        assertThat(status().state()).isEqualTo(PrinterState.OFFLINE);
        assertThat(status().poll().reason()).isEqualTo(FailureReason.TIMEOUT);
    }

    @Test
    void shortCutIsNotShownAndWhatEndedMeanwhileCausesNoEvent() {
        session.push(PrinterState.PRINTING, 1);
        timers.advance(Duration.ofSeconds(30));
        session.changeUnseen(PrinterState.FINISHED);
        session.lose();
        timers.advance(Duration.ofSeconds(1));

        assertThat(status().state()).isEqualTo(PrinterState.FINISHED);
        assertThat(Objects.requireNonNull(status().lastJob()).file()).isEqualTo("a.gcode");
        assertThat(events).containsExactly(PrinterEvent.Type.PRINT_STARTED);
        session.push(PrinterState.PRINTING, 1);
        assertThat(events).containsExactly(PrinterEvent.Type.PRINT_STARTED, PrinterEvent.Type.PRINT_STARTED);
    }

    @Test
    void lostPrinterThatDoesNotComeBackIsOfflineWithBackOff() {
        timers.advance(Duration.ofSeconds(30));
        session.reachable = false;
        session.lose();
        timers.advance(Duration.ofSeconds(5));
        assertThat(status().state()).isEqualTo(PrinterState.OFFLINE);
        assertThat(status().poll().reason()).isEqualTo(FailureReason.REFUSED);
        int before = session.pollCount;
        timers.advance(Duration.ofHours(1));
        assertThat(session.pollCount - before).isBetween(55, 70);

        session.reachable = true;
        timers.advance(Duration.ofSeconds(75));
        assertThat(status().state()).isEqualTo(PrinterState.IDLE);
        assertThat(events).containsExactly(PrinterEvent.Type.PRINTER_OFFLINE, PrinterEvent.Type.PRINTER_ONLINE);
    }

    @Test
    void connectionThatClosesAgainAndAgainIsOpenedLessAndLessOften() {
        int before = session.pollCount;
        for (int i = 0; i < 36_000; i++) {
            if (session.isPushing()) {
                session.lose();
                assertThat(status().poll().reason()).isEqualTo(FailureReason.UNREADABLE);
            }
            timers.advance(Duration.ofMillis(100));
        }

        assertThat(session.pollCount - before).as("in an hour").isBetween(55, 75);
    }

    @Test
    void nothingIsRecordedDuringAPoll() {
        Promise<Reading> slow = Promise.promise();
        session.onPoll = slow::future;
        monitor.pollNow();
        session.push(PrinterState.PRINTING, 5);
        assertThat(status().state()).isEqualTo(PrinterState.IDLE);

        slow.complete(ScriptedPush.reading(PrinterState.IDLE, 0));
        assertThat(status().state()).isEqualTo(PrinterState.PRINTING);
    }

    @Test
    void printerIsPolledOnTheScheduleWhileItDoesNotPush() {
        session.canPush = false;
        session.monitor().onPollNeeded();
        timers.advance(Duration.ofSeconds(1));
        assertThat(session.pollCount).isEqualTo(2);
        timers.advance(Duration.ofMinutes(1));
        assertThat(session.pollCount).isBetween(7, 9);

        session.canPush = true;
        timers.advance(Duration.ofSeconds(11));
        session.push(PrinterState.PRINTING, 1);
        assertThat(status().state()).isEqualTo(PrinterState.PRINTING);
    }

    @Test
    void endlessRequestsToPollDoNotPostponeThePoll() {
        for (int i = 0; i < 100; i++) {
            session.monitor().onPollNeeded();
            timers.advance(Duration.ofMillis(10));
        }

        assertThat(session.pollCount).isBetween(4, 6);
    }

    @Test
    void stoppedMonitorLeavesNoTimer() {
        session.push(PrinterState.PRINTING, 1);
        pushes.stop();
        monitor.stop();

        assertThat(timers.pending()).isZero();
        session.push(PrinterState.PAUSED, 1);
        session.lose();
        assertThat(timers.pending()).isZero();
        assertThat(status().state()).isEqualTo(PrinterState.PRINTING);
    }

    @Test
    void connectsLossesFallbacksAndReadingsAreCounted() {
        timers.advance(Duration.ofSeconds(30));
        session.push(PrinterState.PRINTING, 1);
        session.push(PrinterState.PRINTING, 1);
        session.lose();
        timers.advance(Duration.ofSeconds(2));
        session.fallback = "the web socket is refused";
        session.canPush = false;
        monitor.pollNow();
        monitor.pollNow();

        assertThat(new String(metricsRegistry.prometheusText(), StandardCharsets.UTF_8).lines())
                .contains(
                        "printer2mqtt_push_readings_total 1.0",
                        "printer2mqtt_push_connects_total 2.0",
                        "printer2mqtt_push_losses_total 1.0",
                        "printer2mqtt_push_fallbacks_total 1.0",
                        "printer2mqtt_push_messages_total 0.0",
                        "printer2mqtt_push_bytes_total 0.0");
    }

    private Status status() {
        return Objects.requireNonNull(fleet.snapshot().find(ID)).status();
    }

    private long elapsed() {
        Long elapsed = Objects.requireNonNull(status().job()).job().elapsed();
        return Objects.requireNonNull(elapsed);
    }

    private Duration age() {
        return Duration.between(Objects.requireNonNull(status().poll().observedAt()), timers.now());
    }

    private static Printer printer() {
        return TestPrinters.printer(ID, "Voron", "test", "192.0.2.1");
    }
}
