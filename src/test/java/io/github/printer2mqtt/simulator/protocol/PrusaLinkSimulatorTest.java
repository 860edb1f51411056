package io.github.printer2mqtt.simulator.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.ManualClock;
import io.github.printer2mqtt.simulator.RawResponse;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.github.printer2mqtt.simulator.server.SimulatedResponse;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrusaLinkSimulatorTest {
    private static final String PASSWORD = "abCD2345efGH678";
    private static final String NONCE = "aaaaaaaa000003e9";
    private static final String RESPONSE = "d9af092722a451b0678f783a01b1f075";

    private final ManualClock clock = new ManualClock();

    @ParameterizedTest
    @CsvSource({
        "IDLE, /api/v1/status, idle-status",
        "IDLE, /api/v1/job, idle-job",
        "PRINTING, /api/v1/status, printing-status",
        "PRINTING, /api/v1/job, printing-job",
        "HEATING, /api/v1/status, printing-status",
        "PAUSED, /api/v1/status, paused-status",
        "PAUSED, /api/v1/job, paused-job",
        "ATTENTION, /api/v1/job, attention-job",
        "FINISHED, /api/v1/job, finished-job",
        "CANCELLED, /api/v1/job, stopped-job",
        "BUSY, /api/v1/job, busy-job",
        "IDLE, /api/v1/status?x=1, query-string-status",
    })
    void respondsLikeTheRealFirmware(State state, String target, String recording) {
        SimulatedRequest request = RecordedShape.get(target, "X-Api-Key", PASSWORD);
        RawResponse response =
                RecordedShape.assertMatches(simulator(state), request, "prusalink/" + recording + ".http");
        if (target.endsWith("/job") && response.status() == 200) {
            RawResponse recorded = Recording.response("prusalink/" + recording + ".http");
            assertThat(response.json().getString("state"))
                    .isEqualTo(recorded.json().getString("state"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "IDLE, IDLE",
        "HEATING, PRINTING",
        "PRINTING, PRINTING",
        "PAUSED, PAUSED",
        "ATTENTION, ATTENTION",
        "FINISHED, FINISHED",
        "CANCELLED, STOPPED",
        "FAILED, ERROR",
        "BUSY, BUSY",
    })
    void usesPrusasNamesOfStates(State state, String word) {
        JsonObject status = RawResponse.parse(simulator(state)
                        .respond(RecordedShape.get("/api/v1/status", "X-Api-Key", PASSWORD))
                        .bytes()
                        .getBytes())
                .json();
        assertThat(status.getJsonObject("printer").getString("state")).isEqualTo(word);
        assertThat(status.containsKey("job")).isEqualTo(state.mayHaveJob());
    }

    @Test
    void writesNumbersWithFixedDigitsAndChunkSizesWithFour() {
        String all = simulator(State.PRINTING)
                .respond(RecordedShape.get("/api/v1/status", "X-Api-Key", PASSWORD))
                .bytes()
                .toString();
        assertThat(all).contains("\"progress\":42.22,").contains("\"target_bed\":60.0,");
        assertThat(all).containsPattern("\r\n\r\n0[0-9A-F]{3}\r\n\\{").endsWith("}\r\n0\r\n\r\n");
    }

    @Test
    void closedConnectionEndsTheJson() {
        PrusaLinkSimulator simulator = simulator(State.PRINTING);
        SimulatedRequest closing = RecordedShape.get("/api/v1/status", "X-Api-Key", PASSWORD, "Connection", "close");
        RecordedShape.assertMatches(simulator, closing, "prusalink/connclose-status.http");
        SimulatedRequest old = new SimulatedRequest("GET", "/api/v1/status", true, closing.headers(), "");
        RecordedShape.assertMatches(simulator, old, "prusalink/http10-status.http");
    }

    @Test
    void rejectsLikeTheRealFirmware() {
        PrusaLinkSimulator simulator = simulator(State.IDLE);
        String status = "/api/v1/status";
        SimulatedRequest badKey = RecordedShape.get(status, "X-Api-Key", "nope", "Accept", "application/json");
        RecordedShape.assertMatches(simulator, badKey, "prusalink/401-badkey.http");
        assertThat(simulator.respond(badKey).headers()).contains("WWW-Authenticate: ApiKey realm=\"Printer API\"");
        RecordedShape.assertMatches(
                simulator, RecordedShape.get(status, "Accept", "application/json"), "prusalink/401-nocred-json.http");
        RawResponse text =
                RecordedShape.assertMatches(simulator, RecordedShape.get(status), "prusalink/401-nocred-text.http");
        assertThat(text.body())
                .isEqualTo(Recording.response("prusalink/401-nocred-text.http").body());
    }

    @Test
    void longUriIsRejectedBeforeTheKeyIsChecked() {
        assertThat(simulator(State.IDLE)
                        .respond(RecordedShape.get("/" + "a".repeat(200)))
                        .status())
                .isEqualTo(414);
    }

    @Test
    void acceptsTheDigestOfTheTestVectorWithAnyUser() {
        PrusaLinkSimulator simulator = at1001Seconds();
        String challenge = String.join(
                "\n", simulator.respond(RecordedShape.get("/api/v1/status")).headers());
        assertThat(challenge).contains("Digest realm=\"Printer API\", nonce=\"" + NONCE + "\", stale=false");
        assertThat(digest(simulator, "maker", NONCE, RESPONSE, "").status()).isEqualTo(200);
        assertThat(digest(simulator, "anybody", NONCE, RESPONSE, "").status()).isEqualTo(200);
        String tolerated = ", qop=auth, nc=00000001, cnonce=\"abc\", algorithm=\"MD5\"";
        assertThat(digest(simulator, "maker", NONCE, RESPONSE, tolerated).status())
                .isEqualTo(200);
    }

    @Test
    void rejectsAWrongDigestAndReportsOnlyAnOldNonceAsStale() {
        PrusaLinkSimulator simulator = at1001Seconds();
        assertThat(stale(digest(simulator, "maker", NONCE, "b4058e21aea03ae1db731c6d4bacc69a", "")))
                .isEqualTo("false");
        clock.moveSeconds(300);
        assertThat(digest(simulator, "maker", NONCE, RESPONSE, "").status()).isEqualTo(200);
        clock.moveSeconds(1);
        assertThat(stale(digest(simulator, "maker", NONCE, RESPONSE, ""))).isEqualTo("true");
        assertThat(stale(digest(simulator, "maker", NONCE, "b4058e21aea03ae1db731c6d4bacc69a", "")))
                .isEqualTo("false");
        assertThat(stale(digest(simulator, "maker", "bbbbbbbb000003e9", RESPONSE, "")))
                .isEqualTo("false");
    }

    @Test
    void digestOfAnotherUriIsRejected() {
        String header = "Digest username=\"maker\", realm=\"Printer API\", nonce=\"" + NONCE
                + "\", uri=\"/api/v1/status\", response=\"" + RESPONSE + '"';
        SimulatedRequest other = RecordedShape.get("/api/v1/job", "Authorization", header);
        assertThat(at1001Seconds().respond(other).status()).isEqualTo(401);
    }

    @Test
    void commandsApplyToTheRunningJob() {
        SimulatedPrinter printer = PrinterInState.of(State.PRINTING, clock);
        PrusaLinkSimulator simulator = new PrusaLinkSimulator(printer, PASSWORD);
        String job =
                "/api/v1/job/" + Objects.requireNonNull(printer.view().job()).id();
        RecordedShape.assertMatches(
                simulator, command("PUT", "/api/v1/job/9999/pause"), "prusalink/cmd-wrongjob-404.http");
        RecordedShape.assertMatches(simulator, command("PUT", job + "/resume"), "prusalink/cmd-resume-409.http");
        RecordedShape.assertMatches(simulator, command("PUT", job + "/pause"), "prusalink/cmd-pause-204.http");
        assertThat(printer.view().state()).isEqualTo(State.PAUSED);
        assertThat(simulator.respond(command("PUT", job + "/pause")).status()).isEqualTo(409);
        assertThat(simulator.respond(command("PUT", job + "/resume")).status()).isEqualTo(204);
        assertThat(simulator.respond(command("PUT", "/api/v1/job/x/pause")).status())
                .isEqualTo(400);
        RecordedShape.assertMatches(simulator, command("DELETE", job), "prusalink/cmd-stop-204.http");
        assertThat(printer.view().state()).isEqualTo(State.CANCELLED);
        assertThat(simulator.respond(command("DELETE", job)).status()).isEqualTo(404);
    }

    @Test
    void attentionCannotBeResumedRemotely() {
        SimulatedPrinter printer = PrinterInState.of(State.ATTENTION, clock);
        PrusaLinkSimulator simulator = new PrusaLinkSimulator(printer, PASSWORD);
        String job =
                "/api/v1/job/" + Objects.requireNonNull(printer.view().job()).id();
        assertThat(simulator.respond(command("PUT", job + "/resume")).status()).isEqualTo(409);
        assertThat(simulator.respond(command("DELETE", job)).status()).isEqualTo(204);
    }

    private static SimulatedRequest command(String method, String target) {
        return RecordedShape.request(method, target, "X-Api-Key", PASSWORD, "Accept", "application/json");
    }

    private static SimulatedResponse digest(
            PrusaLinkSimulator simulator, String user, String nonce, String response, String more) {
        String header = "Digest username=\"" + user + "\", realm=\"Printer API\", nonce=\"" + nonce
                + "\", uri=\"/api/v1/status\", response=\"" + response + '"' + more;
        return simulator.respond(RecordedShape.get("/api/v1/status", "Authorization", header));
    }

    private static String stale(SimulatedResponse reply) {
        assertThat(reply.status()).isEqualTo(401);
        String headers = String.join("\n", reply.headers());
        return headers.substring(headers.indexOf("stale=") + "stale=".length());
    }

    /** A firmware that drew the first half of the recorded nonce and has run for the second half. */
    private PrusaLinkSimulator at1001Seconds() {
        SimulatedPrinter printer = new SimulatedPrinter("MK4", clock);
        clock.moveSeconds(1001);
        return new PrusaLinkSimulator(printer, PASSWORD, new BuddyNonces(0xaaaaaaaa, printer));
    }

    private PrusaLinkSimulator simulator(State state) {
        return new PrusaLinkSimulator(PrinterInState.of(state, clock), PASSWORD);
    }
}
