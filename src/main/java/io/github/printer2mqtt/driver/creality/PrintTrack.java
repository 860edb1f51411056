package io.github.printer2mqtt.driver.creality;

import io.github.printer2mqtt.model.JobResult;
import org.jspecify.annotations.Nullable;

/**
 * What one connection remembers of the print, because some models forget it at its end: {@code state} is 0 again, while the progress and
 * the file name stay. Not thread-safe.
 */
final class PrintTrack {
    private static final double COMPLETE = 100;

    private boolean running;
    private boolean stopping;

    /** Whether the progress rose to 100 while the print ran, and was not 100 from the start. */
    private boolean wasBelow;

    private boolean isComplete;

    /** {@code state} of an end that was shown while the machine still moved. */
    private @Nullable Integer stated;

    private @Nullable JobResult result;

    void update(CrealityReport report) {
        if (report.isUnderWay()) {
            onRunning(report);
        } else if (running) {
            onLeaving(report);
        }
    }

    private void onRunning(CrealityReport report) {
        if (!running) {
            running = true;
            wasBelow = false;
            isComplete = false;
            result = null;
        }
        stated = null;
        stopping = report.isStopping();
        updateProgress(report);
    }

    private void updateProgress(CrealityReport report) {
        Double progress = report.progress();
        if (progress != null) {
            wasBelow = wasBelow || progress < COMPLETE;
            isComplete = wasBelow && progress >= COMPLETE;
        }
    }

    /** The end code of the print, and the stop of the machine, may still run. */
    private void onLeaving(CrealityReport report) {
        Integer state = report.state();
        if (state != null && state != CrealityReport.IDLE) {
            stated = state;
        }
        updateProgress(report);
        if (!report.isDeviceBusy()) {
            running = false;
            result = result();
        }
    }

    private JobResult result() {
        int end = stated == null ? CrealityReport.IDLE : stated;
        return switch (end) {
            case CrealityReport.COMPLETE -> JobResult.FINISHED;
            case CrealityReport.FAILED -> JobResult.FAILED;
            case CrealityReport.ABORTED -> JobResult.CANCELLED;
            default -> stopping ? JobResult.CANCELLED : isComplete ? JobResult.FINISHED : JobResult.UNKNOWN;
        };
    }

    /** How the print ended that was seen running on this connection; null if none was, one runs, or nothing proves it. */
    @Nullable JobResult outcome() {
        return result == JobResult.UNKNOWN ? null : result;
    }
}
