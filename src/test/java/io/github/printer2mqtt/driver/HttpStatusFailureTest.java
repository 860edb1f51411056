package io.github.printer2mqtt.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpStatusFailureTest {
    private static final String ADVICE = "the printer refuses the API key";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nginx with a password | 401 | Basic realm=\"Restricted\" | <html>401</html>",
                "a proxy with a token | 401 | Bearer, Negotiate | {\"error\":\"no\"}",
                "a page of a firewall | 403 | | <!DOCTYPE html><h1>Forbidden</h1>",
                "a proxy | 407 | | ",
                "a captive portal | 511 | | <html>log in</html>",
            })
    void namesAnIntermediary(String what, int status, String challenge, String body) {
        assertThat(fault(status, challenge, body).getMessage())
                .startsWith("auth: something in front of the printer refuses the bridge")
                .contains("HTTP " + status)
                .doesNotContain("key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OctoPrint | 403 | | {\"error\":\"You don't have the permission\"}",
                "Moonraker | 401 | | {\"error\":{\"code\":401,\"message\":\"Unauthorized\"}}",
                "PrusaLink with a key | 401 | ApiKey realm=\"Printer API\" | {\"title\":\"401: Unauthorized\"}",
                "PrusaLink on a Pi | 401 | Digest realm=\"Administrator\",qop=\"auth\",nonce=\"d6\" | <!DOCTYPE html>",
                "PrusaLink on a Pi with a key | 403 | | Bad X-Api-Key.",
                "a digest beside others | 401 | Basic realm=\"x\", Digest realm=\"y\", nonce=\"z\" | <html>",
            })
    void namesTheKeyIfThePrinterRefusesIt(String what, int status, String challenge, String body) {
        assertThat(fault(status, challenge, body)).hasMessage("auth: " + ADVICE + " (HTTP " + status + ")");
    }

    private static PrinterException fault(int status, String challenge, String body) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("content-type", "text/html; charset=utf-8");
        if (challenge != null) {
            headers.add("www-authenticate", challenge);
        }
        PrinterException fault = HttpStatusFailure.ofPoll(
                new PrinterResponse(status, headers, Buffer.buffer(body == null ? "" : body)), ADVICE);
        assertThat(fault.failure().reason()).isEqualTo(FailureReason.AUTH);
        return fault;
    }
}
