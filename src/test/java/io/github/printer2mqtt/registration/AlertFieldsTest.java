package io.github.printer2mqtt.registration;

import static io.github.printer2mqtt.testing.Await.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Printer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertFieldsTest {
    private static final JsonObject PLAIN = new JsonObject("""
            {"name":"MK4","driver":"prusalink","address":"192.0.2.1"}""");
    private static final JsonObject ALERTS = new JsonObject("""
            {"rules":["error","not_cleared"],"offline":{"after":"1h"},"stalled":{"after":"90s"},
             "temperature":{"after":"2m","deviation":20,"nozzle_limit":300,"bed_limit":null},
             "not_cleared":{"after":null}}""");

    @Test
    void configuredAlertsApplyUnlessOverridden() {
        assertThat(parsed(PLAIN)).isEqualTo(Printer.AlertOverrides.none());
        assertThat(parsed(PLAIN.copy().putNull("alerts"))).isEqualTo(Printer.AlertOverrides.none());
        assertThat(parsed(PLAIN.copy().put("alerts", new JsonObject()))).isEqualTo(Printer.AlertOverrides.none());
    }

    @Test
    void eachKeyIsParsedAndWrittenBackUnchanged() {
        Printer.AlertOverrides own = parsed(PLAIN.copy().put("alerts", ALERTS));
        assertThat(own)
                .isEqualTo(new Printer.AlertOverrides(
                        Set.of(AlertCode.ERROR, AlertCode.NOT_CLEARED),
                        Duration.ofHours(1),
                        Duration.ofSeconds(90),
                        new Printer.AlertOverrides.Temperature(Duration.ofMinutes(2), 20, 300, null),
                        null));
        assertThat(AlertFields.document(own)).isEqualTo(ALERTS);
    }

    @Test
    void emptyListDisablesAllAlerts() {
        Printer.AlertOverrides own = parsed(PLAIN.copy().put("alerts", new JsonObject().put("rules", new JsonArray())));
        assertThat(own.rules()).isEmpty();
    }

    @Test
    void overrideIsStoredPatchedAndRemoved() {
        try (RegistrationFixture fixture = RegistrationFixture.create()) {
            Printer printer = fixture.add(PLAIN.copy().put("alerts", ALERTS)).printer();
            JsonObject patch = new JsonObject("{\"alerts\":{\"offline\":{\"after\":\"2h\"},\"rules\":null}}");
            Printer.AlertOverrides patched = done(fixture.registrations.change(printer.id(), patch))
                    .printer()
                    .alerts();
            assertThat(patched.offlineAfter()).isEqualTo(Duration.ofHours(2));
            assertThat(patched.rules()).isNull();
            assertThat(patched.stalledAfter()).isEqualTo(Duration.ofSeconds(90));
            JsonObject none = new JsonObject().putNull("alerts");
            assertThat(done(fixture.registrations.change(printer.id(), none))
                            .printer()
                            .alerts())
                    .isEqualTo(Printer.AlertOverrides.none());
        }
    }

    private static Printer.AlertOverrides parsed(JsonObject registration) {
        return RegistrationRequest.parse(registration).alerts();
    }
}
