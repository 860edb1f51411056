package io.github.printer2mqtt.bench.farm;

import java.util.ArrayList;
import java.util.List;

/** A timer wheel with one slot per millisecond, for delays of up to four seconds. Not thread-safe. */
final class TimerWheel {
    private static final int SLOTS = 4_096;
    private static final long MILLI = 1_000_000;

    private final List<List<Runnable>> slots = new ArrayList<>(SLOTS);
    private final long begin;
    private long done;
    private int waiting;

    /** @param now from {@link System#nanoTime} */
    TimerWheel(long now) {
        begin = now;
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new ArrayList<>(0));
        }
    }

    void after(long now, int millis, Runnable work) {
        if (millis < 0 || millis >= SLOTS - 1) {
            throw new IllegalArgumentException("found " + millis + " ms, expected less than " + (SLOTS - 1));
        }
        long at = Math.max((now - begin) / MILLI + millis, done + 1);
        slots.get((int) (at % SLOTS)).add(work);
        waiting++;
    }

    /** Runs everything that is due. */
    void turn(long now) {
        long until = (now - begin) / MILLI;
        while (done < until) {
            if (waiting == 0) {
                done = until;
                return;
            }
            done++;
            int directory = (int) (done % SLOTS);
            List<Runnable> due = slots.get(directory);
            if (!due.isEmpty()) {
                slots.set(directory, new ArrayList<>(0));
                waiting -= due.size();
                due.forEach(Runnable::run);
            }
        }
    }

    /** The time until the next task in milliseconds, from 1 to the given maximum. */
    int quietMillis(int most) {
        for (int i = 1; i < most; i++) {
            if (!slots.get((int) ((done + i) % SLOTS)).isEmpty()) {
                return i;
            }
        }
        return most;
    }
}
