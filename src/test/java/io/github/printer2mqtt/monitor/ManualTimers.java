package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.vertx.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that stands until it is moved; timers run in order while it moves. The wall clock may be made to jump. */
final class ManualTimers implements Timers {
    private record Due(long atNanos, long order, Runnable work) {}

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::atNanos).thenComparingLong(Due::order));
    private long nanos;
    private long order;
    private long lost;
    private double loopLoad;
    private Instant wall = Instant.parse("2026-11-21T09:50:00Z");

    @Override
    public Instant now() {
        return wall;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long lagNanos() {
        return lost;
    }

    @Override
    public double loopLoad() {
        return loopLoad;
    }

    @Override
    public Timer after(Duration delay, Runnable work) {
        Due timer = new Due(nanos + delay.toNanos(), order++, work);
        due.add(timer);
        return () -> due.remove(timer);
    }

    void jump(Duration time) {
        wall = wall.plus(time);
    }

    /** The loop comes late by so much. */
    void lose(Duration time) {
        lost += time.toNanos();
    }

    void loopLoad(double share) {
        loopLoad = share;
    }

    void advance(Duration time) {
        long end = nanos + time.toNanos();
        while (true) {
            Due next = due.peek();
            if (next == null || next.atNanos > end) {
                break;
            }
            due.remove(next);
            move(next.atNanos);
            next.work.run();
        }
        move(end);
    }

    private void move(long to) {
        wall = wall.plusNanos(to - nanos);
        nanos = to;
    }

    int waiting() {
        return due.size();
    }
}
