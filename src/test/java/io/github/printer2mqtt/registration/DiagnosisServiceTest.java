package io.github.printer2mqtt.registration;

import static io.github.printer2mqtt.registration.RegistrationFixture.error;
import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.diagnosis.Diagnosis;
import io.github.printer2mqtt.registration.diagnosis.DiagnosisDocument;
import io.github.printer2mqtt.registration.diagnosis.DiagnosisStage;
import io.github.printer2mqtt.simulator.protocol.OctoPrintSimulator;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.ReplayPrinter;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Limits of diagnoses. */
class DiagnosisServiceTest {
    private static final String CANARY = "canary-4711-0815";

    @RegisterExtension
    private final DiagnosisFixture fixture = new DiagnosisFixture();

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    @Test
    void unknownPrinterIsNotFound() {
        error(fixture.diagnoses.diagnose(new PrinterId("nobody")), Code.PRINTER_NOT_FOUND);
    }

    @Test
    void concurrentCallsShareOneDiagnosis() {
        HostileServer silent = silent();
        PrinterId id = fixture.register(registration("a", silent));

        Future<Diagnosis> first = fixture.diagnoses.diagnose(id);
        Future<Diagnosis> second = fixture.diagnoses.diagnose(id);

        assertThat(done(second)).isSameAs(done(first));
        assertThat(silent.requests()).isEqualTo(1);
        until("no connection is left", () -> silent.openSockets() == 0);
    }

    @Test
    void fifthDiagnosisIsRefusedWhileFourRun() {
        HostileServer silent = silent();
        List<Future<Diagnosis>> running = new ArrayList<>();
        for (String id : List.of("a", "b", "c", "d")) {
            running.add(fixture.diagnoses.diagnose(fixture.register(registration(id, silent))));
        }
        PrinterId fifth = fixture.register(registration("e", silent));

        RegistrationException busy = error(fixture.diagnoses.diagnose(fifth), Code.BUSY);

        assertThat(busy).hasMessageContaining("4 diagnoses are already running");
        running.forEach(each -> done(each));
        assertThat(done(fixture.diagnoses.diagnose(fifth)).failedStage()).isNotNull();
    }

    @Test
    void refusedCredentialsAreSentAgainAfterTenSecondsOrIfTheyChange() {
        PrinterServer server = octoPrint();
        PrinterId id = fixture.register(SimulatedPrinters.registration("mk3", server)
                .put("credentials", new JsonObject().put("api_key", "wrong")));
        Diagnosis first = done(fixture.diagnoses.diagnose(id));
        long requests = server.requests();

        assertThat(done(fixture.diagnoses.diagnose(id))).isSameAs(first);
        assertThat(server.requests()).isEqualTo(requests);

        fixture.skippedNanos.set(Duration.ofSeconds(10).toNanos());
        assertThat(done(fixture.diagnoses.diagnose(id))).isNotSameAs(first);

        JsonObject right = new JsonObject().put("credentials", new JsonObject().put("api_key", SimulatedPrinters.KEY));
        done(fixture.registrations.change(id, right));
        assertThat(done(fixture.diagnoses.diagnose(id)).failedStage()).isNull();
    }

    @Test
    void requestsAreSentOneAfterTheOther() {
        PrinterServer server = octoPrint();
        done(server.behave(Behaviour.slow(Duration.ofMillis(50))));

        Diagnosis diagnosis = fixture.diagnose(SimulatedPrinters.registration("mk3", server));

        assertThat(diagnosis.failedStage()).isNull();
        assertThat(server.connections())
                .as("to find the open port, to identify the server, its web socket, and the login for that")
                .isLessThanOrEqualTo(4);
    }

    /** The key is echoed by the server in all that a diagnosis shows. */
    @Test
    void credentialsAreNeverShown() {
        try (ReplayPrinter echo = ReplayPrinter.start(fixture.vertx())) {
            for (String path : List.of("/api/version", "/api/currentuser", "/api/job", "/server/info", "/")) {
                echo.answer(
                        "GET " + path,
                        request -> CannedResponse.of(
                                500, "text/html", "<html><title>" + request.header("X-Api-Key") + "</title></html>"));
            }
            Diagnosis diagnosis = fixture.diagnose(new JsonObject()
                    .put("name", "echo")
                    .put("driver", "octoprint")
                    .put("address", "127.0.0.1:" + echo.port())
                    .put("credentials", new JsonObject().put("api_key", CANARY)));

            assertThat(diagnosis.failedStage()).isNotNull();
            assertThat(new String(DiagnosisDocument.of(diagnosis), StandardCharsets.UTF_8))
                    .doesNotContain(CANARY);
            assertThat(diagnosis.toString()).doesNotContain(CANARY);
        }
    }

    @Test
    void probeHasTheStages() {
        PrinterServer server = octoPrint();

        ProbeReport named = done(fixture.registrations.probe(new JsonObject()
                .put("driver", "octoprint")
                .put("address", server.url())
                .put("credentials", new JsonObject().put("api_key", "wrong"))));
        ProbeReport automatic = done(fixture.registrations.probe(new JsonObject()
                .put("address", server.url())
                .put("credentials", new JsonObject().put("api_key", SimulatedPrinters.KEY))));

        assertThat(named.stages())
                .filteredOn(result -> Boolean.FALSE.equals(result.ok()))
                .singleElement()
                .satisfies(result -> assertThat(result.stage()).isEqualTo(DiagnosisStage.KEY));
        assertThat(automatic.driver()).isEqualTo("octoprint");
        assertThat(automatic.stages())
                .hasSize(8)
                .allSatisfy(result -> assertThat(result.ok()).isTrue());
    }

    @Test
    void probeThatRecognisesNothingSaysWhy() {
        try (ReplayPrinter router = ReplayPrinter.start(fixture.vertx())) {
            ProbeReport report =
                    done(fixture.registrations.probe(new JsonObject().put("address", "127.0.0.1:" + router.port())));

            assertThat(report.driver()).isNull();
            assertThat(report.stages())
                    .filteredOn(result -> Boolean.FALSE.equals(result.ok()))
                    .singleElement()
                    .satisfies(result -> {
                        assertThat(result.stage()).isEqualTo(DiagnosisStage.SERVER);
                        assertThat(result.found()).isEqualTo("a web page answers, not a supported printer");
                    });
        }
    }

    private PrinterServer octoPrint() {
        return printers.start(new OctoPrintSimulator(SimulatedPrinters.machine("mk3"), SimulatedPrinters.KEY));
    }

    private HostileServer silent() {
        return HostileServer.start(fixture.vertx(), socket -> {});
    }

    private static JsonObject registration(String id, HostileServer server) {
        return new JsonObject()
                .put("id", id)
                .put("name", id)
                .put("driver", "moonraker")
                .put("address", "http://127.0.0.1:" + server.port() + "/" + id);
    }
}
