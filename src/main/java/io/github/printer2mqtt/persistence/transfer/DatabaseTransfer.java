package io.github.printer2mqtt.persistence.transfer;

import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.Statement;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Copies all rows of one database into another one with the same schema, as they are and in one transaction. For databases that
 * nothing else uses. Not thread-safe; used once.
 */
public final class DatabaseTransfer {
    private static final int PAGE = 500;

    private final Database from;
    private final Database to;
    private final Iterator<Tables.Table> tables = Tables.ALL.iterator();
    private Tables.@Nullable Table table;
    private @Nullable Tuple lastKey;
    private long rows;

    public DatabaseTransfer(Database from, Database to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Copies everything. Fails with a {@link DatabaseException} if the source is empty or the target is not; nothing is stored
     * then.
     *
     * @return the number of rows
     */
    public Future<Long> run() {
        return firstFilled(from, Tables.ALL.iterator())
                .compose(filled -> filled == null
                        ? refused("--from: the database has nothing to copy")
                        : firstFilled(to, Tables.ALL.iterator()))
                .compose(filled -> filled == null
                        ? to.load(this::nextPage)
                        : refused("--to: the database is not empty (its table " + filled
                                + " has rows); name a new file or an empty database"))
                .map(copied -> rows);
    }

    private static <T extends @Nullable Object> Future<T> refused(String reason) {
        return Future.failedFuture(new DatabaseException(Kind.NOT_OURS, reason + "; nothing was copied"));
    }

    /** The first table with rows; null if none has any. */
    private static Future<@Nullable String> firstFilled(Database database, Iterator<Tables.Table> rest) {
        if (!rest.hasNext()) {
            return Future.succeededFuture();
        }
        String name = rest.next().name();
        return database.query("SELECT 1 FROM " + name + " LIMIT 1", Tuple.tuple())
                .compose(found -> found.isEmpty() ? firstFilled(database, rest) : Future.succeededFuture(name));
    }

    private Future<List<Statement>> nextPage() {
        Tables.Table current = table;
        if (current == null) {
            if (!tables.hasNext()) {
                return Future.succeededFuture(List.of());
            }
            current = tables.next();
            table = current;
            lastKey = null;
        }
        Tables.Table read = current;
        return select(read).compose(page -> {
            if (page.size() < PAGE) {
                table = null;
            } else {
                Row last = page.get(page.size() - 1);
                lastKey = Tuple.from(read.key().stream().map(last::getValue).toList());
            }
            rows += page.size();
            return page.isEmpty() ? nextPage() : Future.succeededFuture(List.of(insertion(read, page)));
        });
    }

    private Future<List<Row>> select(Tables.Table read) {
        String key = String.join(", ", read.key());
        Tuple after = lastKey;
        String condition = after == null ? "" : " WHERE (" + key + ") > (" + placeholders(after.size()) + ")";
        return from.query(
                "SELECT * FROM " + read.name() + condition + " ORDER BY " + key + " LIMIT " + PAGE,
                after == null ? Tuple.tuple() : after);
    }

    private static Statement insertion(Tables.Table into, List<Row> page) {
        Row first = page.get(0);
        List<String> columns =
                IntStream.range(0, first.size()).mapToObj(first::getColumnName).toList();
        return new Statement(
                "INSERT INTO " + into.name() + " (" + String.join(", ", columns) + ") VALUES ("
                        + placeholders(columns.size()) + ")",
                page.stream().map(DatabaseTransfer::values).toList());
    }

    private static Tuple values(Row row) {
        Tuple values = Tuple.tuple();
        for (int i = 0; i < row.size(); i++) {
            values.addValue(row.getValue(i));
        }
        return values;
    }

    private static String placeholders(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }
}
