package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.model.Temperatures.Temperature;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One printer, its plate and the person beside it: what is true, and what a poll would show of it. */
final class PlateWorld {
    /** What a protocol shows of prints. */
    enum Protocol {
        /** Each print has an id; a cancelled one may be shown without it. */
        IDS,
        /** Only files. */
        FILES,
        /** Only files, and a history that the first idle reading of a session brings. */
        HISTORY,
        /** Only files; a cancelled print is idle, with its result if it was seen running. */
        OUTCOME
    }

    /**
     * A print in truth.
     *
     * @param stopAt seconds of printing after which it ends; 0 while the bed heats up
     */
    record Print(int serial, String file, long stopAt, JobResult result) {
        /** A cancelled or failed print would have taken longer. */
        double progressAt(long seconds) {
            double whole = result == JobResult.FINISHED ? stopAt : stopAt * 1.5 + 100;
            return Math.round(Math.min(100, seconds * 100 / whole) * 10) / 10.0;
        }
    }

    private static final long HEATING = 90;
    private static final double AMBIENT_CELSIUS = 22;

    final Protocol protocol;
    private final boolean hasBedSensor;
    private final Random random;
    private Instant now = FleetScenario.BEGIN;
    private int serials;
    private double bed = AMBIENT_CELSIUS;
    private boolean poweredOn = true;

    /** The running print; null if none. */
    @Nullable Print running;

    private long heating;
    private long printed;
    private boolean paused;

    /** The ended print that the printer shows, and how; null if none. */
    @Nullable Print displayed;

    private long displayedSeconds;
    private boolean displayedWithoutJob;

    /** The print that ended last, for the history. */
    @Nullable Print last;

    @Nullable Instant lastEnd;

    /** The print that is physically on the plate; null if it is empty. */
    @Nullable Print onPlate;

    PlateWorld(Protocol protocol, boolean hasBedSensor, Random random) {
        this.protocol = protocol;
        this.hasBedSensor = hasBedSensor;
        this.random = random;
    }

    int prints() {
        return serials;
    }

    boolean isPoweredOn() {
        return poweredOn;
    }

    void switchPower() {
        poweredOn = !poweredOn;
        if (running != null) {
            Print lost = new Print(running.serial, running.file, printed, JobResult.FAILED);
            endedAs(lost);
        }
        displayed = null;
    }

    /** Farms print the same few files again and again; the times differ by some seconds. */
    void start() {
        int serial = ++serials;
        JobResult result = random.nextInt(3) > 0
                ? JobResult.FINISHED
                : random.nextBoolean() ? JobResult.CANCELLED : JobResult.FAILED;
        boolean atZero = result != JobResult.FINISHED && random.nextInt(3) == 0;
        long seconds = 60 + 7L * (serial * 37 % 400);
        running = new Print(serial, "part-" + random.nextInt(2) + ".gcode", atZero ? 0 : seconds, result);
        heating = 0;
        printed = 0;
        displayed = null;
    }

    void pauseOrResume() {
        paused = !paused;
    }

    void dismissDisplay() {
        displayed = null;
    }

    void advance(long seconds) {
        now = now.plusSeconds(seconds);
        boolean heated = poweredOn && running != null;
        bed = heated
                ? Math.min(60, bed + seconds * 0.6)
                : AMBIENT_CELSIUS + (bed - AMBIENT_CELSIUS) * Math.exp(-seconds / 900.0);
        Print print = running;
        if (print == null || paused) {
            return;
        }
        if (heating < HEATING) {
            heating += seconds;
            return;
        }
        printed += print.stopAt == 0 ? 0 : seconds;
        if (printed >= print.stopAt) {
            printed = print.stopAt;
            endedAs(print);
            displayed = protocol == Protocol.OUTCOME && print.result != JobResult.FINISHED ? null : print;
            displayedSeconds = printed;
            displayedWithoutJob =
                    protocol == Protocol.IDS && print.result == JobResult.CANCELLED && random.nextInt(3) == 0;
        } else if (print.progressAt(printed) > 0) {
            onPlate = print;
        }
    }

    private void endedAs(Print print) {
        if (printed > 0) {
            onPlate = print;
        }
        last = print;
        lastEnd = now;
        running = null;
        paused = false;
    }

    /** Whether the printer names the ended print that it shows. */
    boolean namesDisplayed() {
        return displayed != null && !displayedWithoutJob;
    }

    boolean isEarlyStop() {
        return last != null && last.result != JobResult.FINISHED;
    }

    /**
     * @param first whether it is the first reading of a session
     * @param sawRunning whether the reading before, of the same session, showed a running print
     */
    Reading reading(boolean first, boolean sawRunning) {
        Print print = running;
        if (print != null) {
            PrinterState state =
                    paused ? PrinterState.PAUSED : heating < HEATING ? PrinterState.PREPARING : PrinterState.PRINTING;
            return reading(state, job(print, print.progressAt(printed), printed), null);
        }
        if (displayed != null) {
            Double progress = displayed.result == JobResult.FINISHED ? Double.valueOf(100) : null;
            Job job = displayedWithoutJob ? null : job(displayed, progress, displayedSeconds);
            return reading(shownState(displayed), job, null);
        }
        boolean cancelled = protocol == Protocol.OUTCOME && sawRunning && isEarlyStop() && poweredOn;
        Reading idle = reading(PrinterState.IDLE, null, cancelled ? JobResult.CANCELLED : null);
        return showsHistory(first, sawRunning) && last != null
                ? idle.withPastJob(new LastJob("h" + last.serial, last.file, last.result, lastEnd))
                : idle;
    }

    boolean showsHistory(boolean first, boolean sawRunning) {
        return protocol == Protocol.HISTORY && running == null && displayed == null && (first || sawRunning);
    }

    static PrinterState shownState(Print print) {
        return switch (print.result) {
            case FINISHED -> PrinterState.FINISHED;
            case CANCELLED -> PrinterState.CANCELLED;
            case FAILED, UNKNOWN -> PrinterState.ERROR;
        };
    }

    private Job job(Print print, @Nullable Double progress, long elapsed) {
        String id = protocol == Protocol.IDS ? String.valueOf(print.serial) : null;
        return new Job(id, print.file, progress, elapsed, null, null, null);
    }

    private Reading reading(PrinterState state, @Nullable Job job, @Nullable JobResult outcome) {
        return new Reading(state, null, null, temperatures(), job, outcome, null, null, null);
    }

    @Nullable Double bed() {
        return hasBedSensor ? Double.valueOf(Math.round(bed * 10) / 10.0) : null;
    }

    private Temperatures temperatures() {
        return hasBedSensor ? new Temperatures(List.of(), new Temperature(bed(), null), null) : Temperatures.unknown();
    }
}
