package io.github.printer2mqtt.persistence.sql;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/** One transaction of any length on one connection, whose statements come page by page. */
public final class BulkTransaction {
    private final SqlConnection connection;
    private final Transaction statements;
    private final Supplier<Future<List<Statement>>> pages;

    /** @param pages as in {@link Database#load} */
    public BulkTransaction(Vertx vertx, SqlConnection connection, Supplier<Future<List<Statement>>> pages) {
        this.connection = connection;
        this.statements = new Transaction(vertx, connection, List.of());
        this.pages = pages;
    }

    /**
     * Runs the transaction. If anything fails, also a page, it is rolled back.
     *
     * @param begin the SQL that opens a transaction in this database
     * @param last statements after the last page
     */
    public Future<Void> run(String begin, List<Statement> last) {
        return execute(begin)
                .compose(begun -> page().compose(done -> all(last.iterator()))
                        .compose(done -> execute("COMMIT"))
                        .recover(failure ->
                                execute("ROLLBACK").transform((undone, second) -> Future.failedFuture(failure))));
    }

    private Future<Void> page() {
        return pages.get()
                .compose(page -> page.isEmpty()
                        ? Future.succeededFuture()
                        : all(page.iterator()).compose(stored -> page()));
    }

    private Future<Void> all(Iterator<Statement> rest) {
        return rest.hasNext() ? statements.run(rest.next()).compose(done -> all(rest)) : Future.succeededFuture();
    }

    private Future<Void> execute(String sql) {
        return connection.query(sql).execute().mapEmpty();
    }
}
