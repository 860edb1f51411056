package io.github.printer2mqtt.driver.repetier;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.JobResult;
import org.jspecify.annotations.Nullable;

/**
 * What the previous reading showed of a print, by which its end is recognised: the server only stops naming it. Immutable.
 *
 * @param file null without a print
 * @param done percent; null if unknown
 * @param left estimated seconds to its end; null if unknown
 */
record RepetierPrint(
        @Nullable String file,
        @Nullable Double done,
        @Nullable Long left) {
    static final RepetierPrint NONE = new RepetierPrint(null, null, null);

    private static final double COMPLETE = 99.5;

    /** A print with more left than this cannot have finished by the next reading. */
    private static final long LONG_SECONDS = 120;

    private static final double FAR_FROM_COMPLETE = 95;

    static RepetierPrint of(LenientJson printer) {
        return new RepetierPrint(
                RepetierMapper.file(printer), printer.number("done"), RepetierMapper.remaining(printer));
    }

    /** The result that the end of the print proves; null if it has not ended, or nothing is proven. */
    @Nullable JobResult result(LenientJson printer) {
        Double percent = done;
        if (file == null || RepetierMapper.file(printer) != null || percent == null) {
            return null;
        }
        if (percent >= COMPLETE) {
            return JobResult.FINISHED;
        }
        return percent < FAR_FROM_COMPLETE && left != null && left > LONG_SECONDS ? JobResult.CANCELLED : null;
    }
}
