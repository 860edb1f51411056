package io.github.printer2mqtt.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.fleet.AvailabilityStatus;
import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.fleet.Observation;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.AddressText;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.testing.ManualTimers;
import io.github.printer2mqtt.testing.NoOpJobRepository;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One monitor on timers that the test moves. */
class PrinterMonitorTest {
    private static final PrinterId ID = new PrinterId("mk4");

    private final ManualTimers timers = new ManualTimers();
    private final MetricsRegistry metricsRegistry = new MetricsRegistry();
    private final PollMetrics metrics = PollMetrics.register(metricsRegistry);
    private final FleetState fleet = new FleetState(0, timers::nanos, new NoOpJobRepository());
    private final Printed session = new Printed();
    private final PrinterMonitor monitor = monitor();

    @Test
    void idlePrinterIsPolledEveryTenSeconds() {
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofHours(24));

        assertThat(session.pollCount).isBetween(8_635, 8_645);
        assertThat(timers.pending()).isEqualTo(1);
    }

    @Test
    void slowPrintingPrinterIsPolledAsOften() {
        session.always(() -> {
            Promise<Reading> slow = Promise.promise();
            timers.after(
                    Duration.ofMillis(1_500),
                    () -> slow.complete(
                            Objects.requireNonNull(Printed.printing().result())));
            return slow.future();
        });
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofMinutes(10));

        assertThat(session.pollCount).isBetween(295, 305);
    }

    @Test
    void wallClockJumpsChangeNothing() {
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofMinutes(10));
        int before = session.pollCount;
        timers.jump(Duration.ofDays(-3650));
        timers.advance(Duration.ofMinutes(10));
        assertThat(session.pollCount - before).isBetween(59, 61);
        timers.jump(Duration.ofDays(7300));
        timers.advance(Duration.ofMinutes(10));

        assertThat(session.pollCount - before).isBetween(119, 121);
        assertThat(state()).isEqualTo(PrinterState.IDLE);
    }

    @Test
    void offlinePrinterIsPolledAboutOnceAMinute() {
        session.always(() -> Future.failedFuture(new PrinterException(FailureReason.TIMEOUT, null)));
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofHours(24));

        assertThat(session.pollCount).isBetween(1_300, 1_600);
        assertThat(state()).isEqualTo(PrinterState.OFFLINE);
    }

    @Test
    void firstResponseMakesThePrinterOnlineAgain() {
        session.always(() -> Future.failedFuture(new PrinterException(FailureReason.REFUSED, null)));
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofMinutes(10));
        session.always(Printed::idle);
        timers.advance(Duration.ofSeconds(73));

        assertThat(state()).isEqualTo(PrinterState.IDLE);
    }

    @Test
    void pollInFlightIsShared() {
        Promise<Reading> slow = Promise.promise();
        session.next(slow::future);
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofMillis(1));

        Future<Void> one = monitor.pollNow();
        Future<Void> other = monitor.pollNow();
        timers.advance(Duration.ofSeconds(60));
        assertThat(session.pollCount).isEqualTo(1);
        assertThat(one.isComplete()).isFalse();

        slow.complete(Objects.requireNonNull(Printed.idle().result()));
        assertThat(one.succeeded()).isTrue();
        assertThat(other.succeeded()).isTrue();
    }

    @Test
    void commandIsFollowedByAnEarlyPoll() {
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofSeconds(30));
        int before = session.pollCount;

        monitor.pollEarly();
        timers.advance(Duration.ofMillis(250));

        assertThat(session.pollCount).isEqualTo(before + 1);
    }

    @Test
    void commandDuringAPollIsFollowedByAnotherPoll() {
        Promise<Reading> slow = Promise.promise();
        session.next(slow::future);
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofMillis(1));

        monitor.pollEarly();
        slow.complete(Objects.requireNonNull(Printed.idle().result()));
        timers.advance(Duration.ofMillis(250));

        assertThat(session.pollCount).isEqualTo(2);
    }

    @Test
    void rejectedCredentialsAreTriedAtMostEveryTenSeconds() {
        session.always(() -> Future.failedFuture(new PrinterException(FailureReason.AUTH, "wrong key")));
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 55; i++) {
            assertThat(monitor.pollNow().succeeded()).isTrue();
            timers.advance(Duration.ofSeconds(1));
        }
        assertThat(session.pollCount).isBetween(5, 7);
    }

    @Test
    void exceptionOfASessionDoesNotStopPolling() {
        session.always(() -> {
            throw new IllegalStateException("a driver with a bug");
        });
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofMinutes(1));
        assertThat(state()).isEqualTo(PrinterState.OFFLINE);

        session.always(Printed::idle);
        timers.advance(Duration.ofMinutes(2));
        assertThat(state()).isEqualTo(PrinterState.IDLE);
    }

    @Test
    void errorOfADriverDoesNotStopPolling() {
        session.always(() -> {
            throw new NoClassDefFoundError("made up");
        });
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofMinutes(1));

        session.always(Printed::idle);
        timers.advance(Duration.ofMinutes(2));
        assertThat(state()).isEqualTo(PrinterState.IDLE);
    }

    @Test
    void failedRecordingIsFollowedByAnotherPoll() {
        List<Supplier<Future<@Nullable AvailabilityStatus>>> faults = List.of(
                () -> {
                    throw new IllegalStateException("thrown at once");
                },
                () -> {
                    throw new StackOverflowError("thrown at once");
                },
                () -> Future.failedFuture(new IllegalStateException("fails")),
                () -> Future.failedFuture(new StackOverflowError("fails")));
        Iterator<Supplier<Future<@Nullable AvailabilityStatus>>> left = faults.iterator();
        PrinterMonitor faulty = monitor(
                observation -> left.hasNext() ? left.next().get() : Future.succeededFuture(fleet.record(observation)));
        faulty.start(Duration.ZERO);
        timers.advance(Duration.ofSeconds(10));

        assertThat(session.pollCount).isGreaterThan(faults.size());
        assertThat(state()).isEqualTo(PrinterState.IDLE);
        assertThat(Objects.requireNonNull(faulty.pollNow()).succeeded()).isTrue();
    }

    @Test
    void nullReadingIsFollowedByAnotherPoll() {
        session.next(Future::succeededFuture);
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofSeconds(5));

        assertThat(state()).isEqualTo(PrinterState.IDLE);
    }

    @Test
    void stoppedMonitorNeitherPollsNorRecords() {
        Promise<Reading> slow = Promise.promise();
        session.next(slow::future);
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofMillis(1));
        monitor.stop();
        slow.complete(Objects.requireNonNull(Printed.idle().result()));
        timers.advance(Duration.ofHours(1));

        assertThat(session.pollCount).isEqualTo(1);
        assertThat(session.closed).isTrue();
        assertThat(timers.pending()).isZero();
        assertThat(state()).isEqualTo(PrinterState.UNKNOWN);
    }

    @Test
    void lastTwentyPollsAreKept() {
        session.always(() -> Future.failedFuture(new PrinterException(FailureReason.TIMEOUT, "slow")));
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofHours(2));

        List<MonitoringService.PollRecord> polls = monitor.recentPolls();
        assertThat(polls).hasSize(20);
        assertThat(polls.get(19).failure()).isNotNull();
        assertThat(polls.get(0).at()).isBefore(polls.get(19).at());
        assertThat(metrics.failed()).isEqualTo(session.pollCount);
    }

    @Test
    void timeoutsDuringLagMakeNoPrinterOffline() {
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofSeconds(15));
        session.always(this::timeOutOnALateLoop);
        int before = session.pollCount;
        for (int i = 0; i < 300 && session.pollCount - before < 4; i++) {
            timers.advance(Duration.ofMillis(100));
        }

        assertThat(session.pollCount - before).isEqualTo(4);
        assertThat(state()).isEqualTo(PrinterState.IDLE);
        assertThat(metricsRegistry.prometheusText()).asString().contains("printer2mqtt_polls_inconclusive_total ");
        assertThat(monitor.recentPolls().get(monitor.recentPolls().size() - 1).failure())
                .isNotNull();

        session.always(Printed::idle);
        timers.advance(Duration.ofSeconds(15));
        assertThat(state()).isEqualTo(PrinterState.IDLE);
    }

    @Test
    void offlinePrinterIsDetectedDespitePermanentLag() {
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofSeconds(15));
        session.always(this::timeOutOnALateLoop);
        timers.advance(Duration.ofMinutes(2));

        assertThat(state()).isEqualTo(PrinterState.OFFLINE);
    }

    @Test
    void refusedConnectionCountsDespiteLag() {
        session.always(() -> {
            timers.addLag(Duration.ofSeconds(2));
            return Future.failedFuture(new PrinterException(FailureReason.REFUSED, null));
        });
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofSeconds(10));

        assertThat(state()).isEqualTo(PrinterState.OFFLINE);
    }

    @Test
    void loadSlowsPollsOfIdlePrintersOnly() {
        timers.loopLoad(0.3);
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofMinutes(10));
        assertThat(session.pollCount).isBetween(29, 32);

        session.always(Printed::printing);
        timers.advance(Duration.ofMinutes(1));
        int before = session.pollCount;
        timers.advance(Duration.ofMinutes(1));
        assertThat(session.pollCount - before).isBetween(29, 31);
    }

    private Future<Reading> timeOutOnALateLoop() {
        timers.addLag(Duration.ofMillis(600));
        return Future.failedFuture(new PrinterException(FailureReason.TIMEOUT, null));
    }

    private PrinterState state() {
        return Objects.requireNonNull(fleet.snapshot().find(ID)).status().state();
    }

    private PrinterMonitor monitor() {
        return monitor(observation -> Future.succeededFuture(fleet.record(observation)));
    }

    private PrinterMonitor monitor(Function<Observation, Future<@Nullable AvailabilityStatus>> recorder) {
        Printer printer = new Printer(
                ID,
                "MK4",
                "test",
                AddressText.parse("192.0.2.1").withDefaultPort(80),
                null,
                null,
                List.of(),
                true,
                Printer.PollingOverrides.none(),
                null);
        long generation = fleet.register(printer, Set.of(), 2);
        PollSchedule schedule =
                new PollSchedule(BridgeConfig.defaults().polling().interval(), 2, ID, () -> 0.5);
        return new PrinterMonitor(
                ID,
                generation,
                session,
                Duration.ofSeconds(1),
                schedule,
                timers,
                new PollLimiter(10),
                metrics,
                recorder);
    }

    /** A session that answers what the story says. */
    private static final class Printed implements PolledSession {
        private final Deque<Supplier<Future<Reading>>> once = new ArrayDeque<>();
        private Supplier<Future<Reading>> always = Printed::idle;
        int pollCount;
        boolean closed;

        static Future<Reading> idle() {
            return Future.succeededFuture(
                    new Reading(PrinterState.IDLE, "IDLE", null, Temperatures.unknown(), null, null, null, null, null));
        }

        static Future<Reading> printing() {
            return Future.succeededFuture(new Reading(
                    PrinterState.PRINTING, "P", null, Temperatures.unknown(), null, null, null, null, null));
        }

        void next(Supplier<Future<Reading>> answer) {
            once.add(answer);
        }

        void always(Supplier<Future<Reading>> answer) {
            always = answer;
        }

        @Override
        public Future<Reading> poll() {
            pollCount++;
            return (once.isEmpty() ? always : once.removeFirst()).get();
        }

        @Override
        public Future<Void> execute(Command command) {
            return Future.succeededFuture();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
