package io.github.printer2mqtt.driver.elegoocc2;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.PrinterState;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a status says of the printer as a whole.
 *
 * @param machine what the machine does; null if unknown
 * @param step what the print does, 0 for nothing; it means something else for each {@code machine}
 * @param word what the print does, in lower case; empty while there is none
 * @param layer the current one; null if unknown
 * @param hasException whether the printer names a fault
 */
record Cc2Status(
        @Nullable Integer machine,
        int step,
        String word,
        @Nullable Integer layer,
        boolean hasException) {
    /** Source of all numbers: {@code elegoo-link}; 1066 and the words were observed. */
    private static final int IDLE = 1;

    private static final int PRINTING = 2;
    private static final int EMERGENCY_STOP = 14;
    private static final int POWER_LOSS = 15;

    private static final int COMPLETED = 2077;
    private static final int STOPPING = 2503;
    private static final int STOPPED = 2504;
    private static final Set<Integer> PAUSES = Set.of(2501, 2502, 2505);

    /** Heating, homing and levelling. */
    private static final Set<Integer> PREPARATIONS = Set.of(1045, 1096, 1405, 1906, 2801, 2802, 2901, 2902);

    static Cc2Status of(LenientJson status) {
        return new Cc2Status(
                status.integer("machine_status", "status"),
                Objects.requireNonNullElse(status.integer("machine_status", "sub_status"), 0),
                Objects.requireNonNullElse(status.text("print_status", "state"), "")
                        .toLowerCase(Locale.ROOT),
                status.integer("print_status", "current_layer"),
                !status.elements("machine_status", "exception_status").isEmpty());
    }

    PrinterState state() {
        if (machine == null) {
            return PrinterState.BUSY;
        }
        return switch (machine) {
            case IDLE -> ended() == null ? PrinterState.IDLE : Objects.requireNonNull(ended());
            case PRINTING -> ended() == null ? running() : Objects.requireNonNull(ended());
            case EMERGENCY_STOP -> PrinterState.ERROR;
            case POWER_LOSS -> PrinterState.ATTENTION;
            default -> PrinterState.BUSY; // 0 and 3 to 13: starts, filament, levels, tests, updates, homes, transfers
        };
    }

    /** How the print ended, by step or word; null if it did not. */
    private @Nullable PrinterState ended() {
        return switch (step) {
            case COMPLETED -> PrinterState.FINISHED;
            case STOPPED -> PrinterState.CANCELLED;
            default ->
                switch (word) {
                    case "complete" -> PrinterState.FINISHED;
                    case "cancelled" -> PrinterState.CANCELLED;
                    case "error" -> PrinterState.ERROR;
                    default -> null;
                };
        };
    }

    private PrinterState running() {
        if (PAUSES.contains(step) || (step == 0 && word.equals("paused"))) {
            return hasException ? PrinterState.ATTENTION : PrinterState.PAUSED;
        }
        if (step == STOPPING) {
            return PrinterState.BUSY;
        }
        boolean isBegun = layer != null && layer > 0;
        return PREPARATIONS.contains(step) && !isBegun ? PrinterState.PREPARING : PrinterState.PRINTING;
    }

    /** Whether a print runs or is paused. */
    boolean isActive() {
        return machine != null && machine == PRINTING && ended() == null;
    }

    /** The numbers, for {@code raw_state}; null if the printer states none. */
    @Nullable String raw() {
        return machine == null ? null : machine + "/" + step + (word.isEmpty() ? "" : " " + word);
    }
}
