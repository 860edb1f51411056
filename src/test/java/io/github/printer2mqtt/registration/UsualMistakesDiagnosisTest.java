package io.github.printer2mqtt.registration;

import static io.github.printer2mqtt.testing.Await.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.registration.diagnosis.Diagnosis;
import io.github.printer2mqtt.registration.diagnosis.DiagnosisStage;
import io.github.printer2mqtt.registration.diagnosis.StageResult;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.protocol.OctoPrintSimulator;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkSimulator;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.BlackHole;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.ReplayPrinter;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What users do wrong most often: each ends at the stage of its cause, with advice that helps. */
class UsualMistakesDiagnosisTest {
    private static final SelfSignedCertificate CERTIFICATE = SelfSignedCertificate.create("127.0.0.1");

    @AfterAll
    static void deleteCertificate() {
        CERTIFICATE.delete();
    }

    @RegisterExtension
    private final DiagnosisFixture fixture = new DiagnosisFixture();

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    @Test
    void nothingIsWrong() {
        Diagnosis diagnosis = fixture.diagnose(octoPrint());

        assertThat(diagnosis.failedStage()).as(DiagnosisFixture.text(diagnosis)).isNull();
        assertThat(diagnosis.stages())
                .allSatisfy(result -> {
                    assertThat(result.ok()).isTrue();
                    assertThat(result.found()).isNotBlank();
                    assertThat(result.advice()).isNull();
                })
                .extracting(StageResult::stage)
                .containsExactly(DiagnosisStage.values());
    }

    @Test
    void nameIsResolved() {
        JsonObject registration = octoPrint();
        registration.put("address", registration.getString("address").replace("127.0.0.1", "localhost"));

        Diagnosis diagnosis = fixture.diagnose(registration);

        assertThat(diagnosis.failedStage()).as(DiagnosisFixture.text(diagnosis)).isNull();
        assertThat(result(diagnosis, DiagnosisStage.NAME).found()).startsWith("localhost is ");
    }

    @Test
    void wrongKey() {
        fixture.expect(
                octoPrint().put("credentials", key("wrong")),
                DiagnosisStage.KEY,
                "OctoPrint refuses the API key",
                "Application Keys");
    }

    @Test
    void noKey() {
        JsonObject registration = octoPrint();
        registration.remove("credentials");
        fixture.expect(registration, DiagnosisStage.KEY, "requires an API key", "enter the printer's credentials");
    }

    @Test
    void apiKeyInsteadOfThePassword() {
        JsonObject registration = simulated(new PrusaLinkSimulator(SimulatedPrinters.machine("mk4"), "pass word"))
                .put("credentials", key("0123456789"));
        fixture.expect(registration, DiagnosisStage.KEY, "PrusaLink refuses", "username and password");
    }

    @Test
    void keyOfMoonrakerIsMissing() {
        JsonObject registration =
                simulated(new MoonrakerSimulator(SimulatedPrinters.machine("voron"), SimulatedPrinters.KEY));
        registration.remove("credentials");
        fixture.expect(registration, DiagnosisStage.KEY, "Moonraker requires an API key", "trusted_clients");
    }

    @Test
    void httpForHttps() {
        fixture.expect(
                DiagnosisFixture.named("octoprint", "http://127.0.0.1:" + tlsPort()),
                DiagnosisStage.TLS,
                "expects an encrypted",
                "https instead of http");
    }

    @Test
    void httpsForHttp() {
        JsonObject registration = octoPrint();
        registration.put("address", registration.getString("address").replace("http://", "https://"));
        fixture.expect(registration, DiagnosisStage.TLS, "does not use encryption", "http instead of https");
    }

    @Test
    void selfSignedCertificateWithoutFingerprint() {
        fixture.expect(
                DiagnosisFixture.named("octoprint", "https://127.0.0.1:" + tlsPort()),
                DiagnosisStage.TLS,
                "self-signed",
                "set tls.fingerprint to sha256:");
    }

    @Test
    void changedCertificate() {
        JsonObject registration = DiagnosisFixture.named("octoprint", "https://127.0.0.1:" + tlsPort())
                .put("tls", new JsonObject().put("fingerprint", "sha256:" + "ab".repeat(32)));
        fixture.expect(registration, DiagnosisStage.TLS, "has changed", "set tls.fingerprint to sha256:");
    }

    @Test
    void wrongPort() {
        fixture.expect(
                DiagnosisFixture.at("octoprint", fixture.server()),
                DiagnosisStage.SERVER,
                "web page",
                "usual for octoprint: 80, 443, 5000, 8080");
    }

    @Test
    void usualPortIsNamedWhereDetectionDoesNotTryIt() {
        fixture.expect(
                DiagnosisFixture.named("flashforge", "http://127.0.0.1:" + Ports.free()),
                DiagnosisStage.PORT,
                "nothing listens",
                "usual for flashforge: 8898");
    }

    @Test
    void closedPort() {
        fixture.expect(
                DiagnosisFixture.named("moonraker", "http://127.0.0.1:" + Ports.free()),
                DiagnosisStage.PORT,
                "nothing listens",
                "usual for moonraker: 80, 443, 7125");
    }

    @Test
    void unknownName() {
        fixture.expect(
                DiagnosisFixture.named("octoprint", "http://octopi.invalid:5000"),
                DiagnosisStage.NAME,
                "octopi.invalid has no address",
                "IP address");
    }

    @Test
    void printerIsSwitchedOff() throws IOException {
        try (BlackHole off = BlackHole.open()) {
            fixture.expect(
                    DiagnosisFixture.named("octoprint", off.url()),
                    DiagnosisStage.ROUTE,
                    "did not answer",
                    "switched on");
        }
    }

    /** An address for documentation (RFC 3849): without a route, or with one to nowhere. */
    @Test
    void otherNetwork() {
        fixture.expect(
                DiagnosisFixture.named("octoprint", "http://[2001:db8::1]:5000"),
                DiagnosisStage.ROUTE,
                "2001:db8",
                "VLAN");
    }

    @Test
    void driverOfAnotherProtocol() {
        fixture.expect(
                octoPrint().put("driver", "moonraker"),
                DiagnosisStage.SERVER,
                "found OctoPrint, requires an API key",
                "set the driver to octoprint");
    }

    @Test
    void octoPrintForMoonraker() {
        JsonObject registration = simulated(new MoonrakerSimulator(SimulatedPrinters.machine("voron")))
                .put("driver", "prusalink");
        fixture.expect(registration, DiagnosisStage.SERVER, "Moonraker", "set the driver to moonraker");
    }

    @Test
    void klipperIsNotConnected() {
        ReplayPrinter server = fixture.server()
                .answer(
                        "GET /server/info",
                        CannedResponse.json(200, "{\"result\":{\"moonraker_version\":\"v0.9.3\"}}"));
        CannedResponse gone =
                CannedResponse.json(503, "{\"error\":{\"code\":503,\"message\":\"Klippy Host not connected\"}}");
        server.answer("GET /printer/objects/list", gone).answer("POST /printer/objects/query", gone);
        fixture.expect(
                DiagnosisFixture.at("moonraker", server),
                DiagnosisStage.PRINTER,
                "Klipper is not connected",
                "switch the printer on");
    }

    @Test
    void printerIsNotConnectedToOctoPrint() {
        PrinterServer server =
                printers.start(new OctoPrintSimulator(SimulatedPrinters.machine("mk3"), SimulatedPrinters.KEY));
        server.printer().disconnect();
        fixture.expect(
                SimulatedPrinters.registration("mk3", server),
                DiagnosisStage.PRINTER,
                "not connected",
                "switch the printer on");
    }

    @Test
    void slowPrinterIsReadWithAdvice() {
        PrinterServer server =
                printers.start(new OctoPrintSimulator(SimulatedPrinters.machine("mk3"), SimulatedPrinters.KEY));
        done(server.behave(Behaviour.slow(Duration.ofMillis(700))));

        Diagnosis diagnosis = fixture.diagnose(SimulatedPrinters.registration("mk3", server));

        assertThat(diagnosis.failedStage()).as(DiagnosisFixture.text(diagnosis)).isNull();
        assertThat(result(diagnosis, DiagnosisStage.READING).advice()).contains("raise polling.timeout");
    }

    @Test
    void disabledPrinterIsReadWithAdvice() {
        Diagnosis diagnosis = fixture.diagnose(octoPrint().put("enabled", false));

        assertThat(result(diagnosis, DiagnosisStage.READING).advice()).contains("is disabled");
    }

    private static StageResult result(Diagnosis diagnosis, DiagnosisStage stage) {
        return diagnosis.stages().stream()
                .filter(result -> result.stage() == stage)
                .findFirst()
                .orElseThrow();
    }

    private JsonObject octoPrint() {
        return simulated(new OctoPrintSimulator(SimulatedPrinters.machine("mk3"), SimulatedPrinters.KEY));
    }

    private JsonObject simulated(ProtocolSimulator simulator) {
        return SimulatedPrinters.registration("printer", printers.start(simulator));
    }

    private int tlsPort() {
        HttpServerOptions options =
                new HttpServerOptions().setSsl(true).setKeyCertOptions(CERTIFICATE.keyCertOptions());
        return done(fixture.vertx()
                        .createHttpServer(options)
                        .requestHandler(
                                request -> request.response().setStatusCode(404).end())
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }

    private static JsonObject key(String key) {
        return new JsonObject().put("api_key", key);
    }
}
