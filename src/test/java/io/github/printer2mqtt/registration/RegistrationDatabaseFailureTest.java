package io.github.printer2mqtt.registration;

import static io.github.printer2mqtt.registration.RegistrationFixture.error;
import static io.github.printer2mqtt.registration.RegistrationFixture.mk4;
import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.Statement;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.testing.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RegistrationDatabaseFailureTest {
    private final TestDatabase instance = new TestDatabase();

    @RegisterExtension
    private final RegistrationFixture fixture = RegistrationFixture.on(instance);

    @Test
    void failedWriteNeitherStoresNorMonitors() {
        done(fixture.database.write(Database.Durability.NORMAL, List.of(Statement.of("DROP TABLE credentials"))));
        assertThat(failure(fixture.registrations.add(mk4().put("credentials", new JsonObject().put("api_key", "key")))))
                .isNotInstanceOf(RegistrationException.class);
        assertThat(fixture.registrations.all()).isEmpty();
        assertThat(fixture.monitoring.monitored).isEmpty();
    }

    @Test
    void deletedDatabaseAcceptsNoRegistration() throws Exception {
        Registration known = fixture.add(mk4());
        Files.delete(instance.file());

        JsonObject other = mk4().put("name", "Other").put("address", "192.0.2.21");
        assertThat(error(fixture.registrations.add(other), Code.NOT_STORED))
                .hasMessage(
                        "the database file was deleted or replaced while the bridge runs, nothing was stored; restore"
                                + " it and restart the bridge");
        error(fixture.registrations.change(known.printer().id(), new JsonObject().put("name", "New")), Code.NOT_STORED);
        error(fixture.registrations.remove(known.printer().id()), Code.NOT_STORED);
        assertThat(fixture.registrations.all()).containsExactly(known);
        assertThat(fixture.monitoring.monitored).hasSize(1);
    }

    @Test
    void fullDiskIsReportedAndRegistrationsWorkAgainAfterwards() {
        Registration known = fixture.add(mk4());
        JsonArray many = new JsonArray();
        for (int i = 1; i <= 250; i++) {
            many.add(mk4().put("name", "Printer " + i).put("address", "10.0.0." + i));
        }
        // Below the current size, so that the file cannot grow.
        done(fixture.database.write(Database.Durability.NORMAL, List.of(Statement.of("PRAGMA max_page_count = 1"))));

        assertThat(error(fixture.registrations.importAll(many), Code.NOT_STORED))
                .hasMessage("the disk is full, nothing was stored; free disk space and try again");
        assertThat(fixture.registrations.all()).hasSize(1);
        assertThat(fixture.monitoring.monitored).hasSize(1);

        done(fixture.database.write(
                Database.Durability.NORMAL, List.of(Statement.of("PRAGMA max_page_count = 100000"))));
        assertThat(done(fixture.registrations.importAll(many))).hasSize(250);
        done(fixture.registrations.remove(known.printer().id()));
        assertThat(fixture.monitoring.monitored).hasSize(250);
    }
}
