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
 * One attempt at one transaction on the writer's connection. Belongs to the store's loop.
 *
 * <p>BEGIN, COMMIT and ROLLBACK go as SQL: the client's own transactions leave auto-commit off for good, after which later
 * writes report success and are lost.
 */
final class Transaction {
    private static final int PART = 500;

    private final Vertx vertx;
    private final SqlConnection connection;
    private final List<Statement> statements;
    private boolean over;

    Transaction(Vertx vertx, SqlConnection connection, List<Statement> statements) {
        this.vertx = vertx;
        this.connection = connection;
        this.statements = statements;
    }

    /** Runs it; on any failure it is rolled back and the first failure is told. */
    Future<List<StatementResult>> run(Database.Durability durability, Duration limit) {
        return execute("PRAGMA synchronous=" + durability.name())
                .compose(set -> execute("BEGIN IMMEDIATE"))
                .compose(begun -> body(limit)
                        .compose(outcomes -> execute("COMMIT").map(outcomes))
                        .recover(this::rollBack));
    }

    private Future<List<StatementResult>> body(Duration limit) {
        Promise<List<StatementResult>> end = Promise.promise();
        long timer = vertx.setTimer(limit.toMillis(), late -> {
            over = true;
            end.tryFail(new DatabaseException(
                    DatabaseException.Kind.TIMEOUT,
                    "the database needed more than " + limit.toMillis() + " ms; nothing was stored"));
        });
        next(statements.iterator(), new ArrayList<>(statements.size()), end);
        return end.future().onComplete((outcomes, failure) -> vertx.cancelTimer(timer));
    }

    /** A statement that is sent after the time is up would run outside of the transaction, so none is. */
    private void next(Iterator<Statement> rest, List<StatementResult> done, Promise<List<StatementResult>> end) {
        if (over) {
            return;
        }
        if (!rest.hasNext()) {
            end.tryComplete(done);
            return;
        }
        run(rest.next()).onComplete((outcome, failure) -> {
            if (failure != null) {
                end.tryFail(failure);
            } else {
                done.add(outcome);
                next(rest, done, end);
            }
        });
    }

    private Future<StatementResult> run(Statement statement) {
        try {
            return switch (statement.rows().size()) {
                case 0 -> Future.succeededFuture(StatementResult.NOTHING);
                case 1 ->
                    connection
                            .preparedQuery(statement.sql())
                            .execute(statement.rows().get(0))
                            .map(StatementResult::of);
                default -> batch(statement, 0, StatementResult.NOTHING);
            };
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /** In parts: the client prepares a batch and reads its results on the loop, in one go. */
    private Future<StatementResult> batch(Statement statement, int from, StatementResult before) {
        int to = Math.min(from + PART, statement.rows().size());
        return connection
                .preparedQuery(statement.sql())
                .executeBatch(statement.rows().subList(from, to))
                .map(result -> before.and(StatementResult.of(result)))
                .compose(done -> to == statement.rows().size() || over
                        ? Future.succeededFuture(done)
                        : batch(statement, to, done));
    }

    private Future<List<StatementResult>> rollBack(Throwable failure) {
        return execute("ROLLBACK").transform((done, second) -> {
            if (second != null) {
                // A full disk makes SQLite roll back by itself, so this may be no news; it is kept for support.
                failure.addSuppressed(second);
            }
            return Future.failedFuture(failure);
        });
    }

    private Future<Void> execute(String sql) {
        return connection.query(sql).execute().mapEmpty();
    }
}
