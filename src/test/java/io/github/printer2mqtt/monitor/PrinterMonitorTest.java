package io.github.printer2mqtt.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.fleet.AvailabilityStatus;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.testing.ManualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrinterMonitorTest {
    private final MonitorScenario scenario = new MonitorScenario();
    private final ManualTimers timers = scenario.timers;
    private final ScriptedSession session = scenario.session;
    private final PrinterMonitor monitor = scenario.monitor;

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
                            Objects.requireNonNull(ScriptedSession.printing().result())));
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
        assertThat(scenario.state()).isEqualTo(PrinterState.IDLE);
    }

    @Test
    void offlinePrinterIsPolledAboutOnceAMinute() {
        session.always(() -> Future.failedFuture(new PrinterException(FailureReason.TIMEOUT, null)));
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofHours(24));

        assertThat(session.pollCount).isBetween(1_300, 1_600);
        assertThat(scenario.state()).isEqualTo(PrinterState.OFFLINE);
    }

    @Test
    void firstResponseMakesThePrinterOnlineAgain() {
        session.always(() -> Future.failedFuture(new PrinterException(FailureReason.REFUSED, null)));
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofMinutes(10));
        session.always(ScriptedSession::idle);
        timers.advance(Duration.ofSeconds(73));

        assertThat(scenario.state()).isEqualTo(PrinterState.IDLE);
    }

    @Test
    void noPollIsSentAfterTheLossOfTheOwnership() {
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofMinutes(1));
        int before = session.pollCount;
        assertThat(before).isPositive();

        scenario.ownership.lose();
        timers.advance(Duration.ofHours(1));

        assertThat(monitor.pollNow().succeeded()).isTrue();
        monitor.pollEarly();
        timers.advance(Duration.ofHours(1));
        assertThat(session.pollCount).isEqualTo(before);
        assertThat(timers.pending()).isZero();
        assertThat(scenario.state()).isEqualTo(PrinterState.IDLE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answerCountsOnlyWhileTheOwnershipIsHeld(boolean held) {
        Promise<Reading> slow = Promise.promise();
        session.next(slow::future);
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofMillis(1));
        long version = scenario.fleet.snapshot().version();

        if (!held) {
            scenario.ownership.lose();
        }
        slow.complete(Objects.requireNonNull(ScriptedSession.printing().result()));

        assertThat(scenario.fleet.snapshot().version()).isEqualTo(held ? version + 1 : version);
        assertThat(monitor.recentPolls().polls()).hasSize(held ? 1 : 0);
    }

    @Test
    void commandIsNotSentAfterTheLossOfTheOwnership() {
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofMillis(1));
        assertThat(monitor.execute(Command.PAUSE).succeeded()).isTrue();

        scenario.ownership.lose();

        assertThat(monitor.execute(Command.PAUSE).cause()).isInstanceOf(MonitoringService.NotHeldException.class);
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

        slow.complete(Objects.requireNonNull(ScriptedSession.idle().result()));
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
        slow.complete(Objects.requireNonNull(ScriptedSession.idle().result()));
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
        assertThat(scenario.state()).isEqualTo(PrinterState.OFFLINE);

        session.always(ScriptedSession::idle);
        timers.advance(Duration.ofMinutes(2));
        assertThat(scenario.state()).isEqualTo(PrinterState.IDLE);
    }

    @Test
    void errorOfADriverDoesNotStopPolling() {
        session.always(() -> {
            throw new NoClassDefFoundError("made up");
        });
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofMinutes(1));

        session.always(ScriptedSession::idle);
        timers.advance(Duration.ofMinutes(2));
        assertThat(scenario.state()).isEqualTo(PrinterState.IDLE);
    }

    @Test
    void failedRecordingIsFollowedByAnotherPoll() {
        List<Supplier<@Nullable AvailabilityStatus>> faults = List.of(
                () -> {
                    throw new IllegalStateException("made up");
                },
                () -> {
                    throw new StackOverflowError("made up");
                });
        Iterator<Supplier<@Nullable AvailabilityStatus>> left = faults.iterator();
        PrinterMonitor faulty = scenario.monitor(
                observation -> left.hasNext() ? left.next().get() : scenario.fleet.record(observation));
        faulty.start(Duration.ZERO);
        timers.advance(Duration.ofSeconds(10));

        assertThat(session.pollCount).isGreaterThan(faults.size());
        assertThat(scenario.state()).isEqualTo(PrinterState.IDLE);
        assertThat(Objects.requireNonNull(faulty.pollNow()).succeeded()).isTrue();
    }

    @Test
    void nullReadingIsFollowedByAnotherPoll() {
        session.next(Future::succeededFuture);
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofSeconds(5));

        assertThat(scenario.state()).isEqualTo(PrinterState.IDLE);
    }

    @Test
    void stoppedMonitorNeitherPollsNorRecords() {
        Promise<Reading> slow = Promise.promise();
        session.next(slow::future);
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofMillis(1));
        monitor.stop();
        slow.complete(Objects.requireNonNull(ScriptedSession.idle().result()));
        timers.advance(Duration.ofHours(1));

        assertThat(session.pollCount).isEqualTo(1);
        assertThat(session.closed).isTrue();
        assertThat(timers.pending()).isZero();
        assertThat(scenario.state()).isEqualTo(PrinterState.UNKNOWN);
    }

    @Test
    void lastTwentyPollsAreKept() {
        session.always(() -> Future.failedFuture(new PrinterException(FailureReason.TIMEOUT, "slow")));
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofHours(2));

        List<MonitoringService.PollRecord> polls = monitor.recentPolls().polls();
        assertThat(polls).hasSize(20);
        assertThat(polls.get(19).failure()).isNotNull();
        assertThat(polls.get(0).at()).isBefore(polls.get(19).at());
        assertThat(scenario.metrics.stats().failures()).isEqualTo(session.pollCount);
    }
}
