package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.testing.DatabaseFixture;
import io.github.printer2mqtt.testing.TestPostgres;
import org.junit.jupiter.api.Nested;

/** The tests of registrations whose outcome the database decides, at a PostgreSQL server. */
class PostgresRegistrationIT {
    @Nested
    class ForeignWriter extends ForeignWriterTest {
        @Override
        DatabaseFixture newDatabase() {
            return new TestPostgres();
        }
    }
}
