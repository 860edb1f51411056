package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.testing.DatabaseFixture;
import io.github.printer2mqtt.testing.TestPostgres;
import org.junit.jupiter.api.Nested;

/** The tests of the repositories at a PostgreSQL server. */
class PostgresRepositoriesIT {
    @Nested
    class Access extends SqlAccessRepositoryTest {
        @Override
        DatabaseFixture newDatabase() {
            return new TestPostgres();
        }
    }

    @Nested
    class Audit extends SqlAuditRepositoryTest {
        @Override
        DatabaseFixture newDatabase() {
            return new TestPostgres();
        }
    }

    @Nested
    class History extends SqlHistoryRepositoryTest {
        @Override
        DatabaseFixture newDatabase() {
            return new TestPostgres();
        }
    }

    @Nested
    class Job extends SqlJobRepositoryTest {
        @Override
        DatabaseFixture newDatabase() {
            return new TestPostgres();
        }
    }

    @Nested
    class Plate extends SqlPlateRepositoryTest {
        @Override
        DatabaseFixture newDatabase() {
            return new TestPostgres();
        }
    }

    @Nested
    class Printer extends SqlPrinterRepositoryTest {
        @Override
        DatabaseFixture newDatabase() {
            return new TestPostgres();
        }
    }
}
