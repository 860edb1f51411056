package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.persistence.HistoryRepository.EndedJob;
import io.github.printer2mqtt.persistence.HistoryRepository.Print;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Describes a print that ended, for the history: only what the readings around its end show. Pure. */
final class EndedPrints {
    private EndedPrints() {}

    /**
     * @param previous the reading before the end; null if the end was not seen
     * @param reading the one that shows the end
     */
    static EndedJob describe(
            Printer printer, PrintLog.Ended ended, @Nullable Reading previous, Reading reading, Instant at) {
        Job job = ended.job();
        JobResult result = ended.last().result();
        // A print that is seen first when it has ended has no reading before.
        Reading during = ended.print().firstSeenAt().equals(at) ? null : previous;
        return new EndedJob(
                printer.id(),
                printer.name(),
                printer.group(),
                ended.print(),
                ended.last().endedAt(),
                at,
                job.id(),
                job.file(),
                result,
                result == JobResult.FINISHED ? Double.valueOf(100) : job.progress(),
                duration(ended, reading),
                during == null ? null : filament(during));
    }

    private static @Nullable Long duration(PrintLog.Ended ended, Reading reading) {
        Job shown = reading.job();
        Long last = ended.job().elapsed();
        boolean isShown = shown != null
                && ended.last().result() != JobResult.UNKNOWN
                && ended.job().isNamedLike(shown);
        Long after = isShown && shown != null ? shown.elapsed() : null;
        if (last != null && after != null) {
            return Math.max(last, after); // some printers count from 0 again
        }
        Long counted = last == null ? after : last;
        return counted == null ? between(ended.print(), ended.last().endedAt()) : counted;
    }

    private static @Nullable Long between(Print print, @Nullable Instant end) {
        Instant start = print.startedAt();
        boolean isKnown = start != null && end != null && !end.isBefore(start);
        return isKnown ? Duration.between(start, end).toSeconds() : null;
    }

    /** The types of the filaments in use; without such a mark, the type if only one is loaded. */
    private static @Nullable String filament(Reading reading) {
        Stream<Reading.Filament> used = reading.details().filaments().stream()
                .filter(filament -> Boolean.TRUE.equals(filament.active())
                        || (filament.active() == null
                                && reading.details().filaments().size() == 1));
        String types = used.map(Reading.Filament::type)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(", "));
        return types.isEmpty() ? null : types;
    }
}
