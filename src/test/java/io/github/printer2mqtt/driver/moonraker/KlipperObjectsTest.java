package io.github.printer2mqtt.driver.moonraker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KlipperObjectsTest {
    private static final String QUERY = "POST /printer/objects/query";
    private static final String LIST = "GET /printer/objects/list";
    private static final CannedResponse GONE =
            CannedResponse.json(503, "{\"error\":{\"code\":503,\"message\":\"Klippy Host not connected\"}}");

    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    private final AtomicLong nanos = new AtomicLong();
    private final Session session = fixture.open(new MoonrakerDriver(nanos::get), Credentials.none());

    @Test
    void requestsTheListedObjectsAndTheListOncePerSession() {
        fixture.printer()
                .answer(
                        LIST,
                        list("webhooks", "print_stats", "gcode", "extruder", "extruder1", "fan", "heater_fan hotend"))
                .answer(QUERY, status("\"extruder\":{\"temperature\":20.0,\"target\":0.0}"));

        for (int i = 0; i < 5; i++) {
            session.poll();
        }

        assertThat(count(LIST)).isEqualTo(1);
        assertThat(requestedObjects(QUERY))
                .allSatisfy(names -> assertThat(names)
                        .containsExactlyInAnyOrder("webhooks", "print_stats", "fan", "extruder", "extruder1"));
    }

    @Test
    void requestsTheUsualObjectsWithoutAList() {
        fixture.printer().answer(QUERY, status("\"extruder\":{}"));

        session.poll();
        session.poll();

        assertThat(count(LIST)).isEqualTo(1);
        assertThat(requestedObjects(QUERY).get(0))
                .contains(
                        "webhooks",
                        "print_stats",
                        "extruder",
                        "extruder15",
                        "heater_bed",
                        "temperature_sensor chamber");
    }

    @Test
    void readsTheListAgainAfterARestart() {
        fixture.printer()
                .answer(LIST, list("extruder", "pause_resume"), list("extruder", "temperature_sensor Chamber_1"))
                .answer(
                        QUERY,
                        status("\"extruder\":{}"),
                        GONE,
                        CannedResponse.json(200, "{\"result\":{\"status\":{\"webhooks\":{\"state\":\"startup\"}}}}"),
                        status("\"extruder\":{}"),
                        status("\"temperature_sensor Chamber_1\":{\"temperature\":38.5}"));

        session.poll();
        assertThat(session.failure().reason()).isEqualTo(FailureReason.DISCONNECTED);
        session.poll();
        session.poll();
        assertThat(count(LIST)).isEqualTo(1);
        Reading after = session.poll();

        assertThat(count(LIST)).isEqualTo(2);
        assertThat(after.temperatures().chamber()).isEqualTo(new Temperatures.Temperature(38.5, null));
        assertThat(after.missing()).contains(Capability.PAUSE);
        session.poll();
        assertThat(count(LIST)).isEqualTo(2);
    }

    @Test
    void detectsARestartBetweenPollsByTheMicrocontrollersClock() {
        fixture.printer()
                .answer(LIST, list("extruder", "toolhead"))
                .answer(QUERY, clock(500), clock(499.5), clock(3), clock(5));

        for (int i = 0; i < 5; i++) {
            session.poll();
        }

        assertThat(count(LIST)).isEqualTo(2);
    }

    @Test
    void doesNotReadTheListWhileKlipperIsDisconnected() {
        fixture.printer().answer(LIST, GONE).answer(QUERY, GONE);

        for (int i = 0; i < 5; i++) {
            session.failure();
        }

        assertThat(count(LIST)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "heater_generic chamber",
                "heater_generic Chamber_Heater",
                "temperature_sensor CHAMBER",
                "temperature_sensor chamber_temp",
                "temperature_sensor my chamber",
                "temperature_fan chamber_fan",
                "heater_chamber"
            })
    void findsTheChamberByName(String name) {
        fixture.printer()
                .answer(LIST, list("heater_fan chamber", "temperature_host chamber", "gcode_macro CHAMBER", name))
                .answer(
                        QUERY,
                        status(
                                "\"" + name + "\":{\"temperature\":38.5},"
                                        + "\"heater_fan chamber\":{\"temperature\":1.0},\"temperature_host chamber\":{\"temperature\":2.0}"));

        assertThat(session.poll().temperatures().chamber()).isEqualTo(new Temperatures.Temperature(38.5, null));
        assertThat(requestedObjects(QUERY).get(0)).containsExactlyInAnyOrder("webhooks", name);
    }

    @Test
    void prefersAHeaterAsChamberAndIgnoresTheTargetOfAFan() {
        fixture.printer()
                .answer(LIST, list("temperature_fan chamber", "temperature_sensor chamber_2", "heater_generic Chamber"))
                .answer(
                        QUERY,
                        status("\"temperature_fan chamber\":{\"temperature\":30.0,\"target\":45.0},"
                                + "\"temperature_sensor chamber_2\":{\"temperature\":31.0},"
                                + "\"heater_generic Chamber\":{\"temperature\":32.0,\"target\":50.0}"),
                        status("\"temperature_fan chamber\":{\"temperature\":30.0,\"target\":45.0},"
                                + "\"heater_generic Chamber\":{}"));

        assertThat(session.poll().temperatures().chamber()).isEqualTo(new Temperatures.Temperature(32.0, 50.0));
        assertThat(session.poll().temperatures().chamber()).isEqualTo(new Temperatures.Temperature(30.0, null));
    }

    @Test
    void reportsMissingCapabilities() {
        fixture.printer()
                .answer(LIST, list("webhooks", "print_stats", "toolhead", "extruder"))
                .answer(QUERY, status("\"extruder\":{}"));

        assertThat(session.poll().missing())
                .isEqualTo(Set.of(Capability.PAUSE, Capability.RESUME, Capability.CANCEL, Capability.BED_TEMPERATURE));
    }

    @Test
    void ignoresTheListOfAKlipperThatIsNotReady() {
        fixture.printer()
                .answer(LIST, list("webhooks"))
                .answer(
                        QUERY,
                        CannedResponse.json(200, "{\"result\":{\"status\":{\"webhooks\":{\"state\":\"error\"}}}}"));

        assertThat(session.poll().missing()).isEmpty();
    }

    private long count(String line) {
        return fixture.printer().lines().stream().filter(line::equals).count();
    }

    private List<Set<String>> requestedObjects(String line) {
        return fixture.printer().requests().stream()
                .filter(request -> request.line().equals(line))
                .map(request ->
                        new JsonObject(request.body()).getJsonObject("objects").fieldNames())
                .toList();
    }

    private static CannedResponse list(String... names) {
        JsonObject objects = new JsonObject().put("objects", new JsonArray(Arrays.asList(names)));
        return CannedResponse.json(200, new JsonObject().put("result", objects).encode());
    }

    private static CannedResponse clock(double seconds) {
        return status("\"toolhead\":{\"estimated_print_time\":" + seconds + "}");
    }

    private static CannedResponse status(String objects) {
        return CannedResponse.json(
                200, "{\"result\":{\"status\":{\"webhooks\":{\"state\":\"ready\"}," + objects + "}}}");
    }
}
