package io.github.printer2mqtt.driver.elegoo;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.PrinterState;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a status says of the printer as a whole.
 *
 * @param machine what the machine does; null if unknown
 * @param step what the print does; null if unknown. It stays after the end
 * @param layer the current one; null if unknown
 * @param error 0 for none
 * @param resin whether it is a resin printer, whose steps mean something else
 */
record SdcpStatus(
        @Nullable Integer machine,
        @Nullable Integer step,
        @Nullable Integer layer,
        int error,
        boolean resin) {
    private static final int UNKNOWN = -1;

    /** Source: {@code elegoo-link}; the description of SDCP has the first four. */
    private static final int IDLE = 0;

    private static final int PRINTING = 1;
    private static final int TRANSFERRING = 2;

    /** Steps that mean the same on all printers. */
    private static final int HOMING = 1;

    private static final int PAUSING = 5;
    private static final int PAUSED = 6;
    private static final int STOPPED = 8;
    private static final int COMPLETE = 9;
    private static final int FILE_CHECK = 10;

    /** Steps of the Centauri. */
    private static final int FAILED = 14;

    private static final int UNLOAD_FAILED = 25;
    private static final int UNLOAD_PAUSED = 26;

    /** 11 checks the printer; 15 to 23 level, heat, test and feed before the first layer. */
    private static final Set<Integer> PREPARATIONS = Set.of(11, 15, 16, 17, 18, 19, 20, 21, 22, 23);

    /** @param status the object of that name in a message */
    static SdcpStatus of(LenientJson status) {
        LenientJson print = status.at("PrintInfo");
        return new SdcpStatus(
                machine(status),
                print.integer("Status"),
                print.integer("CurrentLayer"),
                Objects.requireNonNullElse(print.integer("ErrorNumber"), 0),
                isResin(status));
    }

    /** Only the others have a nozzle. */
    private static boolean isResin(LenientJson status) {
        return status.number("TempOfNozzle") == null && status.number("TempOfHotbed") == null;
    }

    /** A number, or several of which the first counts; a transfer beside something else is the lesser news. */
    private static @Nullable Integer machine(LenientJson status) {
        List<Integer> all = status.elements("CurrentStatus").stream()
                .map(element -> Objects.requireNonNullElse(element.integer(), UNKNOWN))
                .toList();
        if (all.isEmpty()) {
            return status.integer("CurrentStatus");
        }
        return all.stream().filter(code -> code != TRANSFERRING).findFirst().orElse(all.get(0));
    }

    /** Whether a print runs, is paused or is about to be stopped. */
    boolean isActive() {
        return machine != null && machine == PRINTING;
    }

    PrinterState state() {
        if (machine == null) {
            return PrinterState.BUSY;
        }
        return switch (machine) {
            case IDLE -> idle();
            case PRINTING -> active();
            default -> isStep(UNLOAD_FAILED, UNLOAD_PAUSED) ? PrinterState.ATTENTION : PrinterState.BUSY;
        };
    }

    private PrinterState idle() {
        if (isStep(COMPLETE)) {
            return PrinterState.FINISHED;
        }
        if (error != 0 || isStep(FAILED)) {
            return PrinterState.ERROR;
        }
        return isStep(STOPPED) ? PrinterState.CANCELLED : PrinterState.IDLE;
    }

    private PrinterState active() {
        if (isStep(FAILED)) {
            return PrinterState.ERROR;
        }
        if (error != 0 || isStep(UNLOAD_FAILED, UNLOAD_PAUSED)) {
            return PrinterState.ATTENTION;
        }
        if (isStep(PAUSING, PAUSED)) {
            return PrinterState.PAUSED;
        }
        boolean isBeforeFirstLayer = layer == null || layer == 0;
        return isBeforeFirstLayer && isPreparation() ? PrinterState.PREPARING : PrinterState.PRINTING;
    }

    /** Homing is also a step of stopping a print, then with layers. */
    private boolean isPreparation() {
        return isStep(HOMING, FILE_CHECK) || (!resin && step != null && PREPARATIONS.contains(step));
    }

    /** The codes of failures exist on the Centauri only. */
    private boolean isStep(int first, int... others) {
        if (step == null || (resin && step > FILE_CHECK)) {
            return false;
        }
        for (int other : others) {
            if (step == other) {
                return true;
            }
        }
        return step == first;
    }

    /** Both codes, for support. */
    String raw() {
        return (machine == null ? "?" : machine) + "/" + (step == null ? "?" : step);
    }
}
