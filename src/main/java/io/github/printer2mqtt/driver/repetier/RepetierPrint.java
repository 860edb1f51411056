package io.github.printer2mqtt.driver.repetier;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.JobResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the previous reading showed of a print, by which its end is recognised: the server only stops naming it. Immutable.
 *
 * @param file null without a print
 * @param id of the print; null if unknown
 * @param done percent; null if unknown
 * @param left estimated seconds to its end; null if unknown
 * @param stated the result by an event of the server; null if there was none
 * @param endedAt when its end was seen without such an event, in nanoseconds of monotonic time; null if it was not
 */
record RepetierPrint(
        @Nullable String file,
        @Nullable Long id,
        @Nullable Double done,
        @Nullable Long left,
        @Nullable JobResult stated,
        @Nullable Long endedAt) {
    static final RepetierPrint NONE = new RepetierPrint(null, null, null, null, null, null);

    /** The list may come before the event. */
    private static final Duration EVENT_WITHIN = Duration.ofSeconds(1);

    private static final double COMPLETE = 99.5;

    /** A print with more left than this cannot have finished by the next reading. */
    private static final long LONG_SECONDS = 120;

    private static final double FAR_FROM_COMPLETE = 95;

    /** After another reading, which may still name a print whose end was stated. */
    RepetierPrint next(LenientJson printer) {
        Long newId = printer.whole("jobid");
        boolean isSame = newId != null && newId.equals(id);
        return new RepetierPrint(
                RepetierMapper.file(printer),
                newId,
                printer.number("done"),
                RepetierMapper.remaining(printer),
                isSame ? stated : null,
                null);
    }

    /** The result that an event of this name states; null if it states none. */
    static @Nullable JobResult statedBy(String event) {
        return switch (event) {
            case "jobFinished" -> JobResult.FINISHED;
            case "jobKilled", "jobDeactivated" -> JobResult.CANCELLED;
            default -> null;
        };
    }

    /** After an event that states the result of the print that runs. */
    RepetierPrint ended(JobResult result) {
        return file == null ? this : new RepetierPrint(file, id, done, left, result, endedAt);
    }

    /**
     * Whether the print ended, and an event may still say how.
     *
     * @param now monotonic time in nanoseconds
     */
    boolean awaitsEvent(LenientJson printer, long now) {
        boolean hasEnded = file != null && RepetierMapper.file(printer) == null;
        return hasEnded && stated == null && (endedAt == null || now - endedAt < EVENT_WITHIN.toNanos());
    }

    /** The end was seen; the first time counts. */
    RepetierPrint endSeen(long now) {
        return endedAt == null ? new RepetierPrint(file, id, done, left, stated, now) : this;
    }

    /** The result that the end of the print proves; null if it has not ended, or nothing is proven. */
    @Nullable JobResult result(LenientJson printer) {
        Double percent = done;
        if (file == null || RepetierMapper.file(printer) != null) {
            return null;
        }
        if (stated != null) {
            return stated;
        }
        if (percent == null) {
            return null;
        }
        if (percent >= COMPLETE) {
            return JobResult.FINISHED;
        }
        return percent < FAR_FROM_COMPLETE && left != null && left > LONG_SECONDS ? JobResult.CANCELLED : null;
    }
}
