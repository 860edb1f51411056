package io.github.printer2mqtt.registration;

import static io.github.printer2mqtt.registration.RegistrationFixture.error;
import static io.github.printer2mqtt.registration.RegistrationFixture.mk4;
import static io.github.printer2mqtt.testing.Await.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.Statement;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.testing.DatabaseFixture;
import io.github.printer2mqtt.testing.TestDatabase;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Printers that another program wrote into the database, of which the bridge does not know. */
class ForeignWriterTest {
    @RegisterExtension
    private final RegistrationFixture fixture = RegistrationFixture.on(newDatabase());

    /** Overridden for another product. */
    DatabaseFixture newDatabase() {
        return new TestDatabase();
    }

    @Test
    void printerWithTheSameAddressIsNamedByTheFieldOfTheAddress() {
        fixture.add(mk4());
        writeBesideTheBridge("UPDATE printer SET address = ?", "http://192.0.2.21:80");

        assertThat(error(
                        fixture.registrations.add(mk4().put("name", "Other").put("address", "192.0.2.21")),
                        Code.DUPLICATE_ADDRESS))
                .hasMessage("another printer already has this address")
                .extracting(RegistrationException::field)
                .isEqualTo("address");
        assertThat(fixture.registrations.all()).hasSize(1);
    }

    @Test
    void printerWithTheSameIdIsNamedByTheFieldOfTheId() {
        fixture.add(mk4());
        writeBesideTheBridge("UPDATE printer SET id = ?", "other");

        assertThat(error(
                        fixture.registrations.add(mk4().put("name", "Other").put("address", "192.0.2.21")),
                        Code.DUPLICATE_ID))
                .hasMessage("another printer already has this id")
                .extracting(RegistrationException::field)
                .isEqualTo("id");
        assertThat(fixture.registrations.all()).hasSize(1);
    }

    private void writeBesideTheBridge(String sql, String value) {
        done(fixture.database.write(Database.Durability.NORMAL, List.of(Statement.of(sql, Tuple.of(value)))));
    }
}
