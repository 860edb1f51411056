package io.github.printer2mqtt.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.net.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Timers and lag of a loop whose clock the test moves. */
class LoopTimersTest {
    private final Loop loop = new Loop();
    private final LoopTimers timers = new LoopTimers(loop, () -> loop.nanos);
    private final List<String> ran = new ArrayList<>();

    @Test
    void runsInTheOrderOfTheDueTimes() {
        timers.after(Duration.ofSeconds(3), () -> ran.add("three"));
        timers.after(Duration.ofSeconds(1), () -> ran.add("one"));
        timers.after(Duration.ofSeconds(25), () -> ran.add("twenty-five"));
        timers.after(Duration.ofMillis(15), () -> ran.add("at once"));
        loop.advance(Duration.ofSeconds(24));
        assertThat(ran).containsExactly("at once", "one", "three");
        loop.advance(Duration.ofSeconds(2));
        assertThat(ran).endsWith("twenty-five");
    }

    @Test
    void errorOfATimerDoesNotStopOthers() {
        timers.after(Duration.ofSeconds(1), () -> {
            throw new StackOverflowError("made up");
        });
        timers.after(Duration.ofSeconds(1), () -> ran.add("with it"));
        timers.after(Duration.ofSeconds(2), () -> ran.add("later"));
        loop.advance(Duration.ofSeconds(3));

        assertThat(ran).containsExactly("with it", "later");
    }

    @Test
    void neverRunsEarlyAndAtMostTwoTicksLate() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            Duration delay = Duration.ofMillis(random.nextInt(90_000));
            long due = loop.nanos + delay.toNanos();
            timers.after(delay, () -> {
                assertThat(loop.nanos)
                        .isBetween(due, due + Duration.ofMillis(20).toNanos());
                ran.add("");
            });
            loop.advance(Duration.ofMillis(random.nextInt(5)));
        }
        loop.advance(Duration.ofSeconds(100));
        assertThat(ran).hasSize(5_000);
    }

    @Test
    void usesOneVertxTimer() {
        for (int i = 0; i < 10_000; i++) {
            timers.after(Duration.ofMillis(1_000 + i), () -> ran.add(""));
        }
        assertThat(loop.alarms).hasSize(1);
        loop.advance(Duration.ofSeconds(12));
        assertThat(ran).hasSize(10_000);
        assertThat(loop.alarms).isEmpty();
    }

    @Test
    void cancelledTimerNeitherRunsNorWakesTheLoop() {
        for (int i = 1; i <= 100; i++) {
            timers.after(Duration.ofSeconds(i), () -> ran.add("never")).cancel();
        }
        loop.advance(Duration.ofSeconds(200));
        assertThat(ran).isEmpty();
        assertThat(loop.woken).isLessThanOrEqualTo(1);
    }

    @Test
    void timerCancelledInTheSameTickDoesNotRun() {
        List<Timers.Timer> second = new ArrayList<>();
        timers.after(Duration.ofSeconds(1), () -> second.get(0).cancel());
        second.add(timers.after(Duration.ofSeconds(1), () -> ran.add("never")));
        timers.after(Duration.ofSeconds(1), () -> ran.add("third"));
        loop.advance(Duration.ofSeconds(2));
        assertThat(ran).containsExactly("third");
    }

    @Test
    void exceptionOfATimerDoesNotStopOthers() {
        timers.after(Duration.ofSeconds(1), () -> {
            throw new IllegalStateException("a timer with a bug");
        });
        timers.after(Duration.ofSeconds(1), () -> ran.add("next"));
        timers.after(Duration.ofSeconds(2), () -> ran.add("later"));
        loop.advance(Duration.ofSeconds(3));
        assertThat(ran).containsExactly("next", "later");
    }

    @Test
    void timersDueDuringAStallRunAfterIt() {
        timers.after(Duration.ofSeconds(1), () -> ran.add("one"));
        timers.after(Duration.ofSeconds(11), () -> ran.add("eleven"));
        loop.stall(Duration.ofSeconds(40));
        loop.advance(Duration.ofMillis(20));
        assertThat(ran).containsExactlyInAnyOrder("one", "eleven");
    }

    @Test
    void stallRaisesLagAndLoad() {
        timers.startLagDetection();
        loop.advance(Duration.ofSeconds(3));
        assertThat(timers.lagNanos()).isZero();
        assertThat(timers.loopLoad()).isZero();

        loop.stall(Duration.ofSeconds(2));
        assertThat(timers.lagNanos())
                .isBetween(
                        Duration.ofMillis(1_800).toNanos(),
                        Duration.ofSeconds(2).toNanos());
        loop.advance(Duration.ofMillis(20));
        assertThat(timers.lagNanos()).isLessThan(Duration.ofSeconds(2).toNanos());
        assertThat(timers.loopLoad()).isGreaterThan(0.2);

        loop.advance(Duration.ofSeconds(30));
        assertThat(timers.loopLoad()).isLessThan(0.01);
    }

    @Test
    void manyShortDelaysRaiseLag() {
        timers.startLagDetection();
        for (int i = 0; i < 20; i++) {
            loop.advance(Duration.ofMillis(90));
            loop.stall(Duration.ofMillis(110));
        }
        assertThat(timers.lagNanos()).isGreaterThan(Duration.ofMillis(500).toNanos());
    }

    @Test
    void deadlineIsExtendedOnceByTheLag() {
        Deadline.start(timers, Duration.ofSeconds(1), () -> ran.add("over"));
        loop.advance(Duration.ofMillis(100));
        loop.stall(Duration.ofMillis(1_500));
        loop.advance(Duration.ofMillis(800));
        assertThat(ran).isEmpty();
        loop.advance(Duration.ofMillis(300));
        assertThat(ran).containsExactly("over");
    }

    @Test
    void deadlineIsKeptWithoutLag() {
        Deadline.start(timers, Duration.ofSeconds(1), () -> ran.add("over"));
        loop.advance(Duration.ofMillis(990));
        assertThat(ran).isEmpty();
        loop.advance(Duration.ofMillis(40));
        assertThat(ran).containsExactly("over");
        loop.advance(Duration.ofSeconds(5));
        assertThat(loop.alarms).isEmpty();
    }

    /** Time that the test moves. */
    private static final class Loop implements LoopTimers.Alarm {
        private record Set(long at, Runnable work) {}

        private final PriorityQueue<Set> alarms = new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
        private long nanos = 12_345;
        private int woken;

        @Override
        public Timers.Timer schedule(long millis, Runnable work) {
            Set set = new Set(nanos + Duration.ofMillis(Math.max(1, millis)).toNanos(), work);
            alarms.add(set);
            return () -> alarms.remove(set);
        }

        void advance(Duration time) {
            long end = nanos + time.toNanos();
            for (Set next = alarms.peek(); next != null && next.at <= end; next = alarms.peek()) {
                alarms.remove(next);
                nanos = Math.max(nanos, next.at);
                woken++;
                next.work.run();
            }
            nanos = end;
        }

        /** Time passes and no timer runs. */
        void stall(Duration time) {
            nanos += time.toNanos();
        }
    }
}
