package io.github.printer2mqtt.driver.bambu;

import io.github.printer2mqtt.driver.LenientJson;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The merged object {@code print} of a printer's reports, with the types that the firmware mixes: numbers come as numbers or as texts.
 *
 * @param print everything reported so far
 */
record BambuReport(LenientJson print) {
    /** States in which a print is under way. Source: {@code gcode_state} of BambuStudio's {@code DeviceManager}. */
    static final Set<String> PREPARING = Set.of("PREPARE", "SLICING", "INIT");

    static final String RUNNING = "RUNNING";
    static final String PAUSE = "PAUSE";
    static final String FINISH = "FINISH";
    static final String FAILED = "FAILED";
    static final String IDLE = "IDLE";

    /** No stage: -1 of X1, 255 of P1 and A1. */
    static final int NO_STAGE = -1;

    private static final long UNSIGNED = 0xFFFF_FFFFL;

    /** What the printer does; null if it has not said so. */
    @Nullable String state() {
        return print.text("gcode_state");
    }

    boolean isUnderWay() {
        String state = state();
        return state != null && (PREPARING.contains(state) || state.equals(RUNNING) || state.equals(PAUSE));
    }

    /** The step within the state; {@link #NO_STAGE} for none. */
    int stage() {
        Integer stage = print.integer("stg_cur");
        stage = stage == null ? print.integer("stage", "_id") : stage;
        return stage == null || stage == 255 ? NO_STAGE : stage;
    }

    /** The code of the current error, 0 for none. */
    long error() {
        Long error = print.whole("print_error");
        return error == null ? 0 : error & UNSIGNED;
    }

    /** Whether a person stopped the print. H2C keeps the code in {@code fail_reason} with error 0. */
    boolean isCancelledByUser() {
        Double reason = number("fail_reason");
        return BambuCodes.isCancelEcho(error()) || (reason != null && BambuCodes.isCancelEcho(reason.longValue()));
    }

    /** Whether a calibration runs as if it were a print. */
    boolean isCalibration() {
        String file = print.text("gcode_file");
        return "system".equals(print.text("print_type"))
                || (file != null && (file.startsWith("/usr/etc/print/") || file.contains("auto_cali_for_user")));
    }

    /** The name of the print; null if it has none. */
    @Nullable String name() {
        String name = print.text("subtask_name");
        String file = name == null ? print.text("gcode_file") : name;
        return file == null || name != null ? file : file.substring(file.lastIndexOf('/') + 1);
    }

    /** A number, which some models send as text. */
    @Nullable Double number(String... path) {
        return print.numberOrText(path);
    }

    /** A number without its fraction. */
    @Nullable Integer integer(String... path) {
        return print.integerOrText(path);
    }
}
