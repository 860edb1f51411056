package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.HistoryArchive;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stored history in SQL. Thread-safe. */
public final class SqlHistoryArchive implements HistoryArchive {
    /** Entries removed by one transaction, which keeps it short on an SD card. */
    private static final int BATCH = 1_000;

    /** A print that ended later than this after a period is not looked for in it. */
    private static final Duration LONGEST_PRINT = Duration.ofDays(30);

    private final Database database;

    public SqlHistoryArchive(Database database) {
        this.database = database;
    }

    @Override
    public Future<List<StoredJob>> jobs(Page page) {
        return select(Kind.JOBS, page)
                .map(rows -> rows.stream().map(HistoryRows::job).toList());
    }

    @Override
    public Future<List<StoredState>> states(Page page) {
        return select(Kind.STATES, page)
                .map(rows -> rows.stream().map(HistoryRows::state).toList());
    }

    private Future<List<Row>> select(Kind kind, Page page) {
        List<String> conditions = new ArrayList<>(List.of("1 = 1"));
        List<Object> values = new ArrayList<>();
        Filter filter = page.filter();
        add("printer = ?", filter.printer() == null ? null : filter.printer().value(), conditions, values);
        add("printer_group = ?", filter.group(), conditions, values);
        add("at >= ?", millis(filter.from()), conditions, values);
        add("at < ?", millis(filter.to()), conditions, values);
        add("id < ?", page.cursor(), conditions, values);
        if (kind == Kind.JOBS && !filter.results().isEmpty()) {
            List<String> results = WireConstant.names(filter.results());
            conditions.add("result IN (" + String.join(", ", Collections.nCopies(results.size(), "?")) + ")");
            values.addAll(results);
        }
        String sql = "SELECT * FROM " + table(kind) + " WHERE " + String.join(" AND ", conditions)
                + " ORDER BY id DESC LIMIT " + page.limit();
        return database.query(sql, Tuple.from(values));
    }

    private static void add(String condition, @Nullable Object value, List<String> conditions, List<Object> values) {
        if (value != null) {
            conditions.add(condition);
            values.add(value);
        }
    }

    @Override
    public Future<List<Totals>> totals(Instant from, Instant to) {
        long begin = from.toEpochMilli();
        long end = to.toEpochMilli();
        StringBuilder counts = new StringBuilder();
        StringBuilder sums = new StringBuilder();
        List<Object> values = new ArrayList<>();
        for (JobResult result : JobResult.values()) {
            String name = result.wireName();
            counts.append(", total.").append(name).append("_jobs");
            sums.append(", SUM(CASE WHEN at < ? AND result = '").append(name);
            sums.append("' THEN 1 ELSE 0 END) AS ").append(name).append("_jobs");
            values.add(end);
        }
        values.addAll(List.of(begin, begin, end, end, begin, end + LONGEST_PRINT.toMillis()));
        // A print lies in the period from its end back by its duration.
        String sql = "SELECT newest.printer AS printer, newest.name AS name, newest.printer_group AS printer_group,"
                + " total.printed / 1000 AS printed" + counts + " FROM (SELECT printer, MAX(id) AS newest" + sums
                + ", CAST(SUM(CASE WHEN ends > begins THEN ends - begins ELSE 0 END) AS BIGINT) AS printed FROM (SELECT id, printer, result,"
                + " at, CASE WHEN at - duration * 1000 > ? THEN at - duration * 1000 ELSE ? END AS begins,"
                + " CASE WHEN at < ? THEN at ELSE ? END AS ends FROM job_history WHERE at >= ? AND at < ?) AS part"
                + " GROUP BY printer) AS total JOIN job_history AS newest ON newest.id = total.newest"
                + " ORDER BY newest.printer";
        return database.query(sql, Tuple.from(values))
                .map(rows -> rows.stream().map(SqlHistoryArchive::totals).toList());
    }

    private static Totals totals(Row row) {
        Map<JobResult, Integer> jobs = new EnumMap<>(JobResult.class);
        for (JobResult result : JobResult.values()) {
            jobs.put(result, row.getInteger(result.wireName() + "_jobs"));
        }
        return new Totals(
                new PrinterId(row.getString("printer")),
                row.getString("name"),
                row.getString("printer_group"),
                jobs,
                row.getLong("printed"));
    }

    @Override
    public Future<Optional<Instant>> recordedSince() {
        return database.query(
                        "SELECT (SELECT MIN(id) FROM job_history) AS id,"
                                + " (SELECT recorded FROM job_history ORDER BY id LIMIT 1) AS job,"
                                + " (SELECT at FROM state_history ORDER BY id LIMIT 1) AS state",
                        Tuple.tuple())
                .map(rows -> Optional.ofNullable(recordedSince(rows.get(0))));
    }

    /** Printers report states before a print ends; after the first prints were removed, only prints count. */
    private static @Nullable Instant recordedSince(Row row) {
        Long id = row.getLong("id");
        Instant job = HistoryRows.instant(row, "job");
        Instant state = HistoryRows.instant(row, "state");
        if (job == null || state == null) {
            return job == null ? state : job;
        }
        return (id != null && id > 1) || job.isBefore(state) ? job : state;
    }

    @Override
    public Future<Boolean> removeExpired(Kind kind, Instant before, int rows) {
        String table = table(kind);
        // Only the oldest entries are looked at, so that the work does not grow with the table.
        Statement old = Statement.of(
                "DELETE FROM " + table + " WHERE id IN (SELECT id FROM (SELECT id, at FROM " + table
                        + " ORDER BY id LIMIT " + BATCH + ") AS oldest WHERE at < ?)",
                Tuple.of(before.toEpochMilli()));
        Statement surplus = Statement.of(
                "DELETE FROM " + table + " WHERE id IN (SELECT id FROM " + table + " WHERE id <= (SELECT id FROM "
                        + table + " ORDER BY id DESC LIMIT 1 OFFSET ?) ORDER BY id LIMIT " + BATCH + ")",
                Tuple.of(rows));
        return database.write(Database.Durability.NORMAL, List.of(old, surplus))
                .map(results -> results.stream().anyMatch(result -> result.changed() >= BATCH));
    }

    private static String table(Kind kind) {
        return switch (kind) {
            case JOBS -> "job_history";
            case STATES -> "state_history";
        };
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
