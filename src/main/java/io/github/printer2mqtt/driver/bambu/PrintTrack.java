package io.github.printer2mqtt.driver.bambu;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one connection remembers of the print, because reports do not repeat it: whether it was cancelled or failed, its name, and how
 * far it came. Not thread-safe.
 */
final class PrintTrack {
    /**
     * How long an end during the preparation, without an error, stays undecided: the mark of a cancelled print was seen up to 4.6 s
     * after the end.
     */
    private static final Duration UNDECIDED = Duration.ofSeconds(8);

    private @Nullable String state;
    private long error;
    private @Nullable String name;
    private boolean calibration;
    private boolean cancelled;
    private long failure;
    private boolean endedInPreparation;
    private long endedAt;
    private @Nullable Double progress;
    private @Nullable Integer layer;
    private @Nullable Integer layers;

    /** How a print with the state FAILED ended. */
    enum End {
        CANCELLED,
        FAILED,
        /** The next seconds tell. */
        UNDECIDED
    }

    /** @param nanos monotonic time */
    void update(BambuReport report, long nanos) {
        String now = report.state();
        if (now == null) {
            return;
        }
        boolean isNew = !now.equals(state);
        if (report.isUnderWay()) {
            if (!wasUnderWay()) {
                forget();
            }
            name = report.name();
            calibration = report.isCalibration();
            remember(report, now);
        } else if (now.equals(BambuReport.FAILED)) {
            updateEnd(report, nanos, isNew);
        }
        // After its end a print keeps its name: some firmware shows the next one's before it starts.
        if (name == null || (now.equals(BambuReport.IDLE) && isNew)) {
            name = report.name();
        }
        state = now;
        error = report.error();
    }

    private boolean wasUnderWay() {
        String before = state;
        return before != null
                && (BambuReport.PREPARING.contains(before)
                        || before.equals(BambuReport.RUNNING)
                        || before.equals(BambuReport.PAUSE));
    }

    private void forget() {
        cancelled = false;
        failure = 0;
        endedInPreparation = false;
        progress = null;
        layer = null;
        layers = null;
    }

    private void remember(BambuReport report, String now) {
        if (BambuReport.PREPARING.contains(now)) {
            return; // still the values of the print before
        }
        Double percent = report.number("mc_percent");
        progress = percent != null && percent > 0 ? percent : progress;
        Integer total = report.integer("total_layer_num");
        layers = total != null && total > 0 ? total : layers;
        Integer current = report.integer("layer_num");
        // Until it prints the firmware may show the last layer of the print before.
        layer = current == null || current < 0 || (layers != null && current > layers) ? null : current;
    }

    private void updateEnd(BambuReport report, long nanos, boolean isNew) {
        if (isNew) {
            boolean wasPaused = BambuReport.PAUSE.equals(state);
            cancelled = false;
            endedInPreparation = state != null && BambuReport.PREPARING.contains(state);
            endedAt = nanos;
            // A paused print with an error was stopped by a person, unless it ends with one.
            failure = !wasPaused && state != null && BambuCodes.isFailure(error) ? error : 0;
        }
        if (report.isCancelledByUser()) {
            cancelled = failure == 0;
        } else if (!cancelled && BambuCodes.isFailure(report.error())) {
            failure = report.error();
        }
    }

    /** Of a print with the state FAILED. */
    End end(long nanos) {
        if (cancelled || (failure == 0 && !endedInPreparation)) {
            return End.CANCELLED;
        }
        return failure == 0 && nanos - endedAt < UNDECIDED.toNanos() ? End.UNDECIDED : End.FAILED;
    }

    /** The error that ended the print; 0 if it is unknown. */
    long failure() {
        return failure;
    }

    boolean isCalibration() {
        return calibration;
    }

    @Nullable String name() {
        return name;
    }

    /** Percent, as far as it came. */
    @Nullable Double progress() {
        return progress;
    }

    @Nullable Integer layer() {
        return layer;
    }

    @Nullable Integer layers() {
        return layers;
    }
}
