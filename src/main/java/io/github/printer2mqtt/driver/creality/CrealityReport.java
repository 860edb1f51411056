package io.github.printer2mqtt.driver.creality;

import io.github.printer2mqtt.driver.LenientJson;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The merged status of a printer, with the types that the firmware mixes: numbers come as numbers or as texts.
 *
 * @param status everything reported so far
 */
record CrealityReport(LenientJson status) {
    /** {@code state}. Source: the table of CrealityPrint's device manager. */
    static final int IDLE = 0;

    static final int PRINTING = 1;
    static final int COMPLETE = 2;
    static final int FAILED = 3;
    static final int ABORTED = 4;
    static final int PAUSED = 5;
    static final int PAUSING = 6;
    static final int STOPPING = 7;
    static final int RESTORING = 8;
    static final int EXECUTING_STOP = 101;
    static final int EXECUTING_PAUSE = 102;
    static final int EXECUTING_CONTINUE = 103;

    /** {@code deviceState} while the printer homes. Source: ha_creality_ws. */
    private static final int HOMING = 7;

    private static final Set<Integer> PRINTS = Set.of(PRINTING, RESTORING, EXECUTING_CONTINUE);
    private static final Set<Integer> PAUSES = Set.of(PAUSED, PAUSING, EXECUTING_PAUSE);
    private static final Set<Integer> STOPS = Set.of(STOPPING, EXECUTING_STOP);

    /** Whether enough is known for a reading: some excerpts lack one of the two. */
    boolean isWhole() {
        return state() != null || deviceState() != null;
    }

    /** What the printer says of its print; null if nothing. */
    @Nullable Integer state() {
        return integer("state");
    }

    private @Nullable Integer deviceState() {
        return integer("deviceState");
    }

    /** Whether the machine does something now, whatever {@code state} says of the last print. */
    boolean isDeviceBusy() {
        Integer device = deviceState();
        return device != null && device != 0;
    }

    boolean isHoming() {
        Integer device = deviceState();
        return device != null && device == HOMING;
    }

    /** Whether a print runs or waits for its temperatures. */
    boolean isPrinting() {
        Integer state = state();
        Integer device = deviceState();
        return state == null ? device != null && device == PRINTING : PRINTS.contains(state);
    }

    boolean isPaused() {
        Integer state = state();
        return state != null && PAUSES.contains(state);
    }

    /** Whether the printer carries out the cancel of a print. */
    boolean isStopping() {
        Integer state = state();
        return state != null && STOPS.contains(state);
    }

    /** Whether a print has begun and not ended. */
    boolean isUnderWay() {
        return isPrinting() || isPaused() || isStopping();
    }

    boolean isSelfTest() {
        Integer percent = integer("withSelfTest");
        return percent != null && percent >= 1 && percent <= 99;
    }

    /** The code of the current error, 0 for none. */
    int error() {
        Integer code = integer("err", "errcode");
        return code == null ? 0 : code;
    }

    boolean isOutOfFilament() {
        return is("materialStatus", 1);
    }

    /** Whether the printer asks what to do with a print that a power loss ended. */
    boolean isPowerLossPending() {
        return is("repoPlrStatus", 1);
    }

    boolean is(String name, int value) {
        Integer found = integer(name);
        return found != null && found == value;
    }

    /** The name of the file without its path; it stays after the print. Null if there is none. */
    @Nullable String file() {
        String path = status.text("printFileName");
        return path == null ? null : path.substring(path.lastIndexOf('/') + 1);
    }

    /** Percent of the print; it stays after the print. */
    @Nullable Double progress() {
        return number("printProgress");
    }

    /** A number, which some models send as text. */
    @Nullable Double number(String... path) {
        return status.numberOrText(path);
    }

    /** A number without its fraction. */
    @Nullable Integer integer(String... path) {
        return status.integerOrText(path);
    }

    @Nullable Long seconds(String name) {
        Double number = number(name);
        return number == null ? null : Long.valueOf(number.longValue());
    }
}
