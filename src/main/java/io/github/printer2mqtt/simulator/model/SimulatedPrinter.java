package io.github.printer2mqtt.simulator.model;

import io.github.printer2mqtt.simulator.model.PrinterView.State;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model of one printer, independent of any protocol. Each call first computes what has happened since the call before,
 * so that a test can jump an hour ahead and thousands of idle printers cost nothing.
 *
 * <p>An operation that the state forbids throws {@link ForbiddenByStateException} and changes nothing. Thread-safe.
 */
public final class SimulatedPrinter {
    /** The failure message after {@link #emergencyStop()}. */
    public static final String STOPPED = "Emergency stop";

    private static final double NOZZLE_TARGET = 215;
    private static final double BED_TARGET = 60;
    private static final double NANOS = 1e9;

    private final String name;
    private final LongSupplier nanoTime;
    private final long startedAt;
    private final SimulatedHeater nozzle = new SimulatedHeater(8, 2.5);
    private final SimulatedHeater bed = new SimulatedHeater(2.5, 0.4);

    private long updatedAt;
    private State state = State.IDLE;
    private State interrupted = State.IDLE;
    private @Nullable String message;
    private int lastId = 100;
    private @Nullable JobView job;
    private final Set<Character> homed = new TreeSet<>();

    /**
     * A cold, idle printer.
     *
     * @param name shown where the protocol has a name
     * @param nanoTime a monotonic clock in nanoseconds, such as {@code System::nanoTime}
     */
    public SimulatedPrinter(String name, LongSupplier nanoTime) {
        this.name = name;
        this.nanoTime = nanoTime;
        this.startedAt = nanoTime.getAsLong();
        this.updatedAt = startedAt;
    }

    public String name() {
        return name;
    }

    /** The present state. */
    public synchronized PrinterView view() {
        advance();
        double seconds = (updatedAt - startedAt) / NANOS;
        int phase = name.hashCode() % 7;
        return new PrinterView(
                state,
                message,
                nozzle.measured(seconds, 7, phase),
                nozzle.target(),
                bed.measured(seconds, 11, phase),
                bed.target(),
                job,
                homed.stream().map(String::valueOf).collect(Collectors.joining()),
                Duration.ofNanos(updatedAt - startedAt));
    }

    /**
     * Starts a print, which heats first. Allowed while no job is running.
     *
     * @param duration printing time without heating, greater than zero
     */
    public synchronized void start(String file, Duration duration) {
        requireState("start a print", State.IDLE, State.FINISHED, State.CANCELLED);
        startJob(file, duration, Duration.ZERO);
        state = State.HEATING;
        advance();
    }

    /** Continues a print that began before the simulation, with hot heaters. */
    public synchronized void startUnderWay(String file, Duration duration, Duration alreadyPrinted) {
        requireState("start a print", State.IDLE, State.FINISHED, State.CANCELLED);
        startJob(file, duration, alreadyPrinted);
        nozzle.jumpToTarget();
        bed.jumpToTarget();
        state = State.PRINTING;
    }

    public synchronized void pause() {
        requireState("pause", State.HEATING, State.PRINTING);
        state = State.PAUSED;
    }

    public synchronized void resume() {
        requireState("resume", State.PAUSED);
        state = State.HEATING;
        advance();
    }

    /** Resumes the job after a pause, or what was interrupted after a problem, as one command of most firmwares does. */
    public synchronized void resumeHeld() {
        advance();
        if (state == State.ATTENTION) {
            clear();
        } else {
            resume();
        }
    }

    /** Cancels the running or paused job. */
    public synchronized void cancel() {
        requireState("cancel", State.HEATING, State.PRINTING, State.PAUSED, State.ATTENTION);
        if (job == null) {
            throw new ForbiddenByStateException("cancel", state);
        }
        coolDown();
        state = State.CANCELLED;
    }

    /** Fails with a message and loses a running job. Allowed while connected and not failed. */
    public synchronized void fail(String reason) {
        forbid("fail", State.DISCONNECTED, State.FAILED);
        coolDown();
        message = reason;
        state = State.FAILED;
    }

    /** Sets the nozzle target, 0 for off; the start and end of a print override it. */
    public synchronized void heatNozzle(double degrees) {
        heat(nozzle, degrees);
    }

    /** Sets the bed target, 0 for off; the start and end of a print override it. */
    public synchronized void heatBed(double degrees) {
        heat(bed, degrees);
    }

    private void heat(SimulatedHeater heater, double degrees) {
        forbid("heat", State.DISCONNECTED, State.FAILED);
        heater.heatTo(degrees);
        advance();
    }

    /**
     * Homes axes, which takes no time.
     *
     * @param axes letters of {@code xyz}
     */
    public synchronized void home(String axes) {
        requireState("home", State.IDLE, State.FINISHED, State.CANCELLED);
        axes.chars().forEach(axis -> homed.add((char) axis));
    }

    /** Stops at once with all heaters off, until {@link #clear()}. Allowed while connected. */
    public synchronized void emergencyStop() {
        forbid("stop", State.DISCONNECTED);
        coolDown();
        homed.clear();
        message = STOPPED;
        state = State.FAILED;
    }

    /** Requests attention; a running job is paused until {@link #clear()}. */
    public synchronized void attention() {
        requireState("ask for attention", State.IDLE, State.HEATING, State.PRINTING, State.PAUSED);
        if (state == State.IDLE) {
            job = null;
        }
        interrupted = state;
        state = State.ATTENTION;
    }

    /** Becomes busy without a job, until {@link #clear()}. */
    public synchronized void busy() {
        requireState("be busy", State.IDLE, State.FINISHED, State.CANCELLED);
        job = null;
        state = State.BUSY;
    }

    /** Does what a person does at the printer: removes the print, closes the dialog, ends what keeps it busy. */
    public synchronized void clear() {
        requireState("clear", State.FINISHED, State.CANCELLED, State.FAILED, State.BUSY, State.ATTENTION);
        if (state == State.ATTENTION) {
            state = interrupted;
        } else {
            job = null;
            message = null;
            state = State.IDLE;
        }
        advance();
    }

    /** Disconnects the printer from its server and loses a running job. */
    public synchronized void disconnect() {
        forbid("disconnect", State.DISCONNECTED);
        coolDown();
        homed.clear();
        job = null;
        message = null;
        state = State.DISCONNECTED;
    }

    /** Reconnects the printer, idle. */
    public synchronized void connect() {
        requireState("connect", State.DISCONNECTED);
        state = State.IDLE;
    }

    private void requireState(String operation, State first, State... others) {
        advance();
        if (!EnumSet.of(first, others).contains(state)) {
            throw new ForbiddenByStateException(operation, state);
        }
    }

    private void forbid(String operation, State first, State... others) {
        advance();
        if (EnumSet.of(first, others).contains(state)) {
            throw new ForbiddenByStateException(operation, state);
        }
    }

    private void startJob(String file, Duration duration, Duration alreadyPrinted) {
        double seconds = duration.toMillis() / 1000.0;
        if (seconds <= 0) {
            throw new IllegalArgumentException("found a print of " + duration + ", expected more than 0 s");
        }
        lastId++;
        job = new JobView(lastId, file, seconds, 0, Math.min(seconds, alreadyPrinted.toMillis() / 1000.0), 0);
        homed.addAll(Set.of('x', 'y', 'z'));
        nozzle.heatTo(NOZZLE_TARGET);
        bed.heatTo(BED_TARGET);
    }

    private void coolDown() {
        nozzle.off();
        bed.off();
    }

    private void advance() {
        long now = nanoTime.getAsLong();
        double left = Math.max(0, (now - updatedAt) / NANOS);
        updatedAt = Math.max(updatedAt, now);
        double next = secondsToTransition();
        while (next <= left) {
            run(next);
            left -= next;
            transition();
            next = secondsToTransition();
        }
        run(left);
    }

    /** Seconds until the state changes by itself. */
    private double secondsToTransition() {
        JobView now = job;
        if (now == null) {
            return Double.POSITIVE_INFINITY;
        }
        if (state == State.HEATING) {
            return Math.max(nozzle.secondsToTarget(), bed.secondsToTarget());
        }
        return state == State.PRINTING ? now.remaining() : Double.POSITIVE_INFINITY;
    }

    private void transition() {
        if (state == State.HEATING) {
            state = State.PRINTING;
            return;
        }
        if (job != null) {
            job = job.finished();
        }
        coolDown();
        state = State.FINISHED;
    }

    private void run(double seconds) {
        nozzle.run(seconds);
        bed.run(seconds);
        if (job != null && seconds > 0) {
            job = job.after(state, seconds);
        }
    }

    /** The state of a simulated printer forbids an operation. */
    public static final class ForbiddenByStateException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public ForbiddenByStateException(String operation, State state) {
            super("cannot " + operation + " while " + state.name().toLowerCase(Locale.ROOT));
        }
    }
}
