package io.github.printer2mqtt.persistence.sql;

import io.vertx.sqlclient.Tuple;
import java.util.List;

/**
 * One SQL statement of a transaction.
 *
 * @param sql with {@code ?} for values
 * @param rows the values; with more than one row it runs once for each
 */
public record Statement(String sql, List<Tuple> rows) {
    public Statement {
        rows = List.copyOf(rows);
    }

    /** A statement that runs once. */
    public static Statement of(String sql, Tuple values) {
        return new Statement(sql, List.of(values));
    }

    /** A statement without values that runs once. */
    public static Statement of(String sql) {
        return of(sql, Tuple.tuple());
    }

    /** A statement that runs once for each row of values; not at all if there are none. */
    public static Statement batch(String sql, List<Tuple> rows) {
        return new Statement(sql, rows);
    }
}
