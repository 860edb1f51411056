package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.registration.diagnosis.DiagnosisStage;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.ReplayPrinter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Addresses at which a web server answers that is not the printer's: a web interface or a proxy. */
class WebServerDiagnosisTest {
    private static final String LOGIN_PAGE =
            "<!DOCTYPE html><html><head><title>Authelia</title></head><body><input type=\"password\"></body></html>";

    @RegisterExtension
    private final DiagnosisFixture fixture = new DiagnosisFixture();

    @Test
    void addressOfMainsailInsteadOfMoonraker() {
        ReplayPrinter server = fixture.server()
                .answer(
                        "GET /",
                        CannedResponse.of(200, "text/html", "<!DOCTYPE html><html><title>Mainsail</title></html>"));
        fixture.expect(DiagnosisFixture.at("moonraker", server), DiagnosisStage.SERVER, "\"Mainsail\"", "port 7125");
    }

    @Test
    void addressOfFluiddThatAnswersEveryPathWithItsPage() {
        ReplayPrinter server = fixture.everywhere(
                CannedResponse.of(200, "text/html", "<!DOCTYPE html><html><title>fluidd</title></html>"));
        fixture.expect(DiagnosisFixture.at("moonraker", server), DiagnosisStage.SERVER, "\"fluidd\"", "port 7125");
    }

    @Test
    void proxyThatRedirectsToItsLogin() {
        ReplayPrinter server =
                fixture.everywhere(CannedResponse.of("HTTP/1.1 302 Found\r\nLocation: https://auth.example/login", ""));
        fixture.expect(DiagnosisFixture.at("octoprint", server), DiagnosisStage.SERVER, "redirects", "login page");
    }

    @Test
    void proxyThatAnswersWithItsLogin() {
        fixture.expect(
                DiagnosisFixture.at("octoprint", fixture.everywhere(CannedResponse.of(200, "text/html", LOGIN_PAGE))),
                DiagnosisStage.SERVER,
                "a login page (\"Authelia\")",
                "let the bridge through");
    }

    @Test
    void proxyThatRefuses() {
        ReplayPrinter server = fixture.everywhere(CannedResponse.of(
                "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"farm\"", "<html></html>"));
        fixture.expect(
                DiagnosisFixture.at("octoprint", server),
                DiagnosisStage.SERVER,
                "in front of the printer",
                "let the bridge through");
    }

    @Test
    void proxyWithoutServer() {
        fixture.expect(
                DiagnosisFixture.at("octoprint", fixture.everywhere(CannedResponse.html(502))),
                DiagnosisStage.SERVER,
                "HTTP 502",
                "start the printer's software");
    }
}
