package io.github.printer2mqtt.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A loop whose time stands until it is moved; the wall clock may be made to jump. */
final class ManualAlertContext implements AlertContext {
    private final Deque<Runnable> soon = new ArrayDeque<>();
    private final List<Repetition> repeating = new ArrayList<>();
    private long nanos;
    private Instant wall = AlertScenario.BEGIN;

    private record Repetition(long intervalNanos, Runnable work) {}

    @Override
    public Instant now() {
        return wall;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void run(Runnable work) {
        soon.add(work);
    }

    @Override
    public Repeating every(Duration interval, Runnable work) {
        Repetition one = new Repetition(interval.toNanos(), work);
        repeating.add(one);
        return () -> repeating.remove(one);
    }

    void jump(Duration by) {
        wall = wall.plus(by);
    }

    /** Runs what waits. */
    void settle() {
        while (!soon.isEmpty()) {
            soon.remove().run();
        }
    }

    /** Time goes on second by second. */
    void advance(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            nanos += 1_000_000_000;
            wall = wall.plusSeconds(1);
            settle();
            for (Repetition one : List.copyOf(repeating)) {
                if (nanos % one.intervalNanos == 0) {
                    one.work.run();
                }
            }
        }
    }

    int waiting() {
        return soon.size();
    }

    int repetitions() {
        return repeating.size();
    }
}
