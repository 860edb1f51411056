package io.github.printer2mqtt.driver.prusalink;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.net.PrinterException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PrusaLink's responses -> reading. Stateless. */
final class PrusaLinkMapper {
    /**
     * Source: {@code src/state/printer_state.cpp} of the firmware and {@code State} in the Pi's SDK. The firmware reports
     * PRINTING while it finishes and aborts, and PAUSED while it pauses and resumes.
     */
    private static final Map<String, PrinterState> STATES = Map.of(
            "IDLE", PrinterState.IDLE,
            "READY", PrinterState.IDLE,
            "BUSY", PrinterState.BUSY,
            "PRINTING", PrinterState.PRINTING,
            "PAUSED", PrinterState.PAUSED,
            "FINISHED", PrinterState.FINISHED,
            "STOPPED", PrinterState.CANCELLED,
            "ATTENTION", PrinterState.ATTENTION,
            "ERROR", PrinterState.ERROR);

    /** Source: {@code get_printer_version} and the {@code PRINTER_IS_PRUSA_} macros of the firmware. */
    private static final Map<String, String> MODELS = Map.of(
            "1.3.5", "MK3.5",
            "1.3.9", "MK3.9",
            "1.3.10", "MK3.9S",
            "1.4.0", "MK4",
            "1.4.1", "MK4S",
            "2.1.0", "MINI",
            "3.1.0", "XL",
            "7.1.0", "CORE One");

    /**
     * The conditions that mean that PrusaLink on a Raspberry Pi has no connection to the printer, because it is switched off
     * or starting. All others ("Firmware detected a hardware issue", "Device is not supported") are errors for the user. Source: {@code prusa/link/conditions.py} (0.8.1).
     */
    private static final Set<String> NO_CONNECTION = Set.of(
            "Serial device does not exist",
            "RPi port is not enabled",
            "Serial number cannot be obtained",
            "Job ID cannot be obtained");

    private PrusaLinkMapper() {}

    /** @throws PrinterException if {@code /api/v1/status} has no state, or PrusaLink has no printer */
    static PrinterState state(LenientJson status) {
        LenientJson printer = status.at("printer");
        String raw = printer.text("state");
        if (raw == null) {
            throw new PrinterException(FailureReason.UNREADABLE, "the answer has no printer.state");
        }
        PrinterState state = STATES.getOrDefault(raw, PrinterState.BUSY);
        String condition = condition(printer);
        if (state == PrinterState.ERROR && condition != null && NO_CONNECTION.contains(condition)) {
            throw new PrinterException(FailureReason.DISCONNECTED, "PrusaLink has no printer: " + condition);
        }
        return state;
    }

    private static @Nullable String condition(LenientJson printer) {
        return printer.isFalse("status_printer", "ok") ? printer.text("status_printer", "message") : null;
    }

    /**
     * @param status the response of {@code /api/v1/status}
     * @param progress of its job
     * @param file the name of the job's file; null if unknown
     * @param model from {@link #model}; null if unknown
     * @throws PrinterException as in {@link #state}
     */
    static Reading reading(LenientJson status, JobProgress progress, @Nullable String file, @Nullable String model) {
        LenientJson printer = status.at("printer");
        PrinterState state = state(status);
        return new Reading(
                state,
                printer.text("state"),
                condition(printer),
                temperatures(printer),
                state == PrinterState.IDLE ? null : job(status.at("job"), state, progress, file),
                null,
                printer.integer("speed"),
                null,
                model);
    }

    /** The id of the current job; null without one. */
    static @Nullable Long jobId(LenientJson status) {
        return status.whole("job", "id");
    }

    /** The display name of the job's file, from {@code /api/v1/job}. */
    static @Nullable String fileName(LenientJson job) {
        String display = job.text("file", "display_name");
        return display == null ? job.text("file", "name") : display;
    }

    /**
     * The printer's model, from {@code /api/version}: a code in the firmware since 6.5.1, a name after "PrusaLink" on the
     * Pi.
     */
    static @Nullable String model(LenientJson version) {
        String code = version.text("printer");
        if (code != null) {
            return MODELS.getOrDefault(code, code);
        }
        String original = version.text("original");
        return original != null && original.startsWith("PrusaLink ")
                ? original.substring("PrusaLink ".length())
                : original;
    }

    private static @Nullable Job job(LenientJson job, PrinterState state, JobProgress progress, @Nullable String file) {
        if (!job.isObject()) {
            return null;
        }
        Long id = job.whole("id");
        boolean isComplete = state == PrinterState.FINISHED;
        Double percent = id == null ? job.number("progress") : progress.percent();
        return new Job(
                id == null ? null : id.toString(),
                file,
                isComplete ? Double.valueOf(100) : percent,
                job.whole("time_printing"),
                isComplete ? Long.valueOf(0) : remaining(job, state, progress),
                null,
                null);
    }

    /** While a print runs, 0 is no estimate: both servers send it right after the start. */
    private static @Nullable Long remaining(LenientJson job, PrinterState state, JobProgress progress) {
        Long remaining = job.whole("time_remaining");
        boolean isOver = state == PrinterState.CANCELLED || state == PrinterState.ERROR;
        return isOver || progress.isStale() || remaining == null || remaining == 0 ? null : remaining;
    }

    /** The firmware reports only the active tool. */
    private static Temperatures temperatures(LenientJson printer) {
        Temperatures.Temperature nozzle =
                Temperatures.Temperature.orNull(printer.number("temp_nozzle"), printer.number("target_nozzle"));
        return new Temperatures(
                nozzle == null ? List.of() : List.of(nozzle),
                Temperatures.Temperature.orNull(printer.number("temp_bed"), printer.number("target_bed")),
                null);
    }
}
