package io.github.printer2mqtt.vertx;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one event loop: they use one Vert.x timer at a time, however many printers wait. It also measures the lag of
 * the loop, because a printer must not be blamed for a delay of the bridge.
 *
 * <p>A timer never fires early and, on a loop without lag, at most 10 ms late. Belongs to the event loop it was created on;
 * only {@link #lastKnownLagNanos()} and {@link #loopLoad()} are thread-safe.
 */
public final class LoopTimers implements Timers {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Longest time between two measurements while lag detection is on. */
    private static final long MEASURE_TICKS = 10;

    /** Delay that does not count as lag: timer resolution and the work of one iteration. */
    private static final long TOLERATED_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    /** Time over which the load is averaged. */
    private static final double AVERAGING_NANOS = Duration.ofSeconds(5).toNanos();

    private final Alarm alarm;
    private final LongSupplier nanos;

    /** In the order in which they fire. */
    private final NavigableSet<Entry> pending = new TreeSet<>(
            Comparator.comparingLong((Entry entry) -> entry.tick).thenComparingLong(entry -> entry.number));

    private final long origin;

    /** The last tick whose timers have fired. */
    private long lastRunTick;

    /** Timers since the start, which orders those of one tick. */
    private long started;

    private long armedTick = Long.MAX_VALUE;
    private @Nullable Timer armed;
    private int lagObservers;
    private long measuredAtNanos;
    private long lag;
    private long lagOfArmed;
    private volatile long publishedLag;
    private volatile double loopLoad;

    /** The one timer below all others. */
    interface Alarm {
        Timer schedule(long millis, Runnable work);
    }

    private final class Entry implements Timer {
        private final long tick;
        private final long number;
        private @Nullable Runnable work;

        Entry(long tick, long number, Runnable work) {
            this.tick = tick;
            this.number = number;
            this.work = work;
        }

        @Override
        public void cancel() {
            work = null;
            pending.remove(this);
        }
    }

    LoopTimers(Alarm alarm, LongSupplier nanos) {
        this.alarm = alarm;
        this.nanos = nanos;
        this.origin = nanos.getAsLong();
        this.measuredAtNanos = origin;
    }

    /** For the event loop of the caller. */
    public static LoopTimers ofCurrent(Vertx vertx) {
        return new LoopTimers(
                (millis, work) -> {
                    long id = vertx.setTimer(Math.max(1, millis), fired -> work.run());
                    return () -> vertx.cancelTimer(id);
                },
                System::nanoTime);
    }

    @Override
    public long nanos() {
        return nanos.getAsLong();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Timer after(Duration delay, Runnable work) {
        long due = nanos.getAsLong() - origin + Math.max(0, delay.toNanos());
        Entry entry = new Entry(Math.max(lastRunTick + 1, (due + TICK_NANOS - 1) / TICK_NANOS), started++, work);
        pending.add(entry);
        arm(entry.tick);
        return entry;
    }

    /** Counts only while lag detection is on or a timer is pending. */
    @Override
    public long lagNanos() {
        measureLag();
        return lag;
    }

    /** Like {@link #lagNanos()} at the last measurement; thread-safe. */
    public long lastKnownLagNanos() {
        return publishedLag;
    }

    @Override
    public double loopLoad() {
        return loopLoad;
    }

    /** Whether the lag during a timeout was so long that the timeout proves nothing about the printer. */
    public static boolean isSignificantLag(Duration timeout, long lagNanos) {
        return lagNanos > timeout.toNanos() / 4;
    }

    /** Measures lag from now on even if no timer is due. Each call needs one {@link #stopLagDetection}. */
    public void startLagDetection() {
        if (lagObservers++ == 0) {
            arm(tickOf(nanos.getAsLong()) + MEASURE_TICKS);
        }
    }

    public void stopLagDetection() {
        lagObservers--;
    }

    /** Adds the lag up to now; also called while a late iteration is still running. */
    private void measureLag() {
        if (armedTick == Long.MAX_VALUE) {
            return;
        }
        long now = nanos.getAsLong();
        long late = Math.max(0, now - origin - armedTick * TICK_NANOS - TOLERATED_NANOS);
        long passed = now - measuredAtNanos;
        if (passed <= 0) {
            return;
        }
        long more = Math.max(0, late - lagOfArmed);
        lagOfArmed = Math.max(late, lagOfArmed);
        measuredAtNanos = now;
        lag += more;
        publishedLag = lag;
        double kept = Math.exp(-passed / AVERAGING_NANOS);
        loopLoad = loopLoad * kept + (1 - kept) * Math.min(1.0, (double) more / passed);
    }

    private long tickOf(long at) {
        return (at - origin) / TICK_NANOS;
    }

    private void arm(long tick) {
        if (tick >= armedTick) {
            return;
        }
        if (armed != null) {
            armed.cancel();
        }
        armedTick = tick;
        lagOfArmed = 0;
        long wait = origin + tick * TICK_NANOS - nanos.getAsLong();
        armed = alarm.schedule(Math.max(0, (wait + 999_999) / 1_000_000), this::onAlarm);
    }

    private void onAlarm() {
        measureLag();
        armed = null;
        armedTick = Long.MAX_VALUE;
        long nowTick = tickOf(nanos.getAsLong());
        List<Entry> due = due(nowTick);
        lastRunTick = Math.max(lastRunTick, nowTick);
        try {
            due.forEach(LoopTimers::run);
        } finally {
            armNext();
        }
    }

    /** Removes the due timers in their order; each may still be cancelled before it runs. */
    private List<Entry> due(long nowTick) {
        List<Entry> due = new ArrayList<>();
        while (!pending.isEmpty() && pending.first().tick <= nowTick) {
            due.add(pending.pollFirst());
        }
        return due;
    }

    private static void run(Entry entry) {
        Runnable work = entry.work;
        entry.work = null;
        if (work != null) {
            FaultIsolation.run("a timer", work);
        }
    }

    private void armNext() {
        if (!pending.isEmpty()) {
            arm(pending.first().tick);
        }
        if (lagObservers > 0) {
            arm(lastRunTick + MEASURE_TICKS);
        }
    }
}
