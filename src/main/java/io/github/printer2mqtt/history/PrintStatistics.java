package io.github.printer2mqtt.history;

import io.github.printer2mqtt.json.Json;
import io.github.printer2mqtt.model.JobResult;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prints of one printer, a group or the fleet in a period. Immutable.
 *
 * @param printers registered ones, over which the use is averaged; 0 for a removed printer
 * @param jobs prints that ended in the period; a missing result means none
 * @param printed seconds of printing of all printers
 * @param printedByRegistered seconds of printing of the registered ones
 * @param nextFree when the first of them can begin another print; null if unknown
 */
record PrintStatistics(
        int printers,
        Map<JobResult, Integer> jobs,
        long printed,
        long printedByRegistered,
        @Nullable Instant nextFree) {
    static final PrintStatistics NONE = new PrintStatistics(0, Map.of(), 0, 0, null);

    PrintStatistics {
        jobs = Map.copyOf(jobs);
    }

    PrintStatistics and(PrintStatistics other) {
        Map<JobResult, Integer> both = new EnumMap<>(JobResult.class);
        both.putAll(jobs);
        other.jobs.forEach((result, count) -> both.merge(result, count, Integer::sum));
        return new PrintStatistics(
                printers + other.printers,
                both,
                printed + other.printed,
                printedByRegistered + other.printedByRegistered,
                earlier(nextFree, other.nextFree));
    }

    /** @param seconds of the period; 0 if nothing was recorded in it */
    JsonObject document(long seconds) {
        JsonObject counts = new JsonObject()
                .put("total", jobs.values().stream().mapToInt(Integer::intValue).sum());
        for (JobResult result : JobResult.values()) {
            counts.put(result.wireName(), count(result));
        }
        int proven = count(JobResult.FINISHED) + count(JobResult.CANCELLED) + count(JobResult.FAILED);
        return new JsonObject()
                .put("jobs", counts)
                .put("success_rate", percent(count(JobResult.FINISHED), proven))
                .put("printed", printed)
                .put("use", percent(printedByRegistered, seconds * printers))
                .put("next_free", Json.text(nextFree));
    }

    private int count(JobResult result) {
        return jobs.getOrDefault(result, 0);
    }

    /** Rounded to 0.1; null of nothing. */
    private static @Nullable Double percent(long part, long whole) {
        return whole == 0 ? null : Math.min(100.0, Math.round(1000.0 * part / whole) / 10.0);
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
