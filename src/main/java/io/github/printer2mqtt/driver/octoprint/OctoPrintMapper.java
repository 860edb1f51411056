package io.github.printer2mqtt.driver.octoprint;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** OctoPrint's responses -> reading. Stateless. */
final class OctoPrintMapper {
    /** The completion of a finished print, apart from rounding. */
    private static final double COMPLETE = 99.99;

    /** A completion from here on is nonsense and does not prove that the print ended. */
    private static final double IMPLAUSIBLE = 100.5;

    /** Below this, a remaining time of 0 means that OctoPrint has no estimate yet. */
    private static final double NEARLY_COMPLETE = 99.9;

    private enum Phase {
        /** No printer is connected. */
        OFFLINE(PrinterState.UNKNOWN),
        CONNECTING(PrinterState.BUSY),
        OPERATIONAL(PrinterState.IDLE),
        STARTING(PrinterState.PREPARING),
        PRINTING(PrinterState.PRINTING),
        PAUSED(PrinterState.PAUSED),
        CANCELLING(PrinterState.BUSY),
        /** A file is uploaded to the printer's SD card; not a print. */
        TRANSFERRING(PrinterState.BUSY),
        ERROR(PrinterState.ERROR),
        /** An unknown state text without a flag that explains it. */
        OTHER(PrinterState.BUSY);

        private final PrinterState state;

        Phase(PrinterState state) {
            this.state = state;
        }

        boolean isActive() {
            return this == STARTING || this == PRINTING || this == PAUSED || this == CANCELLING;
        }
    }

    /**
     * Source: {@code get_state_string} in OctoPrint's {@code util/comm.py} (1.11.8) and {@code ConnectedPrinterState} in
     * {@code printer/connection.py} (2.0.0rc3).
     */
    private static final Map<String, Phase> PHASES = Map.ofEntries(
            Map.entry("Offline", Phase.OFFLINE),
            Map.entry("Closed", Phase.OFFLINE),
            Map.entry("Opening serial connection", Phase.CONNECTING),
            Map.entry("Detecting serial connection", Phase.CONNECTING),
            Map.entry("Detecting", Phase.CONNECTING),
            Map.entry("Connecting", Phase.CONNECTING),
            Map.entry("Operational", Phase.OPERATIONAL),
            Map.entry("Starting", Phase.STARTING),
            Map.entry("Starting print from SD", Phase.STARTING),
            Map.entry("Printing", Phase.PRINTING),
            Map.entry("Printing from SD", Phase.PRINTING),
            Map.entry("Pausing", Phase.PRINTING),
            Map.entry("Resuming", Phase.PRINTING),
            Map.entry("Finishing", Phase.PRINTING),
            Map.entry("Paused", Phase.PAUSED),
            Map.entry("Cancelling", Phase.CANCELLING),
            Map.entry("Starting to send file to SD", Phase.TRANSFERRING),
            Map.entry("Sending file to SD", Phase.TRANSFERRING),
            Map.entry("Transferring file to SD", Phase.TRANSFERRING),
            Map.entry("Transferring file to printer", Phase.TRANSFERRING),
            Map.entry("Error", Phase.ERROR),
            Map.entry("Offline after error", Phase.ERROR));

    private OctoPrintMapper() {}

    /** Whether to request {@code /api/printer}; without a printer each request is a warning in OctoPrint's log. */
    static boolean hasPrinter(LenientJson job) {
        return switch (byText(stateText(job))) {
            case OFFLINE, CONNECTING, ERROR -> false;
            default -> true;
        };
    }

    /** Whether OctoPrint has no printer. Parameters as of {@link #reading}. */
    static boolean isOffline(LenientJson job, LenientJson printer) {
        return phase(job, printer) == Phase.OFFLINE;
    }

    /**
     * @param job the response of {@code /api/job}
     * @param printer the response of {@code /api/printer}; empty if it was not requested, or refused
     * @param watchedFile the result of {@link #watchedFile} for the previous responses
     * @param missing capabilities that the printer lacks
     * @throws PrinterException if OctoPrint has no printer
     */
    static Reading reading(
            LenientJson job, LenientJson printer, @Nullable String watchedFile, Set<Capability> missing) {
        Phase phase = phase(job, printer);
        if (phase == Phase.OFFLINE) {
            throw new PrinterException(FailureReason.DISCONNECTED, "OctoPrint is not connected to the printer");
        }
        boolean finished = phase == Phase.OPERATIONAL && isFinished(job);
        boolean cancelled = phase == Phase.OPERATIONAL && watchedFile != null && wasCancelled(job, watchedFile);
        return new Reading(
                finished ? PrinterState.FINISHED : phase.state,
                stateText(job),
                phase == Phase.ERROR ? errorText(job, printer) : null,
                OctoPrintHeaters.temperatures(printer.at("temperature")),
                finished || hasJob(phase, job) ? job(job) : null,
                cancelled ? JobResult.CANCELLED : null,
                null,
                null,
                null,
                missing,
                null);
    }

    /**
     * The file of a print that was seen running and may only end by being cancelled; null if there is none. After an error or
     * a lost printer a later state proves nothing.
     */
    static @Nullable String watchedFile(LenientJson job, LenientJson printer, @Nullable String before) {
        Phase phase = phase(job, printer);
        if (phase.isActive()) {
            return fileKey(job);
        }
        return switch (phase) {
            case OPERATIONAL -> Objects.equals(fileKey(job), before) && !isFinished(job) ? before : null;
            case OTHER -> before;
            default -> null;
        };
    }

    /**
     * The flags are more reliable than the text, which plugins of 2.0 define. They come with the second response, though: if
     * its text differs, the state changed in between, and only the first text fits the progress.
     */
    private static Phase phase(LenientJson job, LenientJson printer) {
        String text = stateText(job);
        Phase byText = byText(text);
        LenientJson flags = printer.at("state", "flags");
        boolean sameMoment = text.equals(printer.text("state", "text"));
        return flags.isObject() && (sameMoment || byText == Phase.OTHER) ? byFlags(flags, byText) : byText;
    }

    private static Phase byText(String text) {
        Phase known = PHASES.get(text);
        if (known != null) {
            return known;
        }
        // Old releases append the error to the state.
        return text.startsWith("Error:") || text.startsWith("Offline (Error:") ? Phase.ERROR : Phase.OTHER;
    }

    /** The order matters: pausing, resuming, finishing and cancelling are set together with printing. */
    private static Phase byFlags(LenientJson flags, Phase byText) {
        if (flags.isTrue("error")) {
            return Phase.ERROR;
        }
        if (flags.isTrue("closedOrError")) {
            return Phase.OFFLINE;
        }
        if (flags.isTrue("cancelling")) {
            return Phase.CANCELLING;
        }
        if (flags.isTrue("pausing") || flags.isTrue("resuming") || flags.isTrue("finishing")) {
            return Phase.PRINTING;
        }
        if (flags.isTrue("paused")) {
            return Phase.PAUSED;
        }
        if (flags.isTrue("printing")) {
            return byText == Phase.STARTING || byText == Phase.TRANSFERRING ? byText : Phase.PRINTING;
        }
        if (flags.isTrue("ready") || flags.isTrue("operational")) {
            return byText == Phase.TRANSFERRING ? byText : Phase.OPERATIONAL;
        }
        return byText == Phase.OTHER ? Phase.OTHER : Phase.CONNECTING;
    }

    private static String stateText(LenientJson job) {
        String text = job.text("state");
        if (text == null) {
            throw new PrinterException(FailureReason.UNREADABLE, "the answer of /api/job has no state");
        }
        return text.strip();
    }

    private static @Nullable String errorText(LenientJson job, LenientJson printer) {
        String error = job.text("error");
        String other = error == null ? printer.text("state", "error") : error;
        return other == null ? job.text("state") : other;
    }

    private static boolean isFinished(LenientJson job) {
        Double completion = completion(job);
        return completion != null && completion >= COMPLETE && completion < IMPLAUSIBLE && fileKey(job) != null;
    }

    /** After a cancelled print its file stays selected, with all progress null. */
    private static boolean wasCancelled(LenientJson job, String watchedFile) {
        return watchedFile.equals(fileKey(job))
                && completion(job) == null
                && job.number("progress", "filepos") == null
                && job.number("progress", "printTime") == null;
    }

    private static boolean hasJob(Phase phase, LenientJson job) {
        return phase.isActive() || (phase == Phase.OTHER && completion(job) != null);
    }

    private static Job job(LenientJson job) {
        Double completion = completion(job);
        Long left = job.whole("progress", "printTimeLeft");
        boolean noEstimate = left != null && left == 0 && (completion == null || completion < NEARLY_COMPLETE);
        String display = job.text("job", "file", "display");
        return new Job(
                null,
                display == null ? job.text("job", "file", "name") : display,
                completion,
                job.whole("progress", "printTime"),
                noEstimate ? null : left,
                null,
                null);
    }

    private static @Nullable Double completion(LenientJson job) {
        return job.number("progress", "completion");
    }

    /** Identifies the selected file; null if there is none. */
    private static @Nullable String fileKey(LenientJson job) {
        LenientJson file = job.at("job", "file");
        String path = file.text("path");
        String key = path == null ? file.text("name") : path;
        return key == null ? null : file.text("origin") + ":" + key;
    }
}
