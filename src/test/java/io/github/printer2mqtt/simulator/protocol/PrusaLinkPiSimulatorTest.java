package io.github.printer2mqtt.simulator.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.ManualClock;
import io.github.printer2mqtt.simulator.RawResponse;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.github.printer2mqtt.simulator.server.SimulatedResponse;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrusaLinkPiSimulatorTest {
    private static final String KEY = "pi-key";
    private static final String PASSWORD = "secret12";
    private static final String NONCE = "d6c79497c215bacfd16e4252c8ec5b212381c301380ca437b72d6afe31e29565";
    private static final String CNONCE = "NmFiMzgyYWRjMjc2MDJkYmM3ZjZhMzRiNTkzODgyZjE=";
    private static final String RESPONSE = "8912771cf0ba9e5c2e5d7f6487953af2";

    private final ManualClock clock = new ManualClock();

    @ParameterizedTest
    @CsvSource({
        "IDLE, /api/version, version",
        "IDLE, /api/v1/info, info",
        "IDLE, /api/v1/status, idle-v1_status",
        "IDLE, /api/v1/job, idle-v1_job",
        "PRINTING, /api/v1/status, printing-v1_status",
        "PRINTING, /api/v1/job, printing-v1_job",
        "PAUSED, /api/v1/job, paused-v1_job",
        "ATTENTION, /api/v1/status, attention-v1_status",
        "ATTENTION, /api/v1/job, attention-v1_job",
        "FINISHED, /api/v1/status, finished-v1_status",
        "FINISHED, /api/v1/job, finished-v1_job",
        "FAILED, /api/v1/job, error-v1_job",
    })
    void respondsLikeTheRealServer(State state, String target, String recording) {
        SimulatedRequest request = RecordedShape.get(target, "X-Api-Key", KEY);
        RawResponse response = RecordedShape.holds(simulator(state), request, "prusalink-pi/" + recording + ".http");
        RawResponse recorded = Recording.respond("prusalink-pi/" + recording + ".http");
        if (target.endsWith("/job") && response.status() == 200) {
            assertThat(response.json().getString("state"))
                    .isEqualTo(recorded.json().getString("state"));
        }
    }

    @Test
    void rejectsLikeTheRealServer() {
        PrusaLinkPiSimulator simulator = simulator(State.IDLE);
        RecordedShape.holds(
                simulator, RecordedShape.get("/api/v1/status", "X-Api-Key", "nope"), "prusalink-pi/403-badkey.http");
        RecordedShape.holds(
                simulator,
                RecordedShape.get("/api/v1/status", "Accept", "application/json"),
                "prusalink-pi/401-nocred.http");
        RecordedShape.holds(simulator, RecordedShape.request("HEAD", "/"), "prusalink-pi/head-root.http");
    }

    @Test
    void failureMessageIsInThePrinterStatus() {
        RawResponse response = RawResponse.parse(simulator(State.FAILED)
                .respond(RecordedShape.get("/api/v1/status", "X-Api-Key", KEY))
                .bytes()
                .getBytes());
        assertThat(response.json()
                        .getJsonObject("printer")
                        .getJsonObject("status_printer")
                        .encode())
                .isEqualTo("{\"ok\":false,\"message\":\"Thermal Runaway, system stopped! Heater_ID: bed\"}");
    }

    @Test
    void disconnectedPrinterIsUnavailable() {
        PrusaLinkPiSimulator simulator = simulator(State.DISCONNECTED);
        assertThat(simulator
                        .respond(RecordedShape.get("/api/v1/status", "X-Api-Key", KEY))
                        .status())
                .isEqualTo(503);
        assertThat(simulator
                        .respond(RecordedShape.get("/api/version", "X-Api-Key", KEY))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void commandsApplyToTheRunningJob() {
        SimulatedPrinter printer = JobMoments.in(State.PRINTING, clock);
        PrusaLinkPiSimulator simulator = new PrusaLinkPiSimulator(printer, KEY, PASSWORD);
        String job =
                "/api/v1/job/" + Objects.requireNonNull(printer.view().job()).id();
        RecordedShape.holds(
                simulator,
                RecordedShape.request("PUT", "/api/v1/job/9999/pause", "X-Api-Key", KEY),
                "prusalink-pi/cmd-wrongjob-404.http");
        RecordedShape.holds(
                simulator,
                RecordedShape.request("PUT", job + "/resume", "X-Api-Key", KEY),
                "prusalink-pi/cmd-resume-while-printing-409.http");
        RecordedShape.holds(
                simulator,
                RecordedShape.request("PUT", job + "/pause", "X-Api-Key", KEY),
                "prusalink-pi/cmd-pause-204.http");
        assertThat(printer.view().state()).isEqualTo(State.PAUSED);
        RecordedShape.holds(
                simulator, RecordedShape.request("DELETE", job, "X-Api-Key", KEY), "prusalink-pi/cmd-stop-204.http");
        assertThat(printer.view().state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void acceptsOnlyTheDigestOfTheTestVector() {
        PrusaLinkPiSimulator simulator =
                new PrusaLinkPiSimulator(JobMoments.in(State.IDLE, clock), KEY, PASSWORD, theRecordedNonce());
        assertThat(digest(simulator, "maker", NONCE, RESPONSE, "curl").status()).isEqualTo(200);
        assertThat(digest(simulator, "maker", NONCE, RESPONSE, "curl").status()).isEqualTo(200);
        assertThat(digest(simulator, "other", NONCE, RESPONSE, "curl").status()).isEqualTo(401);
        assertThat(digest(simulator, "maker", NONCE, "44bc0791ee1602e19de4a734f7af0040", "curl")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void nonceIsValidForOneClientAndTwoMinutes() {
        PrusaLinkPiSimulator simulator = simulator(State.IDLE);
        String nonce = nonceFor(simulator, "printer2mqtt");
        assertThat(digest(simulator, "maker", nonce, rightResponse(nonce), "printer2mqtt")
                        .status())
                .isEqualTo(200);
        SimulatedResponse other = digest(simulator, "maker", nonce, rightResponse(nonce), "curl");
        assertThat(other.status()).isEqualTo(401);
        assertThat(String.join("\n", other.headers())).contains("stale=\"true\"");
        clock.moveSeconds(120);
        assertThat(digest(simulator, "maker", nonce, rightResponse(nonce), "printer2mqtt")
                        .status())
                .isEqualTo(401);
    }

    private static String nonceFor(PrusaLinkPiSimulator simulator, String client) {
        SimulatedResponse reply = simulator.respond(RecordedShape.get("/api/v1/status", "User-Agent", client));
        Matcher nonce = Pattern.compile("nonce=\"([0-9a-f]{64})\"").matcher(String.join("\n", reply.headers()));
        assertThat(nonce.find()).isTrue();
        return nonce.group(1);
    }

    private static String rightResponse(String nonce) {
        String session = DigestAuthorization.Md5.hex(
                DigestAuthorization.Md5.hex("maker:Administrator:" + PASSWORD) + ':' + nonce + ':' + CNONCE);
        return DigestAuthorization.Md5.hex(session + ':' + nonce + ":00000001:" + CNONCE + ":auth:"
                + DigestAuthorization.Md5.hex("GET:/api/v1/status"));
    }

    private static SimulatedResponse digest(
            PrusaLinkPiSimulator simulator, String user, String nonce, String response, String client) {
        String header = "Digest username=\"" + user + "\", realm=\"Administrator\", nonce=\"" + nonce
                + "\", uri=\"/api/v1/status\", cnonce=\"" + CNONCE + "\", nc=00000001, qop=auth, response=\""
                + response + "\", opaque=\"x\", algorithm=MD5-sess";
        return simulator.respond(RecordedShape.get("/api/v1/status", "Authorization", header, "User-Agent", client));
    }

    private static Nonces theRecordedNonce() {
        return new Nonces() {
            @Override
            public String issue(SimulatedRequest request) {
                return NONCE;
            }

            @Override
            public NonceValidity check(String nonce, SimulatedRequest request) {
                return nonce.equals(NONCE) ? NonceValidity.GOOD : NonceValidity.UNKNOWN;
            }
        };
    }

    private PrusaLinkPiSimulator simulator(State state) {
        return new PrusaLinkPiSimulator(JobMoments.in(state, clock), KEY, PASSWORD);
    }
}
