package io.github.printer2mqtt.driver.flashforge;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.CommandRefusedException.Reason;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.Heater;
import io.github.printer2mqtt.model.Command.Home;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Command.SetLight;
import io.github.printer2mqtt.model.Command.SetSpeed;
import io.github.printer2mqtt.model.Command.SetTemperature;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import io.github.printer2mqtt.testing.ReplayPrinter.Request;
import io.vertx.core.json.JsonObject;
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

/** Which requests a FlashForge gets, and how its refusals are read. */
class FlashforgeSessionTest {
    private static final String DETAIL = "POST /detail";
    private static final String PRODUCT = "POST /product";
    private static final String CONTROL = "POST /control";

    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    private final AtomicLong nanos = new AtomicLong();
    private final FlashforgeDriver driver =
            new FlashforgeDriver(nanos::get, fixture.printer().port());
    private final Session session = fixture.open(driver, Credentials.ofLogin("SN1", "12ab34cd"));

    FlashforgeSessionTest() {
        detail("printing");
        fixture.printer().answer(CONTROL, CannedResponse.json(200, "{\"code\":0,\"message\":\"Success\"}"));
    }

    private void detail(String status) {
        fixture.printer()
                .answer(
                        DETAIL,
                        CannedResponse.json(
                                200,
                                "{\"code\":0,\"detail\":{\"status\":\"" + status + "\",\"printFileName\":\"clip\"}}"));
    }

    @Test
    void everyPollIsOneRequestWithSerialNumberAndCodeInItsBody() {
        fixture.printer().answer(PRODUCT, CannedResponse.json(200, "{\"code\":0,\"product\":{}}"));

        session.poll();
        session.poll();

        assertThat(fixture.printer().lines()).containsExactly(DETAIL, PRODUCT, DETAIL);
        assertThat(fixture.printer().connections()).isEqualTo(1);
        assertThat(fixture.printer().requests())
                .allSatisfy(request -> assertThat(new JsonObject(request.body()))
                        .isEqualTo(new JsonObject().put("serialNumber", "SN1").put("checkCode", "12ab34cd")));
    }

    @Test
    void productThatIsNotAnsweredIsRequestedAgainLaterOnly() {
        session.poll();
        session.poll();
        nanos.addAndGet(Duration.ofMinutes(11).toNanos());
        session.poll();

        assertThat(fixture.printer().lines()).containsExactly(DETAIL, PRODUCT, DETAIL, DETAIL, PRODUCT);
    }

    @Test
    void missingCredentialsAreSentEmptySoThatThePrinterRefusesThem() {
        fixture.printer().answer(DETAIL, CannedResponse.json(200, "{\"code\":-1,\"message\":\"Parameters is error\"}"));
        Session anonymous = fixture.open(driver, Credentials.none());

        assertThat(anonymous.failure().reason()).isEqualTo(FailureReason.AUTH);
        assertThat(fixture.printer().requests())
                .singleElement()
                .satisfies(
                        request -> assertThat(request.body()).isEqualTo("{\"serialNumber\":\"\",\"checkCode\":\"\"}"));
    }

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of(Command.PAUSE, "jobCtl_cmd", "{\"jobID\":\"\",\"action\":\"pause\"}"),
                Arguments.of(Command.RESUME, "jobCtl_cmd", "{\"jobID\":\"\",\"action\":\"continue\"}"),
                Arguments.of(Command.CANCEL, "jobCtl_cmd", "{\"jobID\":\"\",\"action\":\"cancel\"}"),
                Arguments.of(new SetLight(true), "lightControl_cmd", "{\"status\":\"open\"}"),
                Arguments.of(new SetLight(false), "lightControl_cmd", "{\"status\":\"close\"}"),
                Arguments.of(new SetSpeed(130), "printerCtl_cmd", "{\"speed\":130}"),
                Arguments.of(
                        new SetTemperature(Heater.NOZZLE, 215),
                        "temperatureCtl_cmd",
                        "{\"platform\":-200,\"rightNozzle\":215,\"leftNozzle\":-200,\"chamber\":-200}"),
                Arguments.of(
                        new SetTemperature(Heater.BED, 62.5),
                        "temperatureCtl_cmd",
                        "{\"platform\":62.5,\"rightNozzle\":-200,\"leftNozzle\":-200,\"chamber\":-200}"),
                Arguments.of(
                        new SetTemperature(Heater.BED, 0),
                        "temperatureCtl_cmd",
                        "{\"platform\":-100,\"rightNozzle\":-200,\"leftNozzle\":-200,\"chamber\":-200}"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandIsSentOnceInTheWordsOfTheFirmware(PrinterCommand command, String name, String arguments) {
        session.poll();

        session.execute(command);

        List<Request> sent = fixture.printer().requests().stream()
                .filter(request -> request.line().equals(CONTROL))
                .toList();
        assertThat(sent)
                .singleElement()
                .satisfies(request -> assertThat(request.body())
                        .isEqualTo("{\"serialNumber\":\"SN1\",\"checkCode\":\"12ab34cd\",\"payload\":{\"cmd\":\"" + name
                                + "\",\"args\":" + arguments + "}}"));
    }

    @Test
    void speedNeedsAPrintAndALimitedValue() {
        assertThat(session.refusal(new SetSpeed(100))).satisfies(refused -> assertReason(refused, Reason.STATE));
        session.poll();
        assertThat(session.refusal(new SetSpeed(151))).satisfies(refused -> assertReason(refused, Reason.OTHER));
        detail("ready");
        session.poll();
        assertThat(session.refusal(new SetSpeed(100))).satisfies(refused -> assertReason(refused, Reason.STATE));

        assertThat(fixture.printer().lines()).doesNotContain(CONTROL);
    }

    @Test
    void othersAreUnsupported() {
        for (PrinterCommand command : List.of(Command.EMERGENCY_STOP, Home.everywhere())) {
            assertThat(session.refusal(command)).satisfies(refused -> assertReason(refused, Reason.UNSUPPORTED));
        }
        assertThat(fixture.printer().requests()).isEmpty();
    }

    private static void assertReason(Throwable refused, Reason reason) {
        assertThat(refused)
                .isInstanceOfSatisfying(
                        CommandRefusedException.class,
                        exception -> assertThat(exception.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @CsvSource({"1", "-2"})
    void refusedCodeOfACommandIsReportedAsSuch(int code) {
        fixture.printer().answer(CONTROL, CannedResponse.json(200, "{\"code\":" + code + "}"));

        assertThat(session.refusal(Command.PAUSE))
                .isInstanceOfSatisfying(
                        PrinterException.class,
                        refused -> assertThat(refused.failure().reason()).isEqualTo(FailureReason.AUTH));
    }

    @ParameterizedTest
    @CsvSource({"-1,Parameters is error", "5,Busy"})
    void commandThatThePrinterRefusesHasItsText(int code, String text) {
        fixture.printer()
                .answer(CONTROL, CannedResponse.json(200, "{\"code\":" + code + ",\"message\":\"" + text + "\"}"));

        assertThat(session.refusal(Command.PAUSE)).hasMessage("the printer refuses the command: " + text);
    }

    @ParameterizedTest
    @CsvSource({
        "1, true, 'FlashForge printer, requires serial number and check code'",
        "-1, true, 'FlashForge printer, requires serial number and check code'",
        "-2, true, 'FlashForge printer, its LAN mode is off'",
        "7, false, 'no FlashForge printer (HTTP 200)'"
    })
    void printerIsRecognisedByItsRefusal(int code, boolean isMatch, String evidence) {
        fixture.printer().answer(DETAIL, CannedResponse.json(200, "{\"code\":" + code + ",\"message\":\"No\"}"));

        assertThat(fixture.probe(driver).matches()).isEqualTo(isMatch);
        assertThat(fixture.probe(driver).evidence()).isEqualTo(evidence);
        assertThat(fixture.printer().requests())
                .allSatisfy(
                        request -> assertThat(request.body()).isEqualTo("{\"serialNumber\":\"\",\"checkCode\":\"\"}"));
    }

    @Test
    void otherServersAreNotRecognised() {
        for (CannedResponse other : List.of(
                CannedResponse.html(200),
                CannedResponse.json(200, "{\"code\":1}"),
                CannedResponse.json(404, "{\"code\":1,\"message\":\"Not found\"}"))) {
            fixture.printer().answer(DETAIL, other);

            assertThat(fixture.probe(driver).matches()).isFalse();
        }
    }

    @Test
    void serversAtOtherPortsGetNoPost() {
        assertThat(fixture.probe(new FlashforgeDriver()).matches()).isFalse();

        assertThat(fixture.printer().requests()).isEmpty();
    }
}
