package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.persistence.DatabaseException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * One attempt at one transaction on one connection. Not thread-safe.
 *
 * <p>BEGIN, COMMIT and ROLLBACK are sent as SQL: transactions of the JDBC client leave auto-commit off for good, after
 * which later writes report success and are lost.
 */
public final class Transaction {
    private static final int MAX_BATCH = 500;

    private final Vertx vertx;
    private final SqlConnection connection;
    private final List<Statement> statements;
    private boolean ended;

    public Transaction(Vertx vertx, SqlConnection connection, List<Statement> statements) {
        this.vertx = vertx;
        this.connection = connection;
        this.statements = statements;
    }

    /**
     * Runs the transaction. If a statement fails or the limit passes, it is rolled back, and the future fails with the
     * first failure.
     *
     * @param begin the SQL that opens a transaction in this database
     */
    public Future<List<StatementResult>> run(String begin, Duration limit) {
        return execute(begin)
                .compose(begun -> body(limit)
                        .compose(results -> execute("COMMIT").map(results))
                        .recover(this::rollBack));
    }

    private Future<List<StatementResult>> body(Duration limit) {
        Promise<List<StatementResult>> end = Promise.promise();
        long timer = vertx.setTimer(limit.toMillis(), late -> {
            ended = true;
            end.tryFail(new DatabaseException(
                    DatabaseException.Kind.TIMEOUT,
                    "the database needed more than " + limit.toMillis() + " ms; nothing was stored"));
        });
        next(statements.iterator(), new ArrayList<>(statements.size()), end);
        return end.future().onComplete((results, failure) -> vertx.cancelTimer(timer));
    }

    /** Sends nothing after the limit: it would run outside of the transaction. */
    private void next(Iterator<Statement> rest, List<StatementResult> results, Promise<List<StatementResult>> end) {
        if (ended) {
            return;
        }
        if (!rest.hasNext()) {
            end.tryComplete(results);
            return;
        }
        // compose() makes a failed future of what the client throws.
        Future.succeededFuture(rest.next()).compose(this::run).onComplete((result, failure) -> {
            if (failure != null) {
                end.tryFail(failure);
            } else {
                results.add(result);
                next(rest, results, end);
            }
        });
    }

    /** Runs one statement inside of the transaction. */
    Future<StatementResult> run(Statement statement) {
        return switch (statement.rows().size()) {
            case 0 -> Future.succeededFuture(StatementResult.NOTHING);
            case 1 ->
                connection
                        .preparedQuery(statement.sql())
                        .execute(statement.rows().get(0))
                        .map(StatementResult::of);
            default -> batch(statement, 0, StatementResult.NOTHING);
        };
    }

    /** In parts: the client prepares a whole batch and reads its results on the event loop in one go. */
    private Future<StatementResult> batch(Statement statement, int from, StatementResult before) {
        int to = Math.min(from + MAX_BATCH, statement.rows().size());
        return connection
                .preparedQuery(statement.sql())
                .executeBatch(statement.rows().subList(from, to))
                .map(result -> before.and(StatementResult.of(result)))
                .compose(result -> to == statement.rows().size() || ended
                        ? Future.succeededFuture(result)
                        : batch(statement, to, result));
    }

    private Future<List<StatementResult>> rollBack(Throwable failure) {
        return execute("ROLLBACK").transform((done, second) -> {
            if (second != null) {
                // Expected on a full disk, where SQLite has rolled back by itself; kept for support.
                failure.addSuppressed(second);
            }
            return Future.failedFuture(failure);
        });
    }

    private Future<Void> execute(String sql) {
        return connection.query(sql).execute().mapEmpty();
    }
}
