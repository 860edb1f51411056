package io.github.printer2mqtt.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Reading.Details;
import io.github.printer2mqtt.model.Reading.Filament;
import io.github.printer2mqtt.model.Reading.Problem;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.model.Temperatures.Temperature;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Problems, filaments, the active nozzle and the light: when a change of them is announced, and while offline. */
class DetailChangeTest {
    private static final Problem PROBLEM = new Problem("0300-8015", Problem.Severity.ERROR, "Filament ran out");
    private static final Details PLAIN = details(List.of(), 64, false);

    static Stream<Arguments> differences() {
        return Stream.of(
                Arguments.of("a problem", reading(details(List.of(PROBLEM), 64, false), 0), false),
                Arguments.of("the light", reading(details(List.of(), 64, true), 0), false),
                Arguments.of("the nozzle", reading(PLAIN, 1), false),
                Arguments.of("no filament", reading(new Details(List.of(), List.of(), false), 0), false),
                Arguments.of("less filament", reading(details(List.of(), 63, false), 0), true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("differences")
    void isAnnounced(String what, Reading after, boolean isNumber) {
        FleetScenario scenario = FleetScenario.start().reports(reading(PLAIN, 0));
        int before = scenario.changes.size();

        scenario.reports(after);

        assertThat(scenario.changes)
                .hasSize(before + 1)
                .last()
                .satisfies(change -> assertThat(ChangeFilter.differsInNumbersOnly(
                                scenario.changes.get(before - 1).after(), change.after()))
                        .isEqualTo(isNumber));
    }

    @Test
    void sameDetailsAreNotAnnouncedAgain() {
        FleetScenario scenario = FleetScenario.start().reports(reading(PLAIN, 0));
        int before = scenario.changes.size();

        scenario.reports(reading(details(List.of(), 64, false), 0));

        assertThat(scenario.changes).hasSize(before);
    }

    @Test
    void offlinePrinterHasNone() {
        FleetScenario scenario = FleetScenario.start().reports(reading(details(List.of(PROBLEM), 64, true), 1));

        scenario.fails(2);

        assertThat(scenario.status().details()).isEqualTo(Details.none());
        assertThat(scenario.status().temperatures().activeNozzle()).isNull();
    }

    private static Details details(List<Problem> problems, int remaining, boolean light) {
        return new Details(
                problems, List.of(new Filament("1-2", "PLA", "#ffaa00", "PLA Basic", remaining, true)), light);
    }

    private static Reading reading(Details details, @Nullable Integer nozzle) {
        Temperature heater = new Temperature(20.0, 0.0);
        Temperatures temperatures = new Temperatures(List.of(heater, heater), heater, null, nozzle);
        return new Reading(PrinterState.IDLE, "IDLE", null, temperatures, null, null, null, null, null)
                .withDetails(details);
    }
}
