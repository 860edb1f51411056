package io.github.printer2mqtt.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.RegisteredDrivers;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.ReplayPrinter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every driver probes the servers of all protocols and some others, without credentials. */
class DriverProbeTest {
    private static final String DUET = "GET /rr_connect?password=reprap&sessionKey=yes";

    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    static Stream<Arguments> servers() {
        return Stream.of(
                server("OctoPrint", "octoprint", "OctoPrint, requires an API key", DriverProbeTest::octoPrint),
                server("open OctoPrint", "octoprint", "OctoPrint 1.2.0", DriverProbeTest::openOctoPrint),
                server("Moonraker", "moonraker", "Moonraker v0.9.3-1", DriverProbeTest::moonraker),
                server("pretending Moonraker", "moonraker", "Moonraker v0.9.3-1", DriverProbeTest::pretendingMoonraker),
                server("closed Moonraker", "moonraker", "Moonraker, requires", DriverProbeTest::closedMoonraker),
                server("firmware", "prusalink", "PrusaLink of the printer's firmware", DriverProbeTest::firmware),
                server("Raspberry Pi", "prusalink", "PrusaLink on a Raspberry Pi", DriverProbeTest::raspberryPi),
                server("open PrusaLink", "prusalink", "PrusaLink 0.8.1", DriverProbeTest::openPrusaLink),
                server("Duet", "duet", "RepRapFirmware on duet3mb6hc102", DriverProbeTest::duet),
                server("closed Duet", "duet", "RepRapFirmware, requires a password", DriverProbeTest::closedDuet),
                server("Duet with SBC", "duet", "Duet with an SBC", DriverProbeTest::duetWithSbc),
                server("UltiMaker", "ultimaker", "Ultimaker S5, firmware 8.3.1", DriverProbeTest::ultimaker),
                server("Repetier-Server", "repetier", "Repetier-Server 1.4.18", DriverProbeTest::repetier),
                server("proxy without server", "nobody", "", printer -> everywhere(printer, CannedResponse.html(502))),
                server("router's page", "nobody", "", printer -> everywhere(printer, CannedResponse.html(200))),
                server("some login", "nobody", "", printer -> everywhere(printer, CannedResponse.html(403))),
                server("some digest", "nobody", "", DriverProbeTest::someDigest),
                server("web server", "nobody", "", printer -> {}));
    }

    private static Arguments server(String what, String right, String evidence, Consumer<ReplayPrinter> server) {
        return Arguments.of(what, right, evidence, server);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("servers")
    void onlyTheRightDriverMatches(String what, String right, String evidence, Consumer<ReplayPrinter> server) {
        server.accept(fixture.printer());

        for (Driver driver : RegisteredDrivers.all()) {
            int before = fixture.printer().requests().size();
            Driver.ProbeResult result = fixture.probe(driver);
            assertThat(result.matches())
                    .as("%s by %s: %s", what, driver.id(), result.evidence())
                    .isEqualTo(driver.id().equals(right));
            if (result.matches()) {
                assertThat(result.evidence()).startsWith(evidence);
            }
            assertThat(fixture.printer().requests()).as(driver.id()).hasSizeLessThanOrEqualTo(before + 2);
        }

        assertThat(fixture.printer().requests()).allSatisfy(request -> {
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.header("X-Api-Key")).isNull();
            assertThat(request.header("Authorization")).isNull();
        });
    }

    @Test
    void failsIfNothingListens() {
        fixture.printer().close();

        for (Driver driver : RegisteredDrivers.all()) {
            if (Set.of("bambu", "flashforge", "flashforge-tcp", "creality", "elegoo", "elegoo-cc2")
                    .contains(driver.id())) {
                continue; // contact their own ports only
            }
            assertThatThrownBy(() -> fixture.probe(driver))
                    .isInstanceOf(PrinterException.class)
                    .hasMessage("refused");
        }
    }

    private static void octoPrint(ReplayPrinter printer) {
        printer.answer("GET /api/version", CannedResponse.json(403, "{\"error\":\"You don't have the permission\"}"))
                .answer(
                        "GET /api/currentuser",
                        CannedResponse.json(200, "{\"groups\":[\"guests\"],\"name\":null,\"permissions\":[]}"));
    }

    private static void openOctoPrint(ReplayPrinter printer) {
        printer.answer(
                "GET /api/version",
                CannedResponse.json(200, "{\"api\":\"0.1\",\"server\":\"1.2.0\",\"text\":\"OctoPrint 1.2.0\"}"));
    }

    private static void moonraker(ReplayPrinter printer) {
        printer.answer(
                "GET /server/info",
                CannedResponse.json(
                        200, "{\"result\":{\"klippy_state\":\"ready\",\"moonraker_version\":\"v0.9.3-1\"}}"));
        String notFound = "{\"error\":{\"code\":404,\"message\":\"Not Found\"}}";
        Map.of("GET /api/version", notFound, "GET /api/currentuser", notFound)
                .forEach((line, body) -> printer.answer(line, CannedResponse.json(404, body)));
    }

    private static void pretendingMoonraker(ReplayPrinter printer) {
        moonraker(printer);
        printer.answer(
                "GET /api/version",
                CannedResponse.json(
                        200, "{\"server\":\"1.5.0\",\"api\":\"0.1\",\"text\":\"OctoPrint (Moonraker v0.9.3-1)\"}"));
    }

    private static void closedMoonraker(ReplayPrinter printer) {
        everywhere(
                printer,
                CannedResponse.json(
                        401, "{\"error\":{\"code\":401,\"message\":\"Unauthorized\",\"traceback\":\"...\"}}"));
    }

    private static void firmware(ReplayPrinter printer) {
        everywhere(printer, CannedResponse.recorded("/driver/prusalink/http/mk4-6.3-challenge.http"));
    }

    private static void raspberryPi(ReplayPrinter printer) {
        everywhere(printer, CannedResponse.recorded("/driver/prusalink/http/mk3s-pi-0.8.1-challenge.http"));
    }

    private static void openPrusaLink(ReplayPrinter printer) {
        printer.answer(
                "GET /api/version", CannedResponse.recorded("/driver/prusalink/http/mk3s-pi-0.8.1-version.http"));
    }

    private static void duet(ReplayPrinter printer) {
        printer.answer(
                DUET,
                CannedResponse.json(
                        200,
                        "{\"err\":0,\"sessionTimeout\":8000,\"boardType\":\"duet3mb6hc102\",\"apiLevel\":1,"
                                + "\"sessionKey\":2750987654}"));
    }

    private static void closedDuet(ReplayPrinter printer) {
        printer.answer(DUET, CannedResponse.json(200, "{\"err\":1}"));
    }

    private static void duetWithSbc(ReplayPrinter printer) {
        printer.answer(DUET, CannedResponse.json(200, "{\"err\":0,\"apiLevel\":1,\"isEmulated\":true}"));
    }

    private static void ultimaker(ReplayPrinter printer) {
        printer.answer(
                "GET /api/v1/system",
                CannedResponse.json(
                        200, "{\"firmware\":\"8.3.1\",\"type\":\"3D printer\",\"variant\":\"Ultimaker S5\"}"));
    }

    private static void repetier(ReplayPrinter printer) {
        printer.answer(
                "GET /printer/info",
                CannedResponse.json(
                        200, "{\"name\":\"Repetier-Server\",\"software\":\"Repetier-Server\",\"version\":\"1.4.18\"}"));
    }

    private static void someDigest(ReplayPrinter printer) {
        everywhere(
                printer,
                CannedResponse.of(
                        "HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"router\", nonce=\"1\"", "<html>"));
    }

    private static void everywhere(ReplayPrinter printer, CannedResponse reply) {
        for (String path :
                List.of("/api/version", "/api/currentuser", "/server/info", "/api/v1/system", "/printer/info")) {
            printer.answer("GET " + path, reply);
        }
        printer.answer(DUET, reply);
    }
}
