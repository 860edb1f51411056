package io.github.printer2mqtt.persistence.sql;

import io.vertx.sqlclient.Tuple;
import java.util.List;

/**
 * One SQL statement of a transaction.
 *
 * @param sql with {@code ?} as placeholders
 * @param rows the values; the statement runs once for each row, and not at all without one
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
}
