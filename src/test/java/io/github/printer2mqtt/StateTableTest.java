package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.bambu.BambuFixture;
import io.github.printer2mqtt.driver.creality.CrealityMessages;
import io.github.printer2mqtt.driver.elegoo.ElegooStatuses;
import io.github.printer2mqtt.driver.elegoocc2.Cc2Messages;
import io.github.printer2mqtt.driver.flashforgetcp.FlashforgeReadings;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.DriverFixture;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table in docs/reference/status.md of how the drivers determine a state. */
class StateTableTest {
    /** The second request of OctoPrint's driver; its response does not matter here. */
    private static final String OCTOPRINT_PRINTER = "GET /api/printer?exclude=sd";

    /** The first request of Duet's driver. */
    private static final String DUET_LOGIN = "GET /rr_connect?password=reprap&sessionKey=yes";

    /** The second request of UltiMaker's driver. */
    private static final String ULTIMAKER_JOB = "GET /api/v1/print_job";

    /** Requests of Repetier-Server's driver. */
    private static final String REPETIER_STATES =
            "GET /printer/api/a?a=stateList&data=%7B%22includeHistory%22%3Afalse%7D";

    private static final String REPETIER_MESSAGES = "GET /printer/api/a?a=messages&data=%7B%7D";

    private static final Set<PrinterState> MADE_BY_THE_FLEET = EnumSet.of(PrinterState.OFFLINE, PrinterState.UNKNOWN);

    @ParameterizedTest
    @MethodSource("io.github.printer2mqtt.StateSources#all")
    void driverDeterminesTheState(StateSource source) {
        if (source.driver().equals("bambu")) {
            assertThat(BambuFixture.stateOf(new JsonObject(source.response()))).isEqualTo(source.state());
            return;
        }
        if (source.driver().equals("flashforge-tcp")) {
            JsonObject machine = new JsonObject(source.response());
            assertThat(FlashforgeReadings.stateOf(
                            machine.getString("status"),
                            machine.getString("move"),
                            machine.getString("file"),
                            machine.getInteger("percent")))
                    .isEqualTo(source.state());
            return;
        }
        if (source.driver().equals("elegoo-cc2")) {
            assertThat(Cc2Messages.stateOf(source.response())).isEqualTo(source.state());
            return;
        }
        if (source.driver().equals("elegoo")) {
            assertThat(ElegooStatuses.stateOf(source.response())).isEqualTo(source.state());
            return;
        }
        if (source.driver().equals("creality")) {
            assertThat(CrealityMessages.stateOf(new JsonObject(source.response())))
                    .isEqualTo(source.state());
            return;
        }
        try (DriverFixture fixture = new DriverFixture()) {
            fixture.printer()
                    .answer(source.request(), CannedResponse.json(200, source.response()))
                    .answer(OCTOPRINT_PRINTER, CannedResponse.empty(409))
                    .answer(
                            ULTIMAKER_JOB,
                            source.secondResponse().equals("{}")
                                    ? CannedResponse.empty(404)
                                    : CannedResponse.json(200, source.secondResponse()))
                    .answer(REPETIER_STATES, CannedResponse.json(200, source.secondResponse()))
                    .answer(
                            REPETIER_MESSAGES,
                            CannedResponse.json(
                                    200, "[{\"pause\":" + source.response().contains("note") + "}]"))
                    .answer(DUET_LOGIN, CannedResponse.json(200, "{\"err\":0,\"isEmulated\":true}"));
            Driver driver = Objects.requireNonNull(Drivers.byId().get(source.driver()));

            assertThat(fixture.open(driver, Credentials.none()).poll().state()).isEqualTo(source.state());
        }
    }

    @Test
    void tableMatchesTheSources() {
        List<String> expected = new ArrayList<>();
        expected.add(row("state", driver -> "`" + driver + "`"));
        expected.add("|---".repeat(Drivers.all().size() + 1) + "|");
        for (PrinterState state : EnumSet.complementOf(EnumSet.copyOf(MADE_BY_THE_FLEET))) {
            expected.add(row("`" + state.wireName() + "`", driver -> cell(driver, state)));
        }
        MarkdownDocument document = MarkdownDocument.reference("status.md");
        List<String> found = document.chapter("## States")
                .lines()
                .dropWhile(line -> !line.startsWith("How the drivers"))
                .filter(line -> line.startsWith("|"))
                .toList();
        assertThat(found)
                .as("%s must have this table:%n%s%n", document.path(), String.join("\n", expected))
                .isEqualTo(expected);
    }

    private static String row(String first, Function<String, String> cell) {
        return Drivers.all().stream()
                .map(driver -> cell.apply(driver.id()))
                .collect(Collectors.joining(" | ", "| " + first + " | ", " |"));
    }

    private static String cell(String driver, PrinterState state) {
        String words = StateSources.all()
                .filter(source -> source.driver().equals(driver) && source.state() == state)
                .map(StateSource::words)
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? "never" : words;
    }
}
