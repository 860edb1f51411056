package io.github.printer2mqtt.driver.repetier;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.Heater;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Command.SetTemperature;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One Repetier-Server with two printers, over several polls. */
class RepetierSessionTest {
    private static final String LIST = "GET /printer/list/?a=list";
    private static final String STATES = "GET /printer/api/A?a=stateList&data=%7B%22includeHistory%22%3Afalse%7D";

    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    private final AtomicLong nanos = new AtomicLong();
    private final RepetierDriver driver = new RepetierDriver(nanos::get);

    RepetierSessionTest() {
        list(idle("A"), idle("B"));
        fixture.printer().answer(STATES, CannedResponse.json(200, "{\"A\":{\"layer\":1},\"B\":{\"layer\":2}}"));
    }

    private Session open(String slug) {
        return fixture.open(driver, Credentials.ofApiKey("k3y"), Duration.ofSeconds(10), "/" + slug);
    }

    private void list(String... printers) {
        fixture.printer().answer(LIST, CannedResponse.json(200, "{\"data\":[" + String.join(",", printers) + "]}"));
    }

    private static String idle(String slug) {
        return "{\"slug\":\"" + slug + "\",\"active\":true,\"online\":1,\"job\":\"none\"}";
    }

    private static String printing(String slug, double done, double left) {
        return "{\"slug\":\"" + slug + "\",\"active\":true,\"online\":1,\"job\":\"clip\",\"jobid\":4,\"done\":" + done
                + ",\"printTime\":" + (1000 + left) + ",\"printedTimeComp\":1000}";
    }

    @Test
    void oneReadingServesAllPrintersForAMoment() {
        list(printing("A", 50, 900), idle("B"));
        Session first = open("A");
        Session second = open("B");

        assertThat(first.poll().state()).isEqualTo(PrinterState.PRINTING);
        assertThat(second.poll().state()).isEqualTo(PrinterState.IDLE);
        assertThat(fixture.printer().lines()).containsExactly(LIST, STATES);

        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        second.poll();
        first.poll();
        assertThat(fixture.printer().lines()).containsExactly(LIST, STATES, LIST, STATES);
        assertThat(fixture.printer().connections()).isEqualTo(1);
        assertThat(fixture.printer().requests())
                .allSatisfy(request -> assertThat(request.header("x-api-key")).isEqualTo("k3y"));
    }

    @Test
    void remainingPrinterGoesOnAfterTheFirstOneWasClosed() {
        Session first = open("A");
        Session second = open("B");
        first.poll();
        second.poll();
        first.close();
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());

        assertThat(second.poll().state()).isEqualTo(PrinterState.IDLE);
    }

    @Test
    void anotherKeySharesNothing() {
        open("A").poll();
        fixture.open(driver, Credentials.ofApiKey("other"), Duration.ofSeconds(10), "/B")
                .poll();

        assertThat(fixture.printer().lines()).containsExactly(LIST, STATES, LIST, STATES);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"99.6, 3, FINISHED", "40, 900, CANCELLED", "97, 200, none", "40, 30, none"})
    void lastReadingBeforeTheEndDecides(double done, double left, JobResult expected) {
        Session session = open("A");
        list(printing("A", done, left));
        session.poll();
        list(idle("A"));
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());

        assertThat(session.poll().outcome()).isEqualTo(expected);
        assertThat(session.poll().outcome()).isNull();
    }

    @Test
    void endThatWasNotReadProvesNothing() {
        Session session = open("A");
        list(printing("A", 99.6, 3));
        session.poll();
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        fixture.printer().answer(LIST, CannedResponse.html(502));
        session.failure();
        list(idle("A"));
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());

        assertThat(session.poll().outcome()).isNull();
    }

    @Test
    void failureOfTheServerIsThatOfAllItsPrintersAndNotKept() {
        Session first = open("A");
        Session second = open("B");
        fixture.printer().answer(LIST, CannedResponse.json(200, "{\"data\":[" + "0,".repeat(20_001) + "0]}"));
        assertThat(first.failure().reason()).isEqualTo(FailureReason.TOO_LARGE);
        assertThat(second.failure().reason()).isEqualTo(FailureReason.TOO_LARGE);
        list(idle("A"), idle("B"));

        assertThat(second.poll().state()).isEqualTo(PrinterState.IDLE);
    }

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of(Command.PAUSE, "send", "{\"cmd\":\"@pause\"}"),
                Arguments.of(Command.RESUME, "continueJob", "{}"),
                Arguments.of(Command.CANCEL, "stopJob", "{}"),
                Arguments.of(Command.EMERGENCY_STOP, "emergencyStop", "{}"),
                Arguments.of(
                        new SetTemperature(Heater.NOZZLE, 215),
                        "setExtruderTemperature",
                        "{\"temperature\":215,\"extruder\":0}"),
                Arguments.of(
                        new SetTemperature(Heater.BED, 62.5),
                        "setBedTemperature",
                        "{\"temperature\":62.5,\"bedId\":0}"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void sendsTheActionForItsPrinterAndReadsAgain(PrinterCommand command, String action, String data) {
        Session session = open("B");
        session.poll();
        int before = fixture.printer().requests().size();
        String line = "GET /printer/api/B?a=" + action + "&data=" + URLEncoder.encode(data, StandardCharsets.UTF_8);
        fixture.printer().answer(line, CannedResponse.json(200, "{\"ok\":true}"));

        session.execute(command);
        session.poll();

        List<String> lines = fixture.printer().lines();
        assertThat(lines.subList(before, lines.size())).containsExactly(line, LIST, STATES);
        assertThat(URLDecoder.decode(line, StandardCharsets.UTF_8)).endsWith(data);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"{\"error\":\"No such job\"}", "{\"ok\":false}"})
    void refusedCommandIsReported(String response) {
        Session session = open("B");
        session.poll();
        fixture.printer().answer("GET /printer/api/B?a=stopJob&data=%7B%7D", CannedResponse.json(200, response));

        assertThat(session.refusal(Command.CANCEL)).isInstanceOf(CommandRefusedException.class);
    }
}
