package io.github.printer2mqtt.driver.moonraker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import io.github.printer2mqtt.testing.ReplayPrinter.Request;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoonrakerSessionTest {
    private static final String QUERY = "POST /printer/objects/query";
    private static final String METADATA = "GET /server/files/metadata?filename=a%20b%26c.gcode";
    private static final String RPC = "POST /server/jsonrpc";

    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    private final AtomicLong nanos = new AtomicLong();
    private final Session session = fixture.open(new MoonrakerDriver(nanos::get), Credentials.ofApiKey("k3y"));

    @Test
    void requestsMetadataOncePerJob() {
        fixture.printer().answer(QUERY, print("printing", "a b&c.gcode", 100)).answer(METADATA, metadata(500));

        for (int i = 0; i < 4; i++) {
            assertThat(job(session.poll()).remaining()).isEqualTo(400);
            pass(Duration.ofSeconds(7));
        }

        assertThat(metadataRequests()).isEqualTo(1);
        assertThat(fixture.printer().connections()).isEqualTo(1);
        assertThat(fixture.printer().requests())
                .allSatisfy(request -> assertThat(request.header("X-Api-Key")).isEqualTo("k3y"));
    }

    @Test
    void requestsMetadataAgainForTheNextJobOfTheSameFile() {
        fixture.printer()
                .answer(QUERY, print("printing", "a b&c.gcode", 100), print("printing", "a b&c.gcode", 2))
                .answer(METADATA, metadata(500), metadata(700));

        session.poll();

        assertThat(job(session.poll()).remaining()).isEqualTo(698);
        assertThat(metadataRequests()).isEqualTo(2);
    }

    @Test
    void ignoresMetadataOfAnotherFile() {
        fixture.printer()
                .answer(QUERY, print("printing", "a b&c.gcode", 100), print("complete", "other.gcode", 7))
                .answer(METADATA, metadata(500));

        assertThat(job(session.poll()).layers()).isEqualTo(10);
        assertThat(job(session.poll()).layers()).isNull();
    }

    @Test
    void stopsRequestingMetadataAfterThreeTries() {
        fixture.printer()
                .answer(QUERY, print("printing", "a b&c.gcode", 100))
                .answer(METADATA, CannedResponse.json(404, "{\"error\":{\"code\":404,\"message\":\"Unknown\"}}"));

        for (int i = 0; i < 20; i++) {
            assertThat(session.poll().state()).isEqualTo(PrinterState.PRINTING);
            pass(Duration.ofSeconds(5));
        }

        assertThat(metadataRequests()).isEqualTo(3);
    }

    @Test
    void waitsForMoonrakerToScanTheFile() {
        fixture.printer()
                .answer(QUERY, print("printing", "a b&c.gcode", 100))
                .answer(METADATA, CannedResponse.json(404, "{}"), metadata(500));

        session.poll();
        session.poll();
        assertThat(metadataRequests()).isEqualTo(1);

        pass(Duration.ofSeconds(10));
        assertThat(job(session.poll()).remaining()).isEqualTo(400);
    }

    @Test
    void readsTheStatusDespiteHangingMetadata() {
        fixture.printer()
                .answer(QUERY, print("printing", "a b&c.gcode", 100))
                .answer(METADATA, CannedResponse.silence());
        Session impatient = fixture.open(new MoonrakerDriver(), Credentials.none(), Duration.ofMillis(500), "");

        long begin = System.nanoTime();
        Reading reading = impatient.poll();

        assertThat(reading.state()).isEqualTo(PrinterState.PRINTING);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
        assertThat(impatient.poll().state()).as("on a new connection").isEqualTo(PrinterState.PRINTING);
    }

    @Test
    void ignoresInvalidMetadata() {
        fixture.printer()
                .answer(QUERY, print("printing", "a b&c.gcode", 100))
                .answer(METADATA, CannedResponse.html(200));

        assertThat(session.poll().state()).isEqualTo(PrinterState.PRINTING);
    }

    @Test
    void reportsStartupAsBusyForAMinuteThenAsDisconnected() {
        fixture.printer().answer(QUERY, klipper("startup"));

        assertThat(session.poll().state()).isEqualTo(PrinterState.BUSY);
        pass(Duration.ofSeconds(59));
        assertThat(session.poll().state()).isEqualTo(PrinterState.BUSY);
        pass(Duration.ofSeconds(1));
        assertThat(session.failure().reason()).isEqualTo(FailureReason.DISCONNECTED);
        pass(Duration.ofHours(1));
        assertThat(session.failure().reason()).isEqualTo(FailureReason.DISCONNECTED);
    }

    @Test
    void restartsTheMinuteWithEachStart() {
        fixture.printer().answer(QUERY, klipper("startup"), klipper("ready"), klipper("startup"), klipper("startup"));

        session.poll();
        pass(Duration.ofSeconds(50));
        assertThat(session.poll().state()).isEqualTo(PrinterState.IDLE);
        pass(Duration.ofSeconds(50));
        assertThat(session.poll().state()).isEqualTo(PrinterState.BUSY);
        pass(Duration.ofSeconds(59));
        assertThat(session.poll().state()).isEqualTo(PrinterState.BUSY);
    }

    @Test
    void restartsTheMinuteAfterADisconnect() {
        CannedResponse gone =
                CannedResponse.json(503, "{\"error\":{\"code\":503,\"message\":\"Klippy Host not connected\"}}");
        fixture.printer().answer(QUERY, klipper("startup"), gone, klipper("startup"));

        session.poll();
        pass(Duration.ofSeconds(70));
        assertThat(session.failure().reason()).isEqualTo(FailureReason.DISCONNECTED);
        assertThat(session.poll().state()).isEqualTo(PrinterState.BUSY);
    }

    @Test
    void sendsNoKeyWithoutOne() {
        fixture.printer().answer(QUERY, klipper("ready"));

        fixture.open(new MoonrakerDriver(), Credentials.none()).poll();

        assertThat(fixture.printer().requests().get(0).header("X-Api-Key")).isNull();
    }

    @Test
    void sendsCommandsByJsonRpc() {
        fixture.printer().answer(RPC, CannedResponse.json(200, "{\"jsonrpc\":\"2.0\",\"result\":\"ok\",\"id\":1}"));

        session.execute(Command.PAUSE);
        session.execute(Command.RESUME);
        session.execute(Command.CANCEL);

        assertThat(fixture.printer().requests())
                .extracting(Request::body)
                .isEqualTo(List.of(rpc("pause"), rpc("resume"), rpc("cancel")));
    }

    @ParameterizedTest
    @CsvSource({
        "400, Must home axis first: 0.000, OTHER",
        "409, print under way, STATE",
        "-32601, Method not found, UNSUPPORTED",
        "-32602, Invalid params, OTHER",
        "400, webhooks: No registered callback for path, UNSUPPORTED",
        "-32600, Invalid Request, OTHER"
    })
    void reportsKlippersMessageForARejectedCommand(int code, String message, CommandRefusedException.Reason reason) {
        fixture.printer().answer(RPC, rpcError(code, message));

        assertThat(session.refusal(Command.RESUME))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessage(message)
                .extracting(failure -> ((CommandRefusedException) failure).reason())
                .isEqualTo(reason);
        assertThat(fixture.printer().requests()).hasSize(1);
    }

    @Test
    void trimsTheMessageOfARejection() {
        fixture.printer()
                .answer(
                        RPC,
                        rpcError(
                                400,
                                "Shutdown due to webhooks request\\nOnce the underlying issue is corrected, use the\\n"
                                        + "\\\"FIRMWARE_RESTART\\\" command to reset the firmware\\nPrinter is shutdown\\n"));

        assertThat(session.refusal(Command.RESUME)).hasMessage("Shutdown due to webhooks request");
    }

    @ParameterizedTest
    @CsvSource({"-32602, Unauthorized, AUTH", "401, Unauthorized, AUTH", "503, Klippy Host not connected, DISCONNECTED"
    })
    void failsACommandThatReachesNoPrinter(int code, String message, FailureReason reason) {
        fixture.printer().answer(RPC, rpcError(code, message));

        assertReason(reason);
    }

    @ParameterizedTest
    @CsvSource({"401, AUTH", "403, AUTH", "502, UNREADABLE", "503, DISCONNECTED", "200, UNREADABLE"})
    void failsACommandWithoutAJsonRpcResponse(int status, FailureReason reason) {
        fixture.printer().answer(RPC, CannedResponse.html(status));

        assertReason(reason);
    }

    private void assertReason(FailureReason reason) {
        assertThat(session.refusal(Command.PAUSE))
                .isInstanceOf(PrinterException.class)
                .extracting(failure -> ((PrinterException) failure).failure().reason())
                .isEqualTo(reason);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private long metadataRequests() {
        return fixture.printer().lines().stream().filter(METADATA::equals).count();
    }

    private static Job job(Reading reading) {
        return Objects.requireNonNull(reading.job());
    }

    private static String rpc(String verb) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"printer.print." + verb + "\",\"id\":1}";
    }

    private static CannedResponse rpcError(int code, String message) {
        return CannedResponse.json(
                200,
                "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\"},\"id\":1}");
    }

    private static CannedResponse klipper(String state) {
        return status("\"webhooks\":{\"state\":\"" + state + "\",\"state_message\":\"so it is\"},"
                + "\"print_stats\":{\"state\":\"standby\",\"filename\":\"\"}");
    }

    private static CannedResponse print(String state, String file, int seconds) {
        return status("\"webhooks\":{\"state\":\"ready\"},\"print_stats\":{\"state\":\"" + state
                + "\",\"filename\":\"" + file + "\",\"print_duration\":" + seconds + ".0},"
                + "\"virtual_sdcard\":{\"progress\":0.5,\"file_position\":50}");
    }

    private static CannedResponse status(String objects) {
        return CannedResponse.json(200, "{\"result\":{\"eventtime\":1.0,\"status\":{" + objects + "}}}");
    }

    private static CannedResponse metadata(int seconds) {
        return CannedResponse.json(200, "{\"result\":{\"estimated_time\":" + seconds + ",\"layer_count\":10}}");
    }
}
