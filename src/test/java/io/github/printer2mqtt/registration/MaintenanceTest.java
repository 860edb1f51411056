package io.github.printer2mqtt.registration;

import static io.github.printer2mqtt.registration.RegistrationFixture.error;
import static io.github.printer2mqtt.registration.RegistrationFixture.mk4;
import static io.github.printer2mqtt.testing.Await.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.Printer.Maintenance;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaintenanceTest {
    private static final Instant BEGIN = Instant.parse("2026-11-21T09:31:00.123Z");

    @RegisterExtension
    private final RegistrationFixture fixture = RegistrationFixture.create();

    @Test
    void beginsWhenTheNoteIsSetAndEndsWhenItIsRemoved() {
        Printer before = fixture.add(mk4().put("credentials", new JsonObject().put("api_key", "key")))
                .printer();
        assertThat(before.maintenance()).isNull();
        fixture.now = BEGIN;
        Printer begun = change(before, new JsonObject().put("maintenance", " new belt "));
        assertThat(begun.maintenance()).isEqualTo(new Maintenance("new belt", BEGIN));
        assertThat(begun.hasSameConnection(before)).isTrue();
        assertThat(fixture.monitoring.monitored).containsEntry(before.id(), begun);
        assertThat(fixture.monitoring.credentials).containsEntry(before.id(), Credentials.ofApiKey("key"));
        assertThat(fixture.stored())
                .singleElement()
                .satisfies(stored -> assertThat(stored.printer()).isEqualTo(begun));
        assertThat(change(begun, new JsonObject().putNull("maintenance"))).isEqualTo(before);
    }

    @Test
    void anotherNoteOrNameKeepsTheBeginning() {
        Printer printer = fixture.add(mk4().put("maintenance", "new belt")).printer();
        fixture.now = BEGIN.plusSeconds(3600);
        Printer renamed = change(printer, new JsonObject().put("name", "MK4 right"));
        assertThat(renamed.maintenance()).isEqualTo(new Maintenance("new belt", BEGIN));
        Printer changed = change(renamed, new JsonObject().put("maintenance", "new hotend"));
        assertThat(changed.maintenance()).isEqualTo(new Maintenance("new hotend", BEGIN));
        change(changed, new JsonObject().putNull("maintenance"));
        Printer again = change(changed, new JsonObject().put("maintenance", "again"));
        assertThat(again.maintenance()).isEqualTo(new Maintenance("again", BEGIN.plusSeconds(3600)));
    }

    @Test
    void importBeginsIt() {
        done(fixture.registrations.importAll(new JsonArray().add(mk4().put("maintenance", "new belt"))));
        assertThat(fixture.stored())
                .singleElement()
                .satisfies(stored ->
                        assertThat(stored.printer().maintenance()).isEqualTo(new Maintenance("new belt", BEGIN)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "two\nlines", "\u202eright to left"})
    void noteIsOneVisibleLine(String note) {
        assertThat(error(fixture.registrations.add(mk4().put("maintenance", note)), Code.INVALID_FIELD)
                        .field())
                .isEqualTo("maintenance");
    }

    @Test
    void noteHasAtMost200Characters() {
        String longest = "x".repeat(200);
        error(fixture.registrations.add(mk4().put("maintenance", longest + "x")), Code.INVALID_FIELD);
        Printer printer = fixture.add(mk4().put("maintenance", longest)).printer();
        assertThat(Objects.requireNonNull(printer.maintenance()).note()).isEqualTo(longest);
    }

    private Printer change(Printer printer, JsonObject patch) {
        return done(fixture.registrations.change(printer.id(), patch)).printer();
    }
}
