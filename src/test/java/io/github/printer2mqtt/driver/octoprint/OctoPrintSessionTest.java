package io.github.printer2mqtt.driver.octoprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OctoPrintSessionTest {
    private static final String JOB = "GET /api/job";
    private static final String PRINTER = "GET /api/printer?exclude=sd";
    private static final CannedResponse NOT_OPERATIONAL =
            CannedResponse.json(409, "{\"error\":\"Printer is not operational\"}");

    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    private final Session session = fixture.open(new OctoPrintDriver(), Credentials.ofApiKey("k3y"));

    @ParameterizedTest
    @ValueSource(strings = {"Offline", "Closed"})
    void sendsOneRequestWhileNoPrinterIsConnected(String state) {
        fixture.printer().answer(JOB, job(state, null, null));

        assertThat(session.failure().reason()).isEqualTo(FailureReason.DISCONNECTED);
        assertThat(session.failure().reason()).isEqualTo(FailureReason.DISCONNECTED);

        assertThat(fixture.printer().lines()).containsExactly(JOB, JOB);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Opening serial connection", "Detecting serial connection", "Detecting", "Connecting", "Error"})
    void sendsOneRequestWhileThePrinterIsNotOperational(String state) {
        fixture.printer().answer(JOB, job(state, null, null));

        session.poll();

        assertThat(fixture.printer().lines()).containsExactly(JOB);
    }

    @Test
    void sendsTheKeyOnlyInItsHeader() {
        fixture.printer().answer(JOB, job("Operational", null, null)).answer(PRINTER, NOT_OPERATIONAL);

        session.poll();

        assertThat(fixture.printer().lines()).containsExactly(JOB, PRINTER);
        assertThat(fixture.printer().requests()).allSatisfy(request -> {
            assertThat(request.header("X-Api-Key")).isEqualTo("k3y");
            assertThat(request.header("Authorization")).isNull();
            assertThat(request.target()).doesNotContain("k3y");
        });
        assertThat(fixture.printer().connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "Opening serial connection, BUSY",
        "Detecting serial connection, BUSY",
        "Detecting, BUSY",
        "Connecting, BUSY",
        "Operational, IDLE",
        "Starting, PREPARING",
        "Starting print from SD, PREPARING",
        "Printing, PRINTING",
        "Printing from SD, PRINTING",
        "Pausing, PRINTING",
        "Resuming, PRINTING",
        "Finishing, PRINTING",
        "Paused, PAUSED",
        "Cancelling, BUSY",
        "Starting to send file to SD, BUSY",
        "Sending file to SD, BUSY",
        "Transferring file to SD, BUSY",
        "Transferring file to printer, BUSY",
        "Error, ERROR",
        "Offline after error, ERROR",
        "Error: MAXTEMP, ERROR",
        "Offline (Error: MAXTEMP), ERROR",
        "Waiting for unicorns, BUSY"
    })
    void mapsEachStateTextWithoutFlags(String word, PrinterState expected) {
        fixture.printer().answer(JOB, job(word, "a.gcode", 40.0)).answer(PRINTER, NOT_OPERATIONAL);

        Reading reading = session.poll();

        assertThat(reading.state()).isEqualTo(expected);
        assertThat(reading.rawState()).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({
        "Bed levelling, printing pausing operational, PRINTING",
        "Bed levelling, printing resuming operational, PRINTING",
        "Bed levelling, printing finishing operational, PRINTING",
        "Bed levelling, printing cancelling operational, BUSY",
        "Bed levelling, printing operational, PRINTING",
        "Bed levelling, paused operational, PAUSED",
        "Bed levelling, ready operational, IDLE",
        "Bed levelling, operational, IDLE",
        "Bed levelling, error closedOrError, ERROR",
        "Bed levelling, nothing, BUSY",
        "Starting, printing operational, PREPARING",
        "Sending file to SD, printing operational, BUSY",
        "Transferring file to SD, operational ready, BUSY",
        "Printing, printing cancelling operational, BUSY",
        "Operational, nothing, BUSY"
    })
    void prefersFlagsWithTheSameStateText(String word, String set, PrinterState expected) {
        fixture.printer().answer(JOB, job(word, "a.gcode", 40.0)).answer(PRINTER, printer(word, set));

        assertThat(session.poll().state()).isEqualTo(expected);
    }

    @Test
    void reportsAClosedConnectorAsDisconnected() {
        fixture.printer().answer(JOB, job("Asleep", null, null)).answer(PRINTER, printer("Asleep", "closedOrError"));

        assertThat(session.failure().reason()).isEqualTo(FailureReason.DISCONNECTED);
    }

    @Test
    void reportsPrintingIfThePrintEndsBetweenTheResponses() {
        fixture.printer()
                .answer(JOB, job("Printing", "a.gcode", 99.9), job("Operational", "a.gcode", 100.0))
                .answer(PRINTER, printer("Operational", "operational ready"));

        assertThat(session.poll().state()).isEqualTo(PrinterState.PRINTING);
        assertThat(session.poll().state()).isEqualTo(PrinterState.FINISHED);
    }

    @Test
    void reportsACancelledPrintOnlyIfItWasSeenPrinting() {
        fixture.printer().answer(PRINTER, NOT_OPERATIONAL);
        fixture.printer()
                .answer(
                        JOB,
                        job("Printing", "a.gcode", 40.0),
                        job("Cancelling", "a.gcode", 41.0),
                        job("Operational", "a.gcode", null),
                        job("Operational", "a.gcode", null),
                        job("Operational", "b.gcode", null),
                        job("Operational", "a.gcode", null));

        assertThat(session.poll().outcome()).isNull();
        Reading cancelling = session.poll();
        assertThat(cancelling.state()).isEqualTo(PrinterState.BUSY);
        assertThat(cancelling.job()).isNotNull();
        for (int i = 0; i < 2; i++) {
            Reading after = session.poll();
            assertThat(after.state()).isEqualTo(PrinterState.IDLE);
            assertThat(after.outcome()).isEqualTo(JobResult.CANCELLED);
            assertThat(after.job()).isNull();
        }
        assertThat(session.poll().outcome()).as("another file was selected").isNull();
        assertThat(session.poll().outcome())
                .as("the first file is selected again")
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Starting", "Printing from SD", "Pausing", "Paused", "Resuming", "Finishing", "Cancelling"})
    void acceptsEveryActiveStateAsProof(String active) {
        fixture.printer().answer(PRINTER, NOT_OPERATIONAL);
        fixture.printer().answer(JOB, job(active, "a.gcode", 1.0), job("Operational", "a.gcode", null));

        session.poll();

        assertThat(session.poll().outcome()).isEqualTo(JobResult.CANCELLED);
    }

    @Test
    void keepsTheProofAfterAFailedPoll() {
        fixture.printer().answer(PRINTER, NOT_OPERATIONAL);
        fixture.printer()
                .answer(
                        JOB,
                        job("Printing", "a.gcode", 40.0),
                        CannedResponse.html(500),
                        job("Operational", "a.gcode", null));

        session.poll();
        session.failure();

        assertThat(session.poll().outcome()).isEqualTo(JobResult.CANCELLED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Error", "Offline after error", "Offline", "Connecting"})
    void doesNotReportCancelledAfterAnErrorOrDisconnect(String between) {
        fixture.printer().answer(PRINTER, NOT_OPERATIONAL);
        fixture.printer()
                .answer(
                        JOB,
                        job("Printing", "a.gcode", 40.0),
                        job(between, "a.gcode", null),
                        job("Operational", "a.gcode", null));

        session.poll();
        session.find();

        assertThat(session.poll().outcome()).isNull();
    }

    @Test
    void doesNotReportCancelledIfAFinishedFileIsSelectedAgain() {
        fixture.printer().answer(PRINTER, NOT_OPERATIONAL);
        fixture.printer()
                .answer(
                        JOB,
                        job("Printing", "a.gcode", 99.0),
                        job("Operational", "a.gcode", 100.0),
                        job("Operational", "a.gcode", null));

        session.poll();
        Reading finished = session.poll();
        Reading again = session.poll();

        assertThat(finished.state()).isEqualTo(PrinterState.FINISHED);
        assertThat(finished.outcome()).isNull();
        assertThat(again.state()).isEqualTo(PrinterState.IDLE);
        assertThat(again.outcome()).isNull();
    }

    @Test
    void doesNotReportCancelledWithoutAFile() {
        fixture.printer().answer(PRINTER, NOT_OPERATIONAL);
        fixture.printer().answer(JOB, job("Printing from SD", null, null), job("Operational", null, null));

        session.poll();

        assertThat(session.poll().outcome()).isNull();
    }

    @Test
    void reportsATimeoutIfTheSecondResponseHangs() {
        fixture.printer().answer(JOB, job("Printing", "a.gcode", 1.0)).answer(PRINTER, CannedResponse.silence());
        Session impatient = fixture.open(new OctoPrintDriver(), Credentials.none(), Duration.ofMillis(200), "");

        assertThat(impatient.failure().reason()).isEqualTo(FailureReason.TIMEOUT);
    }

    @Test
    void failsPollsAfterClose() {
        fixture.printer().answer(JOB, job("Offline", null, null));
        session.failure();
        session.context().runOnContext(now -> session.session().close());

        assertThatThrownBy(session::poll).isInstanceOf(RuntimeException.class);
        assertThat(fixture.printer().requests()).hasSize(1);
    }

    private static CannedResponse job(String state, @Nullable String file, @Nullable Double completion) {
        String name = file == null ? "null" : '"' + file + '"';
        String time = completion == null ? "null" : "60";
        return CannedResponse.json(
                200,
                "{\"state\":\"" + state + "\",\"job\":{\"file\":{\"name\":" + name + ",\"path\":" + name
                        + ",\"display\":" + name + ",\"origin\":\"local\"}},\"progress\":{\"completion\":" + completion
                        + ",\"filepos\":" + time + ",\"printTime\":" + time + ",\"printTimeLeft\":" + time + "}}");
    }

    private static CannedResponse printer(String text, String flagsSet) {
        StringBuilder flags = new StringBuilder("\"sdReady\":false");
        for (String flag : flagsSet.split(" ", -1)) {
            flags.append(",\"").append(flag).append("\":true");
        }
        return CannedResponse.json(
                200, "{\"temperature\":{},\"state\":{\"text\":\"" + text + "\",\"flags\":{" + flags + "}}}");
    }
}
