package io.github.printer2mqtt.history;

import io.github.printer2mqtt.testing.DatabaseFixture;
import io.github.printer2mqtt.testing.TestPostgres;
import org.junit.jupiter.api.Nested;

/** Pages and statistics of the history at a PostgreSQL server. */
class PostgresHistoryIT {
    @Nested
    class Paging extends HistoryPagingTest {
        @Override
        DatabaseFixture newDatabase() {
            return new TestPostgres();
        }
    }

    @Nested
    class Statistics extends StatisticsTest {
        @Override
        DatabaseFixture newDatabase() {
            return new TestPostgres();
        }
    }
}
