package io.github.printer2mqtt.http;

import io.github.printer2mqtt.history.HistoryService.StatisticsQuery;
import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.HistoryArchive.Filter;
import io.github.printer2mqtt.persistence.HistoryArchive.Kind;
import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query parameters of history and statistics; each may be given once. A wrong one is a problem of status 400. */
record HistoryParameters(MultiMap given) {
    private static final Duration MAX_PERIOD = Duration.ofDays(366);
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    Kind kind() {
        String text = text("kind");
        Kind kind = text == null ? Kind.JOBS : WireConstant.find(Kind.class, text);
        if (kind == null) {
            throw wrong("kind", text, WireConstant.oneOf(Kind.class));
        }
        return kind;
    }

    Filter filter(Kind kind) {
        Set<JobResult> results = results();
        if (kind == Kind.STATES && !results.isEmpty()) {
            throw Problem.invalidParameter("result", "only jobs have a result, expected kind=jobs");
        }
        Instant from = time("from");
        Instant to = time("to");
        requireOrder(from, to);
        return new Filter(printer(), text("group"), from, to, results);
    }

    @Nullable Long cursor() {
        String text = text("cursor");
        if (text == null) {
            return null;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw wrong("cursor", text, "the value of next in the page before");
        }
        return Long.valueOf(text);
    }

    int limit(int usual, int max) {
        String text = text("limit");
        if (text == null) {
            return usual;
        }
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > max) {
            throw wrong("limit", text, "a whole number from 1 to " + max);
        }
        return Integer.parseInt(text);
    }

    /** @param now the end of a period without one */
    StatisticsQuery statistics(Instant now) {
        Instant from = time("from");
        Instant to = time("to");
        Instant end = to == null ? now : to;
        requireOrder(from, end);
        if (from != null && Duration.between(from, end).compareTo(MAX_PERIOD) > 0) {
            throw Problem.invalidParameter(
                    "from", "the period is too long, expected at most " + MAX_PERIOD.toDays() + " days");
        }
        return new StatisticsQuery(from, to, printer(), text("group"));
    }

    private static void requireOrder(@Nullable Instant from, @Nullable Instant to) {
        if (from != null && to != null && !from.isBefore(to)) {
            throw Problem.invalidParameter("from", "found " + from + ", expected a time before " + to);
        }
    }

    private @Nullable PrinterId printer() {
        String text = text("printer");
        try {
            return text == null ? null : new PrinterId(text);
        } catch (InvalidValueException e) {
            throw Problem.invalidParameter("printer", String.valueOf(e.getMessage()));
        }
    }

    private Set<JobResult> results() {
        Set<JobResult> results = EnumSet.noneOf(JobResult.class);
        String text = text("result");
        for (String name : text == null ? List.<String>of() : List.of(text.split(",", -1))) {
            JobResult result = WireConstant.find(JobResult.class, name);
            if (result == null) {
                throw wrong("result", name, WireConstant.oneOf(JobResult.class));
            }
            results.add(result);
        }
        return results;
    }

    /** A plus sign that was not escaped arrives as a space. */
    private @Nullable Instant time(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        Instant time = null;
        try {
            time = text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeParseException e) {
            // Reported below, like a time that is out of range.
        }
        if (time == null || time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw wrong(name, text, "a date or time such as 2026-11-21 or 2026-11-21T09:50:00Z");
        }
        return time;
    }

    private @Nullable String text(String name) {
        List<String> values = given.getAll(name);
        if (values.size() > 1) {
            throw Problem.invalidParameter(name, "found " + values.size() + " values, expected one");
        }
        return values.isEmpty() || values.get(0).isEmpty() ? null : values.get(0);
    }

    private static Problem.HttpProblemException wrong(String name, @Nullable String found, String expected) {
        return Problem.invalidParameter(
                name, "found " + QuotedText.of(String.valueOf(found)) + ", expected " + expected);
    }
}
