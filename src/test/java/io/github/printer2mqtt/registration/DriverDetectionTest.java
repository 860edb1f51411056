package io.github.printer2mqtt.registration;

import static io.github.printer2mqtt.registration.RegistrationFixture.error;
import static io.github.printer2mqtt.registration.RegistrationFixture.mk4;
import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DriverDetectionTest {
    private static final String CERTIFICATE = "sha256:" + "cd".repeat(32);

    @RegisterExtension
    private final RegistrationFixture fixture = RegistrationFixture.create();

    @AfterEach
    void allConnectionsAreClosed() {
        assertThat(fixture.network.open).hasValue(0);
    }

    @Test
    void knownPortsAreProbedInParallelAndNoOthers() {
        Promise<Void> gate = Promise.promise();
        fixture.network.gate = gate;
        fixture.network.drivers.put("http://192.0.2.20:5000", List.of("octoprint"));
        Future<Registration> registering = fixture.registrations.add(auto("192.0.2.20"));
        until("all five ports are probed", () -> fixture.network.probed.size() == 5);
        assertThat(fixture.network.opened)
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
    void moonrakerIsPreferredOverOtherMatches() {
        fixture.network.drivers.put("http://192.0.2.20:80", List.of("prusalink", "octoprint"));
        fixture.network.drivers.put("http://192.0.2.20:5000", List.of("octoprint"));
        fixture.network.drivers.put("http://192.0.2.20:7125", List.of("prusalink", "moonraker"));
        Printer printer = fixture.add(auto("192.0.2.20")).printer();
        assertThat(printer.driver()).isEqualTo("moonraker");
        assertThat(printer.address()).hasToString("http://192.0.2.20:7125");
    }

    @Test
    void firstPortIsUsedIfOneProtocolAnswersOnTwo() {
        fixture.network.drivers.put("http://192.0.2.20:80", List.of("octoprint"));
        fixture.network.drivers.put("http://192.0.2.20:5000", List.of("octoprint"));
        assertThat(fixture.add(auto("192.0.2.20")).printer().address()).hasToString("http://192.0.2.20:80");
    }

    @Test
    void onlyTheGivenPortIsProbed() {
        fixture.network.drivers.put("http://192.0.2.20:5001/pi", List.of("octoprint"));
        Printer printer = fixture.add(auto("192.0.2.20:5001/pi")).printer();
        assertThat(printer.address()).hasToString("http://192.0.2.20:5001/pi");
        assertThat(fixture.network.opened).containsExactly("http://192.0.2.20:5001/pi");
    }

    @Test
    void httpsAddressIsNeverProbedOverHttp() {
        error(fixture.registrations.add(auto("https://192.0.2.20")), Code.DRIVER_NOT_DETECTED);
        assertThat(fixture.network.opened).containsExactly("https://192.0.2.20:443");
    }

    @Test
    void resultOfEachPortIsReportedIfNoPrinterIsRecognised() {
        fixture.network.drivers.put("http://192.0.2.20:80", List.of());
        RegistrationException error = error(fixture.registrations.add(auto("192.0.2.20")), Code.DRIVER_NOT_DETECTED);
        assertThat(error.field()).isEqualTo("address");
        assertThat(error)
                .hasMessageContaining(
                        "http://192.0.2.20:80 moonraker: HTTP 404; octoprint: HTTP 404; prusalink: HTTP 404")
                .hasMessageContaining("http://192.0.2.20:7125 refused");
        assertThat(fixture.network.probed)
                .as("one driver is enough where no connection is possible")
                .filteredOn(each -> each.endsWith("@7125"))
                .hasSize(1);
        assertThat(fixture.registrations.all()).isEmpty();
    }

    @Test
    void fingerprintOfAnUntrustedCertificateIsReported() {
        fixture.network.failure = FailureReason.TLS;
        assertThat(error(fixture.registrations.add(auto("https://192.0.2.20")), Code.DRIVER_NOT_DETECTED))
                .hasMessageContaining("tls; its certificate is " + CERTIFICATE);
    }

    @Test
    void refusedPortIsSkippedIfOthersAreAllowed() {
        try (RegistrationFixture open = RegistrationFixture.withLoopback()) {
            open.network.drivers.put("http://127.0.0.1:5000", List.of("octoprint"));
            assertThat(open.add(auto("127.0.0.1")).printer().driver()).isEqualTo("octoprint");
            assertThat(open.network.opened)
                    .doesNotContain("http://127.0.0.1:8080")
                    .hasSize(4);
        }
    }

    @Test
    void driverIsDetectedAgainWhenPatchedToAuto() {
        Printer before = fixture.add(mk4()).printer();
        fixture.network.drivers.put("http://192.0.2.20:80", List.of("moonraker"));
        Printer after = done(fixture.registrations.change(before.id(), new JsonObject().put("driver", "auto")))
                .printer();
        assertThat(after.driver()).isEqualTo("moonraker");
        assertThat(after.address()).isEqualTo(before.address());
    }

    @Test
    void probeUsesTheGivenCredentialsAndRegistersNothing() {
        fixture.network.drivers.put("https://192.0.2.20:443", List.of("prusalink"));
        JsonObject request = new JsonObject()
                .put("address", "192.0.2.20")
                .put("credentials", new JsonObject().put("api_key", "open sesame"));
        ProbeReport report = done(fixture.registrations.probe(request));
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
                done(fixture.registrations.probe(request.put("credentials", new JsonObject().put("api_key", "wrong"))));
        assertThat(wrongKey.driver()).isEqualTo("prusalink");
        assertThat(wrongKey.reading()).isNull();
        assertThat(wrongKey.failure()).isEqualTo(new PollFailure(FailureReason.AUTH, "HTTP 401"));
        assertThat(fixture.registrations.all()).isEmpty();
        assertThat(fixture.monitoring.monitored).isEmpty();
    }

    @Test
    void probeOfANamedDriverReportsWhyItFailed() {
        ProbeReport report = done(fixture.registrations.probe(
                new JsonObject().put("address", "192.0.2.20").put("driver", "moonraker")));
        assertThat(report.driver()).isNull();
        assertThat(report.failure()).isEqualTo(PollFailure.of(FailureReason.REFUSED));
        assertThat(report.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.address()).hasToString("http://192.0.2.20:7125");
            assertThat(attempt.answer()).isEqualTo("refused");
        });
    }

    @Test
    void slowDetectionDoesNotDelayOtherRegistrations() {
        Promise<Void> gate = Promise.promise();
        fixture.network.gate = gate;
        Future<Registration> slow = fixture.registrations.add(auto("192.0.2.99"));
        until("the slow probe has started", () -> !fixture.network.probed.isEmpty());
        assertThat(fixture.add(mk4()).printer().driver()).isEqualTo("prusalink");
        assertThat(slow.isComplete()).isFalse();
        gate.complete();
        error(slow, Code.DRIVER_NOT_DETECTED);
    }

    private static JsonObject auto(String address) {
        return mk4().put("driver", "auto").put("address", address);
    }
}
