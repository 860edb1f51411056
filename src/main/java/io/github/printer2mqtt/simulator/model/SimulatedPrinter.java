package io.github.printer2mqtt.simulator.model;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model of one machine that knows no protocol. It is driven by a clock alone: whenever it is looked at it works out
 * what has happened since the last look, so that a test may jump an hour ahead and a farm of thousands costs nothing
 * while nobody asks.
 *
 * <p>An operation that the state forbids throws {@link ForbiddenByStateException} and changes nothing. Safe for every thread.
 */
public final class SimulatedPrinter {
    /** What the machine does. */
    public enum State {
        /** The server is there, the machine behind it is not. */
        DISCONNECTED,
        IDLE,
        /** A print was started and waits for its temperatures. */
        HEATING,
        PRINTING,
        PAUSED,
        /** The print is done and its result not yet cleared away. */
        FINISHED,
        /** The print was ended and its result not yet cleared away. */
        CANCELLED,
        FAILED,
        /** A person must come; a print may be held meanwhile. */
        ATTENTION,
        /** Loading filament or the like. */
        BUSY;

        public boolean mayHaveJob() {
            return this == HEATING || this == PRINTING || this == PAUSED || this == ATTENTION;
        }
    }

    /** Why it failed after {@link #emergencyStop()}. */
    public static final String STOPPED = "Emergency stop";

    private static final double NOZZLE_TARGET = 215;
    private static final double BED_TARGET = 60;
    private static final double WOBBLE = 0.15;
    private static final double NANOS = 1e9;

    private final String name;
    private final LongSupplier nanoTime;
    private final long startedAt;
    private final SimulatedHeater nozzle = new SimulatedHeater(8, 2.5);
    private final SimulatedHeater bed = new SimulatedHeater(2.5, 0.4);

    private long lookedAt;
    private State state = State.IDLE;
    private State interrupted = State.IDLE;
    private @Nullable String message;
    private int lastId = 100;
    private @Nullable JobView job;
    private final Set<Character> homed = new TreeSet<>();

    /**
     * A cold idle machine.
     *
     * @param name shown where a protocol tells a name
     * @param nanoTime a monotonic clock in nanoseconds, such as {@code System::nanoTime}
     */
    public SimulatedPrinter(String name, LongSupplier nanoTime) {
        this.name = name;
        this.nanoTime = nanoTime;
        this.startedAt = nanoTime.getAsLong();
        this.lookedAt = startedAt;
    }

    public String name() {
        return name;
    }

    /** How everything stands now. */
    public synchronized PrinterView view() {
        advance();
        return new PrinterView(
                state,
                message,
                measured(nozzle, 7),
                nozzle.target(),
                measured(bed, 11),
                bed.target(),
                job,
                homed.stream().map(String::valueOf).collect(Collectors.joining()),
                Duration.ofNanos(lookedAt - startedAt));
    }

    /**
     * Starts a print: first it heats, then it prints for the given time. Allowed while nothing is under way.
     *
     * @param duration of printing, more than nothing; heating comes before it
     */
    public synchronized void start(String file, Duration duration) {
        allow("start a print", State.IDLE, State.FINISHED, State.CANCELLED);
        begin(file, duration, Duration.ZERO);
        state = State.HEATING;
        advance();
    }

    /** Puts a hot machine in the middle of a print that began before the simulation. */
    public synchronized void startUnderWay(String file, Duration duration, Duration alreadyPrinted) {
        allow("start a print", State.IDLE, State.FINISHED, State.CANCELLED);
        begin(file, duration, alreadyPrinted);
        nozzle.jumpToTarget();
        bed.jumpToTarget();
        state = State.PRINTING;
    }

    public synchronized void pause() {
        allow("pause", State.HEATING, State.PRINTING);
        state = State.PAUSED;
    }

    public synchronized void resume() {
        allow("resume", State.PAUSED);
        state = State.HEATING;
        advance();
    }

    /** Ends the print under way for good. */
    public synchronized void cancel() {
        allow("cancel", State.HEATING, State.PRINTING, State.PAUSED, State.ATTENTION);
        if (job == null) {
            throw new ForbiddenByStateException("cancel", state);
        }
        coolDown();
        state = State.CANCELLED;
    }

    /** Breaks: a print under way is lost. Allowed whenever a machine is there that has not failed yet. */
    public synchronized void fail(String why) {
        advance();
        if (state == State.DISCONNECTED || state == State.FAILED) {
            throw new ForbiddenByStateException("fail", state);
        }
        coolDown();
        message = why;
        state = State.FAILED;
    }

    /** Gives the nozzle a target, 0 for off; a print that begins or ends sets its own. */
    public synchronized void heatNozzle(double degrees) {
        heat(nozzle, degrees);
    }

    /** Gives the bed a target, 0 for off; a print that begins or ends sets its own. */
    public synchronized void heatBed(double degrees) {
        heat(bed, degrees);
    }

    private void heat(SimulatedHeater heater, double degrees) {
        advance();
        if (state == State.DISCONNECTED || state == State.FAILED) {
            throw new ForbiddenByStateException("heat", state);
        }
        heater.heatTo(degrees);
        advance();
    }

    /**
     * Moves to where axes begin, in no time.
     *
     * @param axes letters of {@code xyz}
     */
    public synchronized void home(String axes) {
        allow("home", State.IDLE, State.FINISHED, State.CANCELLED);
        axes.chars().forEach(axis -> homed.add((char) axis));
    }

    /** Stops at once with all heaters off, until somebody clears it. Allowed whenever a machine is there. */
    public synchronized void emergencyStop() {
        advance();
        if (state == State.DISCONNECTED) {
            throw new ForbiddenByStateException("stop", state);
        }
        coolDown();
        homed.clear();
        message = STOPPED;
        state = State.FAILED;
    }

    /** Asks for a person; a print under way is held until {@link #clear()}. */
    public synchronized void attention() {
        allow("ask for attention", State.IDLE, State.HEATING, State.PRINTING, State.PAUSED);
        if (state == State.IDLE) {
            job = null;
        }
        interrupted = state;
        state = State.ATTENTION;
    }

    /** Begins something that is no print, until {@link #clear()}. */
    public synchronized void busy() {
        allow("be busy", State.IDLE, State.FINISHED, State.CANCELLED);
        job = null;
        state = State.BUSY;
    }

    /** What a person does at the machine: takes the print off, closes the dialog, ends what keeps it busy. */
    public synchronized void clear() {
        allow("clear", State.FINISHED, State.CANCELLED, State.FAILED, State.BUSY, State.ATTENTION);
        if (state == State.ATTENTION) {
            state = interrupted;
        } else {
            job = null;
            message = null;
            state = State.IDLE;
        }
        advance();
    }

    /** Takes the machine away from its server; a print under way is lost. */
    public synchronized void disconnect() {
        advance();
        if (state == State.DISCONNECTED) {
            throw new ForbiddenByStateException("disconnect", state);
        }
        coolDown();
        homed.clear();
        job = null;
        message = null;
        state = State.DISCONNECTED;
    }

    /** Brings the machine back, idle. */
    public synchronized void connect() {
        allow("connect", State.DISCONNECTED);
        state = State.IDLE;
    }

    private void allow(String operation, State first, State... others) {
        advance();
        if (!EnumSet.of(first, others).contains(state)) {
            throw new ForbiddenByStateException(operation, state);
        }
    }

    private void begin(String file, Duration duration, Duration alreadyPrinted) {
        double seconds = duration.toMillis() / 1000.0;
        if (seconds <= 0) {
            throw new IllegalArgumentException("a print of " + duration + " would be none");
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
        double left = Math.max(0, (now - lookedAt) / NANOS);
        lookedAt = Math.max(lookedAt, now);
        double next = secondsToNextTurn();
        while (next <= left) {
            run(next);
            left -= next;
            turn();
            next = secondsToNextTurn();
        }
        run(left);
    }

    /** Seconds until the state changes by itself. */
    private double secondsToNextTurn() {
        JobView now = job;
        if (now == null) {
            return Double.POSITIVE_INFINITY;
        }
        if (state == State.HEATING) {
            return Math.max(nozzle.secondsToTarget(), bed.secondsToTarget());
        }
        return state == State.PRINTING ? now.remaining() : Double.POSITIVE_INFINITY;
    }

    private void turn() {
        if (state == State.HEATING) {
            state = State.PRINTING;
            return;
        }
        JobView done = job;
        if (done != null) {
            job = new JobView(done.id(), done.file(), done.duration(), done.heating(), done.duration(), done.held());
        }
        coolDown();
        state = State.FINISHED;
    }

    private void run(double seconds) {
        nozzle.run(seconds);
        bed.run(seconds);
        JobView now = job;
        if (now == null || seconds <= 0 || !state.mayHaveJob()) {
            return;
        }
        double heating = now.heating() + (state == State.HEATING ? seconds : 0);
        double active = now.active() + (state == State.PRINTING ? seconds : 0);
        boolean held = state == State.PAUSED || state == State.ATTENTION;
        double waited = now.held() + (held ? seconds : 0);
        job = new JobView(now.id(), now.file(), now.duration(), heating, active, waited);
    }

    /** A regulated heater is never quite still. */
    private double measured(SimulatedHeater heater, int period) {
        boolean regulating = heater.target() > 0 && heater.actual() >= heater.target();
        double seconds = (lookedAt - startedAt) / NANOS;
        return heater.actual() + (regulating ? WOBBLE * Math.sin(seconds / period + name.hashCode() % 7) : 0);
    }

    /** A simulated printer was asked for something that its state forbids. */
    public static final class ForbiddenByStateException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public ForbiddenByStateException(String operation, SimulatedPrinter.State state) {
            super("cannot " + operation + " while " + state.name().toLowerCase(Locale.ROOT));
        }
    }
}
