package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.text.TextSanitizer;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads from Moonraker's history how a print ended that was not seen to end: once at the start of the session, and once when
 * a running print disappears. Belongs to the session's event loop.
 */
final class HistoryReader {
    /** Source: {@code moonraker/components/history.py}; {@code server_exit} leaves the print running. */
    private static final Map<String, JobResult> BY_STATUS = Map.of(
            "completed", JobResult.FINISHED,
            "cancelled", JobResult.CANCELLED,
            "error", JobResult.FAILED,
            "klippy_shutdown", JobResult.FAILED,
            "klippy_disconnect", JobResult.FAILED,
            "interrupted", JobResult.FAILED);

    /** In seconds since 1970; later times are nonsense. */
    private static final double MAX_TIME = 1e11;

    private boolean isPending = true;

    /** The last print; empty if it is not needed or not known. */
    Future<Optional<LastJob>> read(LenientJson status, Lookups lookups) {
        boolean isIdle = MoonrakerMapper.isReady(status) && "standby".equals(status.text("print_stats", "state"));
        if (MoonrakerJob.running(status) != null) {
            isPending = true;
        } else if (MoonrakerMapper.isReady(status) && !isIdle) {
            isPending = false;
        }
        if (!isIdle || !isPending) {
            return Future.succeededFuture(Optional.empty());
        }
        isPending = false;
        return lookups.history().map(history -> history.map(HistoryReader::newest));
    }

    private static @Nullable LastJob newest(LenientJson history) {
        List<LenientJson> jobs = history.elements("jobs");
        LenientJson job = jobs.isEmpty() ? LenientJson.empty() : jobs.get(0);
        String status = job.text("status");
        JobResult result = status == null ? null : BY_STATUS.get(status);
        String file = TextSanitizer.line(job.text("filename"), 256);
        return result == null || file == null
                ? null
                : new LastJob(TextSanitizer.line(job.text("job_id"), 64), file, result, time(job.number("end_time")));
    }

    private static @Nullable Instant time(@Nullable Double seconds) {
        return seconds == null || seconds <= 0 || seconds > MAX_TIME
                ? null
                : Instant.ofEpochMilli(Math.round(seconds * 1000));
    }
}
