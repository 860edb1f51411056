package io.github.printer2mqtt.simulator.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.ManualClock;
import io.github.printer2mqtt.simulator.RawResponse;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrusaLinkPiSimulatorTest {
    private static final String KEY = "pi-key";

    private final ManualClock clock = new ManualClock();

    @ParameterizedTest
    @CsvSource({
        "IDLE, /api/version, version",
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
        RawResponse response =
                RecordedShape.assertMatches(simulator(state), request, "prusalink-pi/" + recording + ".http");
        RawResponse recorded = Recording.response("prusalink-pi/" + recording + ".http");
        if (target.endsWith("/job") && response.status() == 200) {
            assertThat(response.json().getString("state"))
                    .isEqualTo(recorded.json().getString("state"));
        }
    }

    @Test
    void rejectsLikeTheRealServer() {
        PrusaLinkPiSimulator simulator = simulator(State.IDLE);
        RecordedShape.assertMatches(
                simulator, RecordedShape.get("/api/v1/status", "X-Api-Key", "nope"), "prusalink-pi/403-badkey.http");
        RecordedShape.assertMatches(
                simulator,
                RecordedShape.get("/api/v1/status", "Accept", "application/json"),
                "prusalink-pi/401-nocred.http");
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
        SimulatedPrinter printer = PrinterInState.of(State.PRINTING, clock);
        PrusaLinkPiSimulator simulator = new PrusaLinkPiSimulator(printer, KEY);
        String job =
                "/api/v1/job/" + Objects.requireNonNull(printer.view().job()).id();
        RecordedShape.assertMatches(
                simulator,
                RecordedShape.request("PUT", "/api/v1/job/9999/pause", "X-Api-Key", KEY),
                "prusalink-pi/cmd-wrongjob-404.http");
        RecordedShape.assertMatches(
                simulator,
                RecordedShape.request("PUT", job + "/resume", "X-Api-Key", KEY),
                "prusalink-pi/cmd-resume-while-printing-409.http");
        RecordedShape.assertMatches(
                simulator,
                RecordedShape.request("PUT", job + "/pause", "X-Api-Key", KEY),
                "prusalink-pi/cmd-pause-204.http");
        assertThat(printer.view().state()).isEqualTo(State.PAUSED);
        RecordedShape.assertMatches(
                simulator, RecordedShape.request("DELETE", job, "X-Api-Key", KEY), "prusalink-pi/cmd-stop-204.http");
        assertThat(printer.view().state()).isEqualTo(State.CANCELLED);
    }

    private PrusaLinkPiSimulator simulator(State state) {
        return new PrusaLinkPiSimulator(PrinterInState.of(state, clock), KEY);
    }
}
