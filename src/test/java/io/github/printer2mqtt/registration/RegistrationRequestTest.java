package io.github.printer2mqtt.registration;

import static io.github.printer2mqtt.registration.RegistrationFixture.error;
import static io.github.printer2mqtt.registration.RegistrationFixture.mk4;
import static io.github.printer2mqtt.testing.Await.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.csv.RegistrationCsv;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationRequestTest {
    private static final String CANARY = "canary-7f3a";

    @RegisterExtension
    private final RegistrationFixture fixture = RegistrationFixture.create();

    @Test
    void probesAreLimitedAndFurtherOnesAreRefused() {
        Promise<Void> silence = Promise.promise();
        fixture.network.gate = silence;
        List<Future<ProbeReport>> probes = new ArrayList<>();
        for (int i = 1; i <= 8 + 32; i++) {
            probes.add(fixture.registrations.probe(
                    new JsonObject().put("driver", "octoprint").put("address", "192.0.2." + i)));
        }
        Future<ProbeReport> late = fixture.registrations.probe(
                new JsonObject().put("driver", "octoprint").put("address", "192.0.2.99"));

        error(late, Code.BUSY);
        error(fixture.registrations.add(mk4().put("driver", "auto")), Code.BUSY);
        assertThat(fixture.network.connecting).hasValue(8);
        fixture.add(mk4());

        silence.complete();
        probes.forEach(probe -> assertThat(done(probe).driver()).isNull());
        assertThat(fixture.network.open.get()).isZero();
        done(fixture.registrations.probe(
                new JsonObject().put("driver", "octoprint").put("address", "192.0.2.99")));
    }

    @Test
    void everyErrorIsReportedOnce() {
        JsonObject registration = mk4().put("name", "")
                .put("adress", "printer.lan")
                .put("colour", "red")
                .put("group", "Shelf A")
                .put("tags", new JsonArray().add(1))
                .put("enabled", "yes")
                .put("polling", new JsonObject().put("timeout", "soon").put("offline_after", 0));

        assertThat(error(fixture.registrations.add(registration), Code.INVALID_FIELD)
                        .all())
                .extracting(RegistrationException::field)
                .containsExactlyInAnyOrder(
                        "adress",
                        "colour",
                        "name",
                        "group",
                        "tags[0]",
                        "enabled",
                        "polling.timeout",
                        "polling.offline_after");
    }

    /** 73 to 76, 80, 82: empty, spaces, NUL, line breaks, right-to-left override, half a character. */
    @ParameterizedTest(name = "73-76, 80, 82: {0}")
    @ValueSource(
            strings = {
                "",
                "   ",
                "a\nb",
                "a\0b",
                "a\u2028b",
                "tail\u202Etxt",
                "\uD800",
                "x\n{\"level\":\"ERROR\"",
                "{\"level\":\n\"ERROR\"}"
            })
    void nameThatBreaksALineIsRefused(String name) {
        assertThat(error(fixture.registrations.add(mk4().put("name", name)), Code.INVALID_FIELD)
                        .field())
                .isEqualTo("name");
    }

    /** 67 to 72, 77, 81, 83, 86: topics, ids and templates have the id, which is made of harmless characters only. */
    @ParameterizedTest(name = "67-72, 77, 81, 83, 86: {0}")
    @ValueSource(
            strings = {
                "#",
                "+",
                "a/b",
                "/lead",
                "trail/",
                "$SYS",
                "<img src=x onerror=alert(1)>",
                "%n ${jndi:ldap://x}",
                "{{ states('x') }}",
                "bridge",
                "=cmd|'/C calc'!A0",
                "👩‍🔬 printer"
            })
    void anyOtherNameIsAcceptedAndGetsAValidId(String name) {
        Registration registered = fixture.add(mk4().put("name", name));
        assertThat(registered.printer().name()).isEqualTo(name);
        assertThat(registered.printer().id().value())
                .matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
                .isNotEqualTo("bridge");
    }

    static Stream<Arguments> fields() {
        return Stream.of(
                Arguments.of("name", "{\"name\":5}", "found a number, expected a string"),
                Arguments.of("name", "{\"name\":null}", "found nothing, expected 1 to 100 characters"),
                Arguments.of("name", "{\"name\":\"" + "x".repeat(101) + "\"}", "expected 1 to 100 characters"),
                Arguments.of("driver", "{\"driver\":null}", "found nothing, expected the id of a driver, or auto"),
                Arguments.of(
                        "driver",
                        "{\"driver\":\"prusalnik\"}",
                        "found \"prusalnik\", expected one of auto, prusalink, octoprint, moonraker"),
                Arguments.of("address", "{\"address\":null}", "found nothing, expected host"),
                Arguments.of("address", "{\"address\":[\"192.0.2.1\"]}", "found a list, expected a string"),
                Arguments.of("adress", "{\"adress\":\"192.0.2.1\"}", "found an unknown field (did you mean address?)"),
                Arguments.of("zzzzzz", "{\"zzzzzz\":1}", "expected one of id, name, driver"),
                Arguments.of("has_credentials", "{\"has_credentials\":true}", "found an unknown field"),
                Arguments.of("id", "{\"id\":\"MK4\"}", "expected a DNS label"),
                Arguments.of("id", "{\"id\":\"import\"}", "reserved"),
                Arguments.of("group", "{\"group\":\"Shelf A\"}", "expected a DNS label"),
                Arguments.of("tags", "{\"tags\":\"pla\"}", "found a string, expected a list"),
                Arguments.of("tags[1]", "{\"tags\":[\"a\",5]}", "expected a string of 1 to 40 characters"),
                Arguments.of("tags[0]", "{\"tags\":[\"a;b\"]}", "and semicolons"),
                Arguments.of(
                        "tags",
                        "{\"tags\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21]}",
                        "found 21 tags, expected at most 20"),
                Arguments.of("enabled", "{\"enabled\":\"yes\"}", "found a string, expected true or false"),
                Arguments.of("polling", "{\"polling\":3}", "found a number, expected an object"),
                Arguments.of("polling.timeout", "{\"polling\":{\"timeout\":3}}", "found a number, expected a string"),
                Arguments.of("polling.timeout", "{\"polling\":{\"timeout\":\"3\"}}", "a duration from 250ms to 1m"),
                Arguments.of("polling.timeout", "{\"polling\":{\"timeout\":\"249ms\"}}", "a duration from 250ms to 1m"),
                Arguments.of("polling.timeout", "{\"polling\":{\"timeout\":\"61s\"}}", "a duration from 250ms to 1m"),
                Arguments.of("polling.offline_after", "{\"polling\":{\"offline_after\":0}}", "from 1 to 100"),
                Arguments.of("polling.offline_after", "{\"polling\":{\"offline_after\":101}}", "from 1 to 100"),
                Arguments.of("polling.offline_after", "{\"polling\":{\"offline_after\":2.5}}", "a whole number"),
                Arguments.of("polling.timeuot", "{\"polling\":{\"timeuot\":\"3s\"}}", "did you mean timeout?"),
                Arguments.of(
                        "tls.fingerprint",
                        "{\"tls\":{\"fingerprint\":\"ab:cd\"}}",
                        "sha256: followed by 64 hexadecimal"),
                Arguments.of("alerts", "{\"alerts\":[]}", "found a list, expected an object"),
                Arguments.of("alerts.ofline", "{\"alerts\":{\"ofline\":{}}}", "did you mean offline?"),
                Arguments.of("alerts.rules", "{\"alerts\":{\"rules\":\"error\"}}", "expected a list"),
                Arguments.of(
                        "alerts.rules[1]", "{\"alerts\":{\"rules\":[\"error\",\"melted\"]}}", "one of offline, error"),
                Arguments.of("alerts.rules[0]", "{\"alerts\":{\"rules\":[7]}}", "one of offline, error"),
                Arguments.of(
                        "alerts.offline", "{\"alerts\":{\"offline\":\"5m\"}}", "found a string, expected an object"),
                Arguments.of("alerts.offline.after", "{\"alerts\":{\"offline\":{\"after\":5}}}", "expected a string"),
                Arguments.of(
                        "alerts.offline.after", "{\"alerts\":{\"offline\":{\"after\":\"25h\"}}}", "from 1s to 24h"),
                Arguments.of("alerts.stalled.after", "{\"alerts\":{\"stalled\":{\"after\":\"\"}}}", "from 1s to 24h"),
                Arguments.of(
                        "alerts.temperature.deviation",
                        "{\"alerts\":{\"temperature\":{\"deviation\":1}}}",
                        "a whole number from 2 to 200"),
                Arguments.of(
                        "alerts.temperature.bed",
                        "{\"alerts\":{\"temperature\":{\"bed\":1}}}",
                        "found an unknown field"),
                // 79: a group is shown on pages and is a part of topics.
                Arguments.of("group", "{\"group\":\"\\\"><a href=javascript:alert(1)>\"}", "found"),
                Arguments.of("model", "{\"model\":\"\"}", "expected 1 to 64 characters"),
                Arguments.of("credentials", "{\"credentials\":\"canary-7f3a\"}", "found a string, expected an object"),
                Arguments.of(
                        "credentials.apikey",
                        "{\"credentials\":{\"apikey\":\"canary-7f3a\"}}",
                        "did you mean api_key?"),
                Arguments.of(
                        "credentials.api_key", "{\"credentials\":{\"api_key\":[\"canary-7f3a\"]}}", "found a list"),
                Arguments.of(
                        "credentials.api_key",
                        "{\"credentials\":{\"api_key\":\"canary-7f3a\\r\\nX-Evil: 1\"}}",
                        "without control characters"),
                Arguments.of(
                        "credentials.api_key",
                        "{\"credentials\":{\"api_key\":\"canary-7f3a \"}}",
                        "without spaces at either end"),
                Arguments.of(
                        "credentials.api_key",
                        "{\"credentials\":{\"api_key\":\"canary-7f3a\u20ac\"}}",
                        "an HTTP header cannot carry"),
                Arguments.of(
                        "credentials.username",
                        "{\"credentials\":{\"username\":\"canary-7f3a\u0416\",\"password\":\"x\"}}",
                        "an HTTP header cannot carry"),
                Arguments.of("name", "{\"name\":\"\u200b\"}", "one of them visible"),
                Arguments.of("name", "{\"name\":\"\u3164 \u2800\"}", "one of them visible"),
                Arguments.of("model", "{\"model\":\"\u00ad\ufe0f\"}", "one of them visible"),
                Arguments.of("tags[0]", "{\"tags\":[\"\u2060\"]}", "one of them visible"),
                Arguments.of("credentials.api_key", "{\"credentials\":{\"api_key\":\"\"}}", "expected 1 to 512"),
                Arguments.of(
                        "credentials.api_key",
                        "{\"credentials\":{\"api_key\":\"canary-7f3a\",\"password\":\"canary-7f3a\"}}",
                        "found an API key together with a user name"),
                Arguments.of(
                        "credentials.password",
                        "{\"credentials\":{\"username\":\"maker\"}}",
                        "the password of the user name"),
                Arguments.of(
                        "credentials.password",
                        "{\"credentials\":{\"username\":\"maker\",\"password\":\"canary-7f3a\\n\"}}",
                        "without control characters"));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void errorNamesFieldFoundAndExpectedValue(String field, String fields, String message) {
        JsonObject registration = mk4().mergeIn(new JsonObject(fields));
        RegistrationException error = error(fixture.registrations.add(registration), Code.INVALID_FIELD);
        assertThat(error.field()).isEqualTo(field);
        assertThat(error).hasMessageContaining(message).hasMessageNotContaining(CANARY);
        assertThat(error.toString()).doesNotContain(CANARY);
        RegistrationException row = error(
                fixture.registrations.importAll(new JsonArray().add(mk4()).add(registration)), Code.INVALID_FIELD);
        assertThat(row.field()).isEqualTo("[1]." + field);
        assertThat(fixture.registrations.all()).isEmpty();
    }

    @Test
    void namesAndTagsAreStoredAsNfc() {
        Registration registered =
                fixture.add(mk4().put("name", "Ku\u0308che").put("tags", new JsonArray().add("ro\u0301t")));

        assertThat(registered.printer().name()).isEqualTo("K\u00fcche");
        assertThat(registered.printer().tags()).containsExactly("r\u00f3t");
    }

    @Test
    void noTextContainsASecret() {
        Registration registered = fixture.add(mk4().put("credentials", new JsonObject().put("api_key", CANARY)));
        JsonObject login = new JsonObject().put("username", "u").put("password", CANARY);
        ProbeReport report = done(
                fixture.registrations.probe(mk4().put("address", "192.0.2.77").put("credentials", login)));
        String all = registered + " " + fixture.registrations.all() + fixture.repository.all() + report
                + fixture.repository.credentials(registered.printer().id())
                + RegistrationDocument.of(registered) + RegistrationCsv.write(fixture.registrations.all());
        assertThat(all).doesNotContain(CANARY);
    }
}
