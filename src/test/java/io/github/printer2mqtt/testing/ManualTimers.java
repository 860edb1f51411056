package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.vertx.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that the test moves; due timers run in order meanwhile. The wall clock can jump. */
public final class ManualTimers implements Timers {
    private record Due(long atNanos, long order, Runnable work) {}

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::atNanos).thenComparingLong(Due::order));
    private long nanos;
    private long order;
    private long lag;
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
        return lag;
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

    public void jump(Duration time) {
        wall = wall.plus(time);
    }

    public void addLag(Duration time) {
        lag += time.toNanos();
    }

    public void loopLoad(double share) {
        loopLoad = share;
    }

    public void advance(Duration time) {
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

    public int pending() {
        return due.size();
    }
}
