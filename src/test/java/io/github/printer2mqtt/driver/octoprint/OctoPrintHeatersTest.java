package io.github.printer2mqtt.driver.octoprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OctoPrintHeatersTest {
    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    private final Session session = fixture.open(new OctoPrintDriver(), Credentials.none());

    OctoPrintHeatersTest() {
        fixture.printer().answer("GET /api/job", CannedResponse.json(200, "{\"state\":\"Operational\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"tool0\":null,", "\"tool0\":{\"actual\":null,\"target\":null},"})
    void keepsTheIndexOfToolsAfterOneWithoutValues(String first) {
        heaters("{" + first
                + "\"tool2\":{\"actual\":200.1,\"target\":205.0},\"bed\":{\"actual\":60.0,\"target\":60.0}}");

        assertThat(session.poll().temperatures().nozzles())
                .containsExactly(
                        new Temperatures.Temperature(null, null),
                        new Temperatures.Temperature(null, null),
                        new Temperatures.Temperature(200.1, 205.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chamber", "Chamber", "enclosure_chamber"})
    void findsTheChamberByName(String name) {
        heaters("{\"tool0\":{\"actual\":20.0},\"bed\":{\"actual\":20.0},\"" + name
                + "\":{\"actual\":38.5,\"target\":40.0}}");

        assertThat(session.poll().temperatures().chamber()).isEqualTo(new Temperatures.Temperature(38.5, 40.0));
    }

    @Test
    void reportsThatAPrinterHasNoHeatedBed() {
        heaters("{\"tool0\":{\"actual\":20.0,\"target\":0.0}}");
        assertThat(session.poll().missing()).containsExactly(Capability.BED_TEMPERATURE);

        heaters("{}");
        assertThat(session.poll().missing())
                .as("before the next temperatures")
                .containsExactly(Capability.BED_TEMPERATURE);

        heaters("{\"tool0\":{\"actual\":20.0},\"bed\":{\"actual\":null}}");
        assertThat(session.poll().missing()).isEmpty();
    }

    private void heaters(String temperature) {
        fixture.printer()
                .answer(
                        "GET /api/printer?exclude=sd",
                        CannedResponse.json(
                                200,
                                "{\"state\":{\"text\":\"Operational\",\"flags\":{\"operational\":true,\"ready\":true}},"
                                        + "\"temperature\":" + temperature + "}"));
    }
}
