package io.github.printer2mqtt.registration;

import static io.github.printer2mqtt.registration.RegistrationFixture.error;
import static io.github.printer2mqtt.registration.RegistrationFixture.mk4;
import static io.github.printer2mqtt.testing.Await.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DefaultRegistrationServiceTest {
    @RegisterExtension
    private final RegistrationFixture fixture = RegistrationFixture.create();

    @Test
    void unreachablePrinterIsStoredAndMonitored() {
        Registration registered = fixture.add(mk4().put("credentials", new JsonObject().put("api_key", "key")));
        Printer printer = registered.printer();
        assertThat(printer.id().value()).isEqualTo("mk4-left");
        assertThat(printer.address()).hasToString("http://192.0.2.20:80");
        assertThat(printer.enabled()).isTrue();
        assertThat(registered.hasCredentials()).isTrue();
        assertThat(fixture.monitoring.monitored).containsOnly(Map.entry(printer.id(), printer));
        assertThat(fixture.monitoring.credentials.get(printer.id())).isEqualTo(Credentials.ofApiKey("key"));
        assertThat(fixture.network.opened).isEmpty();
        assertThat(fixture.registrations.all()).containsExactly(registered);
        assertThat(fixture.stored()).containsExactly(registered);
    }

    @Test
    void everyFieldIsAccepted() {
        JsonObject full = new JsonObject(String.format(Locale.ROOT, """
                {"name":" MK4 left ","driver":"octoprint","address":"HTTPS://Octopi.local./pi/","id":"left",
                 "credentials":{"username":"maker","password":"pass word"},"group":"shelf-a","tags":["pla"," big ","pla"],
                 "model":"MK4","enabled":false,"polling":{"timeout":"2500ms","offline_after":3},
                 "tls":{"fingerprint":"SHA256:%s"}}""", "AB".repeat(32)));
        Registration registered = fixture.add(full);
        Printer printer = registered.printer();
        assertThat(printer.name()).isEqualTo("MK4 left");
        assertThat(printer.address()).hasToString("https://octopi.local:443/pi");
        assertThat(printer.tags()).containsExactly("pla", "big");
        assertThat(printer.polling()).isEqualTo(new Printer.PollingOverrides(Duration.ofMillis(2500), 3));
        assertThat(printer.fingerprint()).isEqualTo("sha256:" + "ab".repeat(32));
        assertThat(printer.enabled()).isFalse();
        assertThat(fixture.stored()).containsExactly(registered);

        JsonObject shown = RegistrationDocument.of(registered);
        assertThat(shown.getBoolean("has_credentials")).isTrue();
        assertThat(shown.encode()).doesNotContain("maker").doesNotContain("pass word");
        done(fixture.registrations.remove(printer.id()));
        assertThat(fixture.add(RegistrationDocument.of(printer)).printer()).isEqualTo(printer);
    }

    @Test
    void derivedIdsAreNumberedAndExplicitIdsUnique() {
        List<String> ids = IntStream.range(1, 4)
                .mapToObj(i -> fixture.add(mk4().put("address", "192.0.2." + i))
                        .printer()
                        .id()
                        .value())
                .toList();
        assertThat(ids).containsExactly("mk4-left", "mk4-left-2", "mk4-left-3");
        Future<?> twice =
                fixture.registrations.add(mk4().put("address", "192.0.2.9").put("id", "mk4-left-2"));
        assertThat(error(twice, Code.DUPLICATE_ID).field()).isEqualTo("id");
        String longName = "x".repeat(100);
        fixture.add(mk4().put("address", "192.0.2.50").put("name", longName));
        assertThat(fixture.add(mk4().put("address", "192.0.2.51").put("name", longName))
                        .printer()
                        .id()
                        .value())
                .isEqualTo("x".repeat(57) + "-2");
        assertThat(fixture.add(mk4().put("address", "192.0.2.52").put("name", "漢字"))
                        .printer()
                        .id()
                        .value())
                .isEqualTo("printer");
    }

    @Test
    void sameAddressIsRefusedInEverySpelling() {
        fixture.add(mk4().put("address", "http://PrinTer.local:80/"));
        for (String same : List.of("printer.local", "printer.local.", "http://printer.local", "printer.local:80/")) {
            RegistrationException error =
                    error(fixture.registrations.add(mk4().put("address", same)), Code.DUPLICATE_ADDRESS);
            assertThat(error.field()).isEqualTo("address");
            assertThat(error).hasMessageContaining("mk4-left");
        }
        fixture.add(mk4().put("address", "printer.local:8081"));
        fixture.add(mk4().put("address", "printer.local/second"));
        fixture.add(mk4().put("address", "https://printer.local"));
    }

    @Test
    void patchChangesOnlyTheFieldsItContains() {
        Printer before = fixture.add(mk4().put("group", "shelf-a")
                        .put("model", "MK4")
                        .put("tags", new JsonArray().add("pla"))
                        .put("polling", new JsonObject().put("timeout", "3s").put("offline_after", 5))
                        .put("credentials", new JsonObject().put("api_key", "key")))
                .printer();
        Registration changed = fixture.change("{\"name\":\"Left\",\"group\":null,\"polling\":{\"timeout\":null}}");
        Printer after = changed.printer();
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.name()).isEqualTo("Left");
        assertThat(after.group()).isNull();
        assertThat(after.model()).isEqualTo("MK4");
        assertThat(after.tags()).containsExactly("pla");
        assertThat(after.polling()).isEqualTo(new Printer.PollingOverrides(null, 5));
        assertThat(fixture.repository.credentials(after.id())).isEqualTo(Credentials.ofApiKey("key"));
        assertThat(fixture.monitoring.monitored.get(after.id())).isEqualTo(after);
        assertThat(fixture.stored()).containsExactly(changed);

        assertThat(fixture.change("{\"driver\":\"octoprint\"}").printer().address())
                .isEqualTo(before.address());
        assertThat(fixture.change("{\"address\":\"192.0.2.21\"}").printer().address())
                .hasToString("http://192.0.2.21:5000");
        assertThat(fixture.change("{\"enabled\":false}").printer().enabled()).isFalse();
        assertThat(fixture.change("{\"enabled\":null,\"id\":\"mk4-left\"}")
                        .printer()
                        .enabled())
                .isTrue();
    }

    @Test
    void invalidChangeIsRefusedAndChangesNothing() {
        Registration before = fixture.add(mk4());
        fixture.add(mk4().put("address", "192.0.2.30").put("id", "other"));
        assertThat(fixture.failedChange("{\"id\":\"new\"}", Code.INVALID_FIELD).field())
                .isEqualTo("id");
        assertThat(fixture.failedChange("{\"name\":null}", Code.INVALID_FIELD).field())
                .isEqualTo("name");
        assertThat(fixture.failedChange("{\"nmae\":null}", Code.INVALID_FIELD))
                .hasMessageContaining("did you mean name?");
        assertThat(fixture.failedChange("{\"polling\":{\"timeuot\":null}}", Code.INVALID_FIELD)
                        .field())
                .isEqualTo("polling.timeuot");
        assertThat(fixture.failedChange("{\"address\":\"192.0.2.30\"}", Code.DUPLICATE_ADDRESS)
                        .field())
                .isEqualTo("address");
        assertThat(fixture.failedChange("{\"address\":\"127.0.0.1\"}", Code.ADDRESS_REFUSED)
                        .field())
                .isEqualTo("address");
        assertThat(fixture.failedChange("{\"credentials\":{\"username\":\"maker\"}}", Code.INVALID_FIELD)
                        .field())
                .isEqualTo("credentials.password");
        Future<?> unknown = fixture.registrations.change(new PrinterId("nobody"), new JsonObject());
        error(unknown, Code.PRINTER_NOT_FOUND);
        assertThat(fixture.registrations.all()).contains(before).hasSize(2);
        assertThat(fixture.monitoring.monitored.get(before.printer().id())).isEqualTo(before.printer());
    }

    @Test
    void removedPrinterIsGone() {
        PrinterId id = fixture.add(mk4()).printer().id();
        done(fixture.registrations.remove(id));
        assertThat(fixture.registrations.all()).isEmpty();
        assertThat(fixture.monitoring.monitored).isEmpty();
        assertThat(fixture.stored()).isEmpty();
        error(fixture.registrations.remove(id), Code.PRINTER_NOT_FOUND);
        assertThat(fixture.add(mk4()).printer().id()).isEqualTo(id);
    }

    @Test
    void concurrentChangesKeepTheirOrder() {
        PrinterId id = fixture.add(mk4()).printer().id();
        List<Future<?>> changes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            changes.add(fixture.registrations.change(id, new JsonObject().put("name", "name " + i)));
            if (i % 10 == 0) {
                changes.add(fixture.registrations.change(id, new JsonObject().put("name", "")));
            }
        }
        done(Future.join(changes).otherwiseEmpty());
        assertThat(fixture.monitoring.names.subList(1, fixture.monitoring.names.size()))
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(i -> "name " + i).toList());
        assertThat(fixture.stored().get(0).printer().name()).isEqualTo("name 99");
    }

    @Test
    void concurrentAddsGetDifferentIdsAndEachAddressOnce() {
        List<Future<Registration>> adds = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            adds.add(fixture.registrations.add(mk4().put("address", "192.0.2." + (1 + i % 20))));
        }
        done(Future.join(adds).otherwiseEmpty());
        assertThat(adds.stream().filter(Future::succeeded)).hasSize(20);
        assertThat(fixture.registrations.all()).hasSize(20);
    }

    @Test
    void registrationSucceedsEvenIfItsMonitorDoesNotStart() {
        fixture.monitoring.result = Future.failedFuture(new IllegalStateException("the event loops are closed"));
        Registration registered = fixture.add(mk4());
        assertThat(fixture.stored()).containsExactly(registered);
    }

    @Test
    void changeThatWaitsForTheNetworkNeitherBlocksNorOverwritesOthers() {
        Registration known = fixture.add(mk4());
        fixture.network.drivers.put("http://192.0.2.20:80", List.of("octoprint"));
        Promise<Void> network = Promise.promise();
        fixture.network.gate = network;
        Future<Registration> slow =
                fixture.registrations.change(known.printer().id(), new JsonObject().put("driver", "auto"));

        fixture.add(mk4().put("name", "MK4 right").put("address", "192.0.2.21"));
        done(fixture.registrations.change(known.printer().id(), new JsonObject().put("group", "shelf")));
        assertThat(slow.isComplete()).isFalse();

        network.complete();
        Printer changed = done(slow).printer();
        assertThat(changed.driver()).isEqualTo("octoprint");
        assertThat(changed.group()).isEqualTo("shelf");
    }
}
