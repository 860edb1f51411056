package io.github.printer2mqtt.driver.duet;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.JobResult;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the previous reading showed of a print, by which its end is recognised: the firmware only becomes idle. Immutable.
 *
 * @param phase of that print
 * @param file the path of its file; null if unknown
 * @param progress how much of the file was read, in percent; null if unknown
 * @param upTime of the board; null if unknown
 * @param endedAt when the end was seen, in nanoseconds of monotonic time; 0 before the end
 */
record PrintEnd(
        Phase phase,
        @Nullable String file,
        @Nullable Double progress,
        @Nullable Long upTime,
        long endedAt) {
    static final PrintEnd NONE = new PrintEnd(Phase.NONE, null, null, null, 0);

    /**
     * So long the flags of the result may still be those of the print before. DuetSoftwareFramework sets them after the board
     * has become idle, and sends only those that differ. Source: {@code JobProcessor.cs} of DuetControlServer.
     */
    private static final Duration FLAGS_AFTER = Duration.ofSeconds(2);

    /** A print of which less was read cannot have reached its end until the next poll. */
    private static final double NEARLY_READ = 95;

    private static final Set<String> MOVING = Set.of("processing", "resuming");
    private static final Set<String> HELD = Set.of("pausing", "paused", "cancelling");

    /** A tool change during a print, or a macro during it or at its end. */
    private static final Set<String> BETWEEN = Set.of("changingTool", "busy");

    enum Phase {
        NONE,
        MOVING,
        /** Only a held print can be cancelled. */
        HELD,
        /** The end was seen, and the server will state the result. */
        ENDED
    }

    /**
     * After another response.
     *
     * @param now monotonic time in nanoseconds
     */
    PrintEnd next(DuetModel model, boolean statesResults, long now) {
        String status = model.status();
        if (MOVING.contains(status)) {
            return of(Phase.MOVING, model);
        }
        if (HELD.contains(status)) {
            return of(Phase.HELD, model);
        }
        if (status.equals("idle") && model.isDialogOpen()) {
            return this; // the result follows when the dialog is closed
        }
        if (status.equals("idle") && statesResults && endsWith(model) && !areFlagsSet(now)) {
            return phase == Phase.ENDED ? this : new PrintEnd(Phase.ENDED, file, progress, model.upTime(), now);
        }
        return BETWEEN.contains(status) ? this : NONE;
    }

    private PrintEnd of(Phase seen, DuetModel model) {
        String path = model.filePath();
        return new PrintEnd(seen, path == null ? file : path, model.progress(), model.upTime(), 0);
    }

    /** Whether a print ended between the two responses: a board that restarted in between lost it. */
    private boolean endsWith(DuetModel model) {
        Long now = model.upTime();
        return phase != Phase.NONE && (upTime == null || now == null || now >= upTime);
    }

    private boolean areFlagsSet(long now) {
        return phase == Phase.ENDED && now - endedAt >= FLAGS_AFTER.toNanos();
    }

    /** Whether the print ended, and a later response says how. */
    boolean awaitsResult() {
        return phase == Phase.ENDED;
    }

    /**
     * The result that a response proves for the print of this reading; null if it proves none.
     *
     * @param now monotonic time in nanoseconds
     */
    @Nullable JobResult result(DuetModel model, boolean statesResults, long now) {
        if (!model.status().equals("idle") || model.isDialogOpen() || !endsWith(model) || !isLast(model.job())) {
            return null;
        }
        if (!statesResults) {
            return derived();
        }
        return areFlagsSet(now) ? stated(model.job()) : null;
    }

    /** Another file may have been printed in the meantime. */
    private boolean isLast(LenientJson job) {
        String last = job.text("lastFileName");
        return file == null || last == null || Objects.equals(last, file);
    }

    /** {@code lastFileSimulated} was no print. */
    private static @Nullable JobResult stated(LenientJson job) {
        if (job.isTrue("lastFileSimulated")) {
            return null;
        }
        if (job.isTrue("lastFileCancelled")) {
            return JobResult.CANCELLED;
        }
        if (job.isTrue("lastFileAborted")) {
            return JobResult.FAILED;
        }
        return job.isFalse("lastFileAborted") ? JobResult.FINISHED : null;
    }

    /** As Duet's own web page does, except that a print that stopped early did not finish. */
    private @Nullable JobResult derived() {
        if (phase == Phase.HELD) {
            return JobResult.CANCELLED;
        }
        return phase == Phase.MOVING && progress != null && progress >= NEARLY_READ ? JobResult.FINISHED : null;
    }
}
