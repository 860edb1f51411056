package io.github.printer2mqtt.vertx;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The timers of everything that happens on one event loop: a wheel that takes one timer of Vert.x at a time, however many
 * printers wait. It also knows how late the loop itself is, since what a loop does too late is no fault of a printer.
 *
 * <p>A timer never runs early and, on a loop that keeps up, at most 10 ms late. Belongs to the event loop it was made on;
 * only {@link #lostNanosSoFar()} and {@link #loopLoad()} are safe for every thread.
 */
public final class LoopTimers {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int SLOTS = 1024;

    /** While somebody watches for lost time the loop looks up this often at least. */
    private static final long LOOK_UP_TICKS = 10;

    /** Lateness that every loop has: the grain of timers and the work of a turn. */
    private static final long NORMAL_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    /** Over which time the strain is averaged. */
    private static final double MEMORY_NANOS = Duration.ofSeconds(5).toNanos();

    private final Alarm alarm;
    private final LongSupplier nanos;
    private final @Nullable Entry[] slots = new Entry[SLOTS];
    private final BitSet used = new BitSet(SLOTS);
    private final long origin;

    /** The last tick that was run. */
    private long ranTick;

    private long armedTick = Long.MAX_VALUE;
    private @Nullable Cancellable armed;
    private int watchers;
    private long lookedUpNanos;
    private long lost;
    private long lostOfArmed;
    private volatile long lostSoFar;
    private volatile double loopLoad;

    /** Something set that can be taken back. */
    @FunctionalInterface
    public interface Cancellable {
        /** Takes it back; no error if it ran already. */
        void cancel();
    }

    /** The one timer below the wheel. */
    interface Alarm {
        Cancellable in(long millis, Runnable work);
    }

    /** One timer, in the ring of its slot. */
    private final class Entry implements Cancellable {
        private final long tick;
        private @Nullable Runnable work;
        private Entry before = this;
        private Entry after = this;

        Entry(long tick, Runnable work) {
            this.tick = tick;
            this.work = work;
        }

        void enter() {
            int slot = slot(tick);
            Entry first = slots[slot];
            if (first == null) {
                slots[slot] = this;
                used.set(slot);
            } else {
                before = first.before;
                after = first;
                before.after = this;
                first.before = this;
            }
        }

        void leave() {
            int slot = slot(tick);
            if (this.equals(slots[slot])) {
                boolean alone = this.equals(after);
                slots[slot] = alone ? null : after;
                used.set(slot, !alone);
            }
            before.after = after;
            after.before = before;
            before = this;
            after = this;
        }

        @Override
        public void cancel() {
            if (work != null) {
                work = null;
                leave();
            }
        }
    }

    LoopTimers(Alarm alarm, LongSupplier nanos) {
        this.alarm = alarm;
        this.nanos = nanos;
        this.origin = nanos.getAsLong();
        this.lookedUpNanos = origin;
    }

    /** For the event loop this is called on. */
    public static LoopTimers here(Vertx vertx) {
        return new LoopTimers(
                (millis, work) -> {
                    long id = vertx.setTimer(Math.max(1, millis), fired -> work.run());
                    return () -> vertx.cancelTimer(id);
                },
                System::nanoTime);
    }

    /** Monotonic time. */
    public long nanos() {
        return nanos.getAsLong();
    }

    /** Runs something once. */
    public Cancellable after(Duration delay, Runnable work) {
        long due = nanos.getAsLong() - origin + Math.max(0, delay.toNanos());
        Entry entry = new Entry(Math.max(ranTick + 1, (due + TICK_NANOS - 1) / TICK_NANOS), work);
        entry.enter();
        arm(entry.tick);
        return entry;
    }

    /** Time this loop was late by since it began, until this moment, as far as somebody watched. */
    public long lagNanos() {
        lookUp();
        return lost;
    }

    /** Like {@link #lagNanos()}, as far as it is known; safe for every thread. */
    public long lostNanosSoFar() {
        return lostSoFar;
    }

    /** The share of the last seconds that the loop was late by, 0 to 1. */
    public double loopLoad() {
        return loopLoad;
    }

    /** Whether a loop lost so much of a time-out that what did not happen within it proves nothing. */
    public static boolean isTooMuch(Duration timeout, long lagNanos) {
        return lagNanos > timeout.toNanos() / 4;
    }

    /** From now on lost time is noticed even if no timer is due. */
    public void watchForLostTime() {
        if (watchers++ == 0) {
            arm(tickOf(nanos.getAsLong()) + LOOK_UP_TICKS);
        }
    }

    public void watchNoMore() {
        watchers--;
    }

    /** Counts what was lost until this moment; in the middle of a turn that comes late, too. */
    private void lookUp() {
        if (armedTick == Long.MAX_VALUE) {
            return;
        }
        long now = nanos.getAsLong();
        long late = Math.max(0, now - origin - armedTick * TICK_NANOS - NORMAL_NANOS);
        long passed = now - lookedUpNanos;
        if (passed <= 0) {
            return;
        }
        long more = Math.max(0, late - lostOfArmed);
        lostOfArmed = Math.max(late, lostOfArmed);
        lookedUpNanos = now;
        lost += more;
        lostSoFar = lost;
        double kept = Math.exp(-passed / MEMORY_NANOS);
        loopLoad = loopLoad * kept + (1 - kept) * Math.min(1.0, (double) more / passed);
    }

    private long tickOf(long at) {
        return (at - origin) / TICK_NANOS;
    }

    private static int slot(long tick) {
        return (int) (tick & (SLOTS - 1));
    }

    private void arm(long tick) {
        if (tick >= armedTick) {
            return;
        }
        if (armed != null) {
            armed.cancel();
        }
        armedTick = tick;
        lostOfArmed = 0;
        long wait = origin + tick * TICK_NANOS - nanos.getAsLong();
        armed = alarm.in(Math.max(0, (wait + 999_999) / 1_000_000), this::turn);
    }

    private void turn() {
        lookUp();
        armed = null;
        armedTick = Long.MAX_VALUE;
        long nowTick = tickOf(nanos.getAsLong());
        List<Entry> due = due(nowTick);
        ranTick = Math.max(ranTick, nowTick);
        try {
            due.forEach(LoopTimers::run);
        } finally {
            armNext();
        }
    }

    /** Takes out what is due, in the order of its ticks; somebody may still take it back before it runs. */
    private List<Entry> due(long nowTick) {
        List<Entry> due = new ArrayList<>();
        long from = Math.max(ranTick + 1, nowTick - SLOTS + 1);
        for (long tick = from; tick <= nowTick; tick++) {
            int slot = slot(tick);
            for (Entry entry = slots[slot]; entry != null; entry = next(entry, slot)) {
                if (entry.tick <= nowTick) {
                    due.add(entry);
                }
            }
        }
        due.forEach(Entry::leave);
        return due;
    }

    private @Nullable Entry next(Entry entry, int slot) {
        return entry.after.equals(slots[slot]) ? null : entry.after;
    }

    /** A faulty piece of work stops no other. */
    private static void run(Entry entry) {
        Runnable work = entry.work;
        entry.work = null;
        if (work != null) {
            FaultIsolation.run("a timer", work);
        }
    }

    private void armNext() {
        int from = slot(ranTick + 1);
        int next = used.nextSetBit(from);
        if (next < 0) {
            next = used.nextSetBit(0);
        }
        if (next >= 0) {
            arm(ranTick + 1 + Math.floorMod(next - from, SLOTS));
        }
        if (watchers > 0) {
            arm(ranTick + LOOK_UP_TICKS);
        }
    }
}
