package io.github.printer2mqtt;

import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.SqlAccessRepository;
import io.github.printer2mqtt.persistence.sql.SqlAlertRepository;
import io.github.printer2mqtt.persistence.sql.SqlAuditRepository;
import io.github.printer2mqtt.persistence.sql.SqlHistoryArchive;
import io.github.printer2mqtt.persistence.sql.SqlHistoryRepository;
import io.github.printer2mqtt.persistence.sql.SqlJobRepository;
import io.github.printer2mqtt.persistence.sql.SqlPlateRepository;
import io.github.printer2mqtt.persistence.sql.SqlPrinterRepository;
import io.github.printer2mqtt.persistence.sql.SqlRetainedTopicRepository;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/** What one bridge keeps in its database. Safe for every thread. */
record BridgeRepositories(
        Database database,
        SqlPrinterRepository printers,
        SqlJobRepository jobs,
        SqlPlateRepository plates,
        SqlHistoryRepository historyEntries,
        SqlHistoryArchive archive,
        SqlAlertRepository alerts,
        SqlRetainedTopicRepository retainedTopics,
        SqlAccessRepository access,
        SqlAuditRepository audit) {

    static BridgeRepositories in(EncryptedDatabase opened, Vertx vertx, MetricsRegistry metrics) {
        Database database = opened.database();
        SqlHistoryRepository historyEntries = new SqlHistoryRepository(vertx, database, metrics);
        return new BridgeRepositories(
                database,
                new SqlPrinterRepository(vertx, database, opened.cipher()),
                new SqlJobRepository(vertx, database, historyEntries::onPrintsDropped),
                new SqlPlateRepository(vertx, database),
                historyEntries,
                new SqlHistoryArchive(database),
                new SqlAlertRepository(vertx, database),
                new SqlRetainedTopicRepository(vertx, database),
                new SqlAccessRepository(database),
                new SqlAuditRepository(vertx, database));
    }

    /** At the stop each writes what it still holds; the database, listed first, closes last. */
    List<Component> components() {
        return List.of(
                Component.withoutStart("database", database::close),
                Component.withoutStart("jobs", jobs::flush),
                Component.withoutStart("plates", plates::flush),
                Component.withoutStart("history entries", historyEntries::flush),
                Component.withoutStart("audit", audit::flush));
    }

    /** Writes the prints and changes of state that are not stored yet. */
    Future<Void> flushHistory() {
        return Future.join(jobs.flushSteps(), historyEntries.flush()).mapEmpty();
    }
}
