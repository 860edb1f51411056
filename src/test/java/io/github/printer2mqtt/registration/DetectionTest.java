package io.github.printer2mqtt.registration;

import static io.github.printer2mqtt.registration.RegistrationFixture.mk4;
import static io.github.printer2mqtt.registration.RegistrationFixture.problem;
import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.detection.ProbeReport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionTest {
    private static final String CERTIFICATE = "sha256:" + "cd".repeat(32);

    @TempDir
    private Path directory;

    private RegistrationFixture hall;

    @BeforeEach
    void open() {
        hall = RegistrationFixture.in(directory);
    }

    @AfterEach
    void close() {
        assertThat(hall.village.open).hasValue(0);
        hall.close();
    }

    @Test
    void triesTheKnownPortsAllAtOnceAndNothingElse() {
        Promise<Void> gate = Promise.promise();
        hall.village.gate = gate;
        hall.village.houses.put("http://192.0.2.20:5000", List.of("octoprint"));
        Future<Registration> registering = hall.registrations.add(auto("192.0.2.20"));
        until("all five doors are knocked at", () -> hall.village.asked.size() == 5);
        assertThat(hall.village.dialled)
                .containsExactly(
                        "http://192.0.2.20:80",
                        "https://192.0.2.20:443",
                        "http://192.0.2.20:5000",
                        "http://192.0.2.20:7125",
                        "http://192.0.2.20:8080");
        gate.complete();
        Printer printer = done(registering).printer();
        assertThat(printer.driver()).isEqualTo("octoprint");
        assertThat(printer.address()).hasToString("http://192.0.2.20:5000");
    }

    @Test
    void prefersMoonrakerWhereSeveralAnswer() {
        hall.village.houses.put("http://192.0.2.20:80", List.of("prusalink", "octoprint"));
        hall.village.houses.put("http://192.0.2.20:5000", List.of("octoprint"));
        hall.village.houses.put("http://192.0.2.20:7125", List.of("prusalink", "moonraker"));
        Printer printer = hall.add(auto("192.0.2.20")).printer();
        assertThat(printer.driver()).isEqualTo("moonraker");
        assertThat(printer.address()).hasToString("http://192.0.2.20:7125");
    }

    @Test
    void takesTheFirstPortWhereOneProtocolAnswersOnTwo() {
        hall.village.houses.put("http://192.0.2.20:80", List.of("octoprint"));
        hall.village.houses.put("http://192.0.2.20:5000", List.of("octoprint"));
        assertThat(hall.add(auto("192.0.2.20")).printer().address()).hasToString("http://192.0.2.20:80");
    }

    @Test
    void triesOnlyThePortThatTheUserNamed() {
        hall.village.houses.put("http://192.0.2.20:5001/pi", List.of("octoprint"));
        Printer printer = hall.add(auto("192.0.2.20:5001/pi")).printer();
        assertThat(printer.address()).hasToString("http://192.0.2.20:5001/pi");
        assertThat(hall.village.dialled).containsExactly("http://192.0.2.20:5001/pi");
    }

    @Test
    void neverTriesPlainHttpForAnHttpsAddress() {
        problem(hall.registrations.add(auto("https://192.0.2.20")), Code.DRIVER_NOT_DETECTED);
        assertThat(hall.village.dialled).containsExactly("https://192.0.2.20:443");
    }

    @Test
    void saysWhatEachPortSaidWhenNobodyIsRecognised() {
        hall.village.houses.put("http://192.0.2.20:80", List.of());
        RegistrationException problem = problem(hall.registrations.add(auto("192.0.2.20")), Code.DRIVER_NOT_DETECTED);
        assertThat(problem.field()).isEqualTo("address");
        assertThat(problem)
                .hasMessageContaining(
                        "http://192.0.2.20:80 moonraker: HTTP 404; octoprint: HTTP 404; prusalink: HTTP 404")
                .hasMessageContaining("http://192.0.2.20:7125 refused");
        assertThat(hall.village.asked)
                .as("where nobody listens, one question is enough")
                .filteredOn(each -> each.endsWith("@7125"))
                .hasSize(1);
        assertThat(hall.registrations.all()).isEmpty();
    }

    @Test
    void showsTheCertificateThatIsNotTrusted() {
        hall.village.emptyHouse = FailureReason.TLS;
        assertThat(problem(hall.registrations.add(auto("https://192.0.2.20")), Code.DRIVER_NOT_DETECTED))
                .hasMessageContaining("tls; its certificate is " + CERTIFICATE);
    }

    @Test
    void skipsARefusedPortWhereOthersAreAllowed(@TempDir Path other) {
        try (RegistrationFixture open = RegistrationFixture.withLoopbackIn(other)) {
            open.village.houses.put("http://127.0.0.1:5000", List.of("octoprint"));
            assertThat(open.add(auto("127.0.0.1")).printer().driver()).isEqualTo("octoprint");
            assertThat(open.village.dialled)
                    .doesNotContain("http://127.0.0.1:8080")
                    .hasSize(4);
        }
    }

    @Test
    void detectsAgainWhenAPatchAsksForIt() {
        Printer before = hall.add(mk4()).printer();
        hall.village.houses.put("http://192.0.2.20:80", List.of("moonraker"));
        Printer after = done(hall.registrations.change(before.id(), new JsonObject().put("driver", "auto")))
                .printer();
        assertThat(after.driver()).isEqualTo("moonraker");
        assertThat(after.address()).isEqualTo(before.address());
    }

    @Test
    void probesWithTheGivenCredentialsAndRegistersNothing() {
        hall.village.houses.put("https://192.0.2.20:443", List.of("prusalink"));
        JsonObject request = new JsonObject()
                .put("address", "192.0.2.20")
                .put("credentials", new JsonObject().put("api_key", "open sesame"));
        ProbeReport report = done(hall.registrations.probe(request));
        assertThat(report.driver()).isEqualTo("prusalink");
        assertThat(report.address()).hasToString("https://192.0.2.20:443");
        assertThat(report.evidence()).isEqualTo("prusalink 1.0");
        assertThat(report.reading())
                .isNotNull()
                .satisfies(reading -> assertThat(reading.state()).isEqualTo(PrinterState.IDLE));
        assertThat(report.failure()).isNull();
        assertThat(report.fingerprint()).isEqualTo(CERTIFICATE);
        assertThat(report.attempts()).hasSize(5);

        ProbeReport wrongKey =
                done(hall.registrations.probe(request.put("credentials", new JsonObject().put("api_key", "wrong"))));
        assertThat(wrongKey.driver()).isEqualTo("prusalink");
        assertThat(wrongKey.reading()).isNull();
        assertThat(wrongKey.failure()).isEqualTo(new PollFailure(FailureReason.AUTH, "HTTP 401"));
        assertThat(hall.registrations.all()).isEmpty();
        assertThat(hall.polling.watched).isEmpty();
    }

    @Test
    void probesANamedDriverAtItsPortAndSaysWhyNot() {
        ProbeReport report = done(hall.registrations.probe(
                new JsonObject().put("address", "192.0.2.20").put("driver", "moonraker")));
        assertThat(report.driver()).isNull();
        assertThat(report.failure()).isEqualTo(PollFailure.of(FailureReason.REFUSED));
        assertThat(report.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.address()).hasToString("http://192.0.2.20:7125");
            assertThat(attempt.answer()).isEqualTo("refused");
        });
    }

    @Test
    void letsAQuickRegistrationPassASlowDetection() {
        Promise<Void> gate = Promise.promise();
        hall.village.gate = gate;
        Future<Registration> slow = hall.registrations.add(auto("192.0.2.99"));
        until("the slow one knocks", () -> !hall.village.asked.isEmpty());
        assertThat(hall.add(mk4()).printer().driver()).isEqualTo("prusalink");
        assertThat(slow.isComplete()).isFalse();
        gate.complete();
        problem(slow, Code.DRIVER_NOT_DETECTED);
    }

    private static JsonObject auto(String address) {
        return mk4().put("driver", "auto").put("address", address);
    }
}
