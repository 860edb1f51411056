package io.github.printer2mqtt.alert;

import static io.github.printer2mqtt.alert.AlertScenario.heated;
import static io.github.printer2mqtt.alert.AlertScenario.offline;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Temperatures;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemperatureAlertTest {
    private final AlertScenario scenario = new AlertScenario();

    @ParameterizedTest
    @CsvSource({
        "PRINTING, 200.0, 215.0, 10, ''",
        "PRINTING, 199.9, 215.0, 1, ''",
        "PRINTING, 199.9, 215.0, 2, temperature",
        "PRINTING, 230.1, 215.0, 2, temperature",
        "PRINTING, 25.0, 0.0, 60, ''",
        "PRINTING, 25.0, , 60, ''",
        "PRINTING, , 215.0, 60, ''",
        "PREPARING, 25.0, 215.0, 60, ''",
        "PAUSED, 100.0, 215.0, 60, ''",
        "IDLE, 215.0, 20.0, 60, ''",
        "PRINTING, 300.0, 300.0, 60, ''",
        "IDLE, 300.1, , 1, temperature",
        "PREPARING, 300.1, 350.0, 1, temperature"
    })
    void opensBeyondTheDeviationOrTheLimit(
            PrinterState state, @Nullable Double actual, @Nullable Double target, int minutes, String open) {
        scenario.shows(heated(state, null, new Temperatures.Temperature(actual, target)))
                .waits(minutes);
        assertThat(String.join(",", scenario.openCodes())).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({"207.4, false", "207.5, true", "222.5, true", "222.6, false", "140.0, false"})
    void clearsWithinHalfTheDeviation(double actual, boolean over) {
        nozzle(180, 215).waits(3);
        nozzle(actual, 215).waits(1);
        assertThat(scenario.takeNotifications().contains("-temperature")).isEqualTo(over);
    }

    @Test
    void doesNotOpenWhileHeating() {
        for (double bed = 20; bed <= 110; bed += 2) {
            scenario.shows(heated(PrinterState.PRINTING, new Temperatures.Temperature(bed, 110.0)))
                    .waits(Duration.ofSeconds(30));
        }
        assertThat(scenario.notifications).isEmpty();
    }

    @Test
    void opensWhileCooling() {
        nozzle(215, 215).waits(10);
        for (double actual = 210; actual >= 30; actual -= 10) {
            nozzle(actual, 215).waits(Duration.ofSeconds(10));
        }
        assertThat(scenario.takeNotifications()).containsExactly("+temperature");
        assertThat(scenario.open()).singleElement().satisfies(alert -> {
            assertThat(alert.message()).matches("Nozzle is at \\d+\\.0 °C, its target is 215.0 °C");
            assertThat(alert.since()).isEqualTo(AlertScenario.BEGIN.plusSeconds(600 + 20));
        });
    }

    @Test
    void timeRestartsWithAnotherTarget() {
        nozzle(180, 215).waits(Duration.ofSeconds(100));
        nozzle(180, 240).waits(Duration.ofSeconds(100));
        assertThat(scenario.notifications).isEmpty();
        scenario.waits(1);
        assertThat(scenario.takeNotifications()).containsExactly("+temperature");
    }

    @Test
    void messageNamesTheHeaterOfSeveral() {
        Temperatures.Temperature bed = new Temperatures.Temperature(30.0, 60.0);
        for (int i = 0; i < 6; i++) {
            Temperatures.Temperature idle = new Temperatures.Temperature(100.0, i % 2 == 0 ? 215.0 : 0.0);
            Temperatures.Temperature other = new Temperatures.Temperature(100.0, i % 2 == 1 ? 215.0 : 0.0);
            scenario.shows(heated(PrinterState.PRINTING, bed, idle, other)).waits(Duration.ofSeconds(30));
        }
        assertThat(scenario.open())
                .extracting(Alert::message)
                .containsExactly("Bed is at 30.0 °C, its target is 60.0 °C");
    }

    @Test
    void limitIgnoresOneReadingAndClearsFiveDegreesBelow() {
        bed(1200).waits(Duration.ofSeconds(5));
        bed(60).waits(1);
        assertThat(scenario.notifications).isEmpty();
        bed(121).waits(Duration.ofSeconds(10));
        bed(115.1).waits(60);
        assertThat(scenario.takeNotifications()).containsExactly("+temperature");
        assertThat(scenario.open())
                .extracting(Alert::message)
                .containsExactly("Bed is at 121.0 °C, its limit is 120 °C");
        bed(115);
        assertThat(scenario.takeNotifications()).containsExactly("-temperature");
    }

    @Test
    void staysOpenWhileThePrinterIsOffline() {
        bed(121).waits(1);
        scenario.shows(offline(FailureReason.TIMEOUT)).waits(1);
        assertThat(scenario.openCodes()).containsExactly("temperature");
        bed(20);
        assertThat(scenario.takeNotifications()).containsExactly("+temperature", "-temperature");
    }

    private AlertScenario nozzle(double actual, double target) {
        return scenario.shows(heated(PrinterState.PRINTING, null, new Temperatures.Temperature(actual, target)));
    }

    private AlertScenario bed(double actual) {
        return scenario.shows(heated(PrinterState.IDLE, new Temperatures.Temperature(actual, 0.0)));
    }
}
