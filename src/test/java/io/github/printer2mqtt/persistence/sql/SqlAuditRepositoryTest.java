package io.github.printer2mqtt.persistence.sql;

import static io.github.printer2mqtt.testing.Await.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.access.AuditEntry;
import io.github.printer2mqtt.persistence.AuditRepository.StoredEntry;
import io.github.printer2mqtt.testing.DatabaseFixture;
import io.github.printer2mqtt.testing.TestDatabase;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqlAuditRepositoryTest {
    private static final Instant AT = Instant.parse("2026-11-21T09:20:00.123Z");

    @RegisterExtension
    private final DatabaseFixture instance = newDatabase();

    private SqlAuditRepository audit;

    /** The database of the test; other products override it. */
    DatabaseFixture newDatabase() {
        return new TestDatabase();
    }

    @BeforeEach
    void open() {
        audit = opened();
    }

    private SqlAuditRepository opened() {
        SqlAuditRepository repository = new SqlAuditRepository(instance.vertx(), instance.database());
        done(repository.load());
        return repository;
    }

    private static AuditEntry entry(int number) {
        return new AuditEntry(AT.plusSeconds(number), "anna", "HTTP 192.0.2.4", "DELETE /api/printers/" + number, "ok");
    }

    @Test
    void newestEntriesComeFirstAndGoOnAfterARestart() {
        audit.append(entry(1));
        audit.append(entry(2));
        done(audit.flush());
        SqlAuditRepository restarted = opened();
        restarted.append(entry(3));
        assertThat(done(restarted.newest(Long.MAX_VALUE, 2)))
                .containsExactly(new StoredEntry(3, entry(3)), new StoredEntry(2, entry(2)));
        assertThat(done(restarted.newest(2, 2))).containsExactly(new StoredEntry(1, entry(1)));
    }

    @Test
    void oldestEntriesGo() {
        int written = SqlAuditRepository.SLOTS + 3;
        for (int i = 1; i <= written; i++) {
            audit.append(entry(i));
        }
        done(audit.flush());
        assertThat(done(instance.database().query("SELECT COUNT(*), MIN(number) FROM audit", Tuple.tuple())))
                .singleElement()
                .satisfies(row -> assertThat(List.of(row.getInteger(0), row.getInteger(1)))
                        .containsExactly(SqlAuditRepository.SLOTS, 4));
        assertThat(done(audit.newest(Long.MAX_VALUE, 1))).containsExactly(new StoredEntry(written, entry(written)));
    }
}
