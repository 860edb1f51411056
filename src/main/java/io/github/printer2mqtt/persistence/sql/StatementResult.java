package io.github.printer2mqtt.persistence.sql;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of one statement of a transaction.
 *
 * @param changed number of rows inserted, updated or deleted; undefined for a statement that returns rows
 * @param rows the returned rows; empty for most statements
 */
public record StatementResult(int changed, List<Row> rows) {
    static final StatementResult NOTHING = new StatementResult(0, List.of());

    public StatementResult {
        rows = List.copyOf(rows);
    }

    public static StatementResult of(RowSet<Row> result) {
        int changed = 0;
        List<Row> rows = new ArrayList<>();
        // A batch has one result for each row of values.
        for (RowSet<Row> each = result; each != null; each = each.next()) {
            changed += each.rowCount();
            each.forEach(rows::add);
        }
        return new StatementResult(changed, rows);
    }

    StatementResult and(StatementResult next) {
        List<Row> both = new ArrayList<>(rows);
        both.addAll(next.rows);
        return new StatementResult(changed + next.changed, both);
    }
}
