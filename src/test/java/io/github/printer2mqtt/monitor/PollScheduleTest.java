package io.github.printer2mqtt.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.BridgeConfig.Polling.Interval;
import io.github.printer2mqtt.fleet.AvailabilityStatus;
import io.github.printer2mqtt.fleet.AvailabilityStatus.Availability;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The time until the next poll, by the availability and state of a printer. */
class PollScheduleTest {
    private static final int OFFLINE_AFTER = 2;

    @ParameterizedTest
    @CsvSource({
        "PRINTING,2",
        "PREPARING,5",
        "BUSY,5",
        "ATTENTION,5",
        "UNKNOWN,5",
        "PAUSED,5",
        "IDLE,10",
        "FINISHED,10",
        "CANCELLED,10",
        "ERROR,10"
    })
    void stateDeterminesTheInterval(PrinterState state, int seconds) {
        PollSchedule schedule = schedule("mk4", 0.5);
        long now = 123_456_789_012L;
        AvailabilityStatus status = new AvailabilityStatus(Availability.ONLINE, state, 0, null);
        now += schedule.next(status, now).toNanos();

        for (int i = 0; i < 5; i++) {
            Duration wait = schedule.next(status, now);
            assertThat(wait).isEqualTo(Duration.ofSeconds(seconds));
            now += wait.toNanos();
        }
    }

    @Test
    void pollsSpreadAgainAfterAPollOfAll() {
        int[] tenths = new int[10];
        for (int i = 0; i < 1000; i++) {
            Duration wait = schedule("printer-" + i, 0.5)
                    .next(new AvailabilityStatus(Availability.ONLINE, PrinterState.IDLE, 0, null), 777_000_000L);
            assertThat(wait).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(15));
            tenths[(int) Math.min(9, (wait.toMillis() - 5000) / 1000)]++;
        }
        assertThat(Arrays.stream(tenths).boxed()).allMatch(count -> count > 60 && count < 140);
    }

    /** Three quarters of the interval, and more than all of it. */
    @ParameterizedTest
    @CsvSource({"0,10", "1500,10", "1999,10", "2500,9"})
    void slowResponsesDoNotHalveTheRate(long answerMillis, int polls) {
        PollSchedule schedule = schedule("mk4", 0.5);
        AvailabilityStatus printing = new AvailabilityStatus(Availability.ONLINE, PrinterState.PRINTING, 0, null);
        long start = schedule.next(printing, 0).toNanos();
        long end = start + Duration.ofSeconds(20).toNanos() - answerMillis * 1_000_000;
        int begins = 0;
        while (start <= end) {
            begins++;
            long answered = start + answerMillis * 1_000_000;
            start = answered + schedule.next(printing, start, answered, 0).toNanos();
        }
        assertThat(begins).isBetween(polls - 2, polls + 1);
    }

    @Test
    void jitterDoesNotExceedTheMaximumBackOff() {
        for (double random : new double[] {0, 0.25, 0.5, 0.75, 1}) {
            assertThat(schedule("mk4", random).next(offline(100, FailureReason.TIMEOUT), 0))
                    .isBetween(Duration.ofSeconds(48), Duration.ofSeconds(60));
        }
    }

    @Test
    void failedPollIsRepeatedSoon() {
        PollSchedule schedule = schedule("mk4", 0.5);
        assertThat(schedule.next(
                        new AvailabilityStatus(Availability.LATE, PrinterState.IDLE, 1, FailureReason.TIMEOUT), 0))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(schedule.next(
                        new AvailabilityStatus(Availability.UNKNOWN, PrinterState.UNKNOWN, 1, FailureReason.TIMEOUT),
                        0))
                .isEqualTo(Duration.ofSeconds(2));
        PollSchedule fast = new PollSchedule(every(Duration.ofMillis(250)), OFFLINE_AFTER, id("mk4"), () -> 0.5);
        assertThat(fast.next(
                        new AvailabilityStatus(Availability.LATE, PrinterState.PRINTING, 1, FailureReason.TIMEOUT), 0))
                .isEqualTo(Duration.ofMillis(250));
    }

    @ParameterizedTest
    @CsvSource({"2,10", "3,20", "4,40", "5,60", "6,60", "100000,60"})
    void offlinePrinterIsPolledLessAndLessOften(int failures, int seconds) {
        assertThat(schedule("mk4", 0.5).next(offline(failures, FailureReason.TIMEOUT), 0))
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void backOffHasTwentyPercentJitter() {
        assertThat(schedule("mk4", 0.0).next(offline(2, FailureReason.REFUSED), 0))
                .isEqualTo(Duration.ofSeconds(8));
        assertThat(schedule("mk4", 1.0).next(offline(2, FailureReason.REFUSED), 0))
                .isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void rejectedCredentialsAreRetriedEveryMinute() {
        assertThat(schedule("mk4", 0.0).next(offline(1, FailureReason.AUTH), 0)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void serverWithoutPrinterIsPolledWithoutBackOff() {
        assertThat(schedule("mk4", 0.0).next(offline(50, FailureReason.DISCONNECTED), 0))
                .isEqualTo(Duration.ofSeconds(10));
    }

    private static AvailabilityStatus offline(int failures, FailureReason reason) {
        return new AvailabilityStatus(Availability.OFFLINE, PrinterState.OFFLINE, failures, reason);
    }

    private static PollSchedule schedule(String id, double random) {
        return new PollSchedule(BridgeConfig.defaults().polling().interval(), OFFLINE_AFTER, id(id), () -> random);
    }

    private static Interval every(Duration time) {
        return new Interval(time, time, time, time, time, time);
    }

    private static PrinterId id(String id) {
        return new PrinterId(id);
    }
}
