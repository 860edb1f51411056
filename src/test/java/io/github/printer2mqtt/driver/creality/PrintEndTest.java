package io.github.printer2mqtt.driver.creality;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** How a print ended, by the messages from its start to its end. */
class PrintEndTest {
    private final CrealityMessages printer = new CrealityMessages();

    private void startPrinting() {
        printer.add("state", 0, "deviceState", 0, "printProgress", 100, "printFileName", "/gcodes/lid.gcode")
                .add(
                        "state",
                        1,
                        "deviceState",
                        1,
                        "printProgress",
                        0,
                        "layer",
                        0,
                        "printFileName",
                        "/gcodes/clip.gcode")
                .add("printProgress", 40, "layer", 12, "TotalLayer", 30);
    }

    @Test
    void resultThatStaysIsTheState() {
        startPrinting();
        printer.add("printProgress", 100);
        assertThat(printer.reading().state()).isEqualTo(PrinterState.PRINTING);
        printer.add("state", 2);
        assertThat(printer.reading().state()).as("the end code runs").isEqualTo(PrinterState.BUSY);
        printer.add("deviceState", 0);

        Reading reading = printer.reading();
        assertThat(reading.state()).isEqualTo(PrinterState.FINISHED);
        assertThat(reading.job()).satisfies(job -> {
            assertThat(job.file()).isEqualTo("clip.gcode");
            assertThat(job.progress()).isEqualTo(100);
            assertThat(job.layer()).isEqualTo(30);
        });
    }

    @Test
    void completeProgressProvesTheEndOfAPrintThatTheModelForgets() {
        startPrinting();
        printer.add("printProgress", 100).add("state", 0, "deviceState", 0);

        assertThat(printer.reading().state()).isEqualTo(PrinterState.IDLE);
        assertThat(printer.reading().outcome()).isEqualTo(JobResult.FINISHED);
        printer.add("nozzleTemp", "180.1");
        assertThat(printer.reading().outcome()).isEqualTo(JobResult.FINISHED);
        startPrinting();
        assertThat(printer.reading().outcome()).isNull();
    }

    @Test
    void progressInTheSameMessageAsTheEndCounts() {
        startPrinting();
        printer.add("printProgress", 100, "state", 0, "deviceState", 0);

        assertThat(printer.reading().outcome()).isEqualTo(JobResult.FINISHED);
    }

    @Test
    void endWithoutACompleteProgressProvesNothing() {
        startPrinting();
        printer.add("state", 0, "deviceState", 0);

        assertThat(printer.reading().state()).isEqualTo(PrinterState.IDLE);
        assertThat(printer.reading().outcome()).isNull();
    }

    @Test
    void progressOfThePrintBeforeProvesNothing() {
        printer.add("state", 1, "deviceState", 1, "printProgress", 100).add("state", 0, "deviceState", 0);

        assertThat(printer.reading().outcome()).isNull();
    }

    @Test
    void printThatWasNotSeenHasNoOutcome() {
        printer.add("state", 0, "deviceState", 0, "printProgress", 100, "printFileName", "/gcodes/clip.gcode");

        assertThat(printer.reading().state()).isEqualTo(PrinterState.IDLE);
        assertThat(printer.reading().outcome()).isNull();
        assertThat(printer.reading().job()).isNull();
    }

    @Test
    void stoppedPrintIsCancelledAlsoIfItWasComplete() {
        startPrinting();
        printer.add("printProgress", 100).add("state", 7);
        assertThat(printer.reading().state()).isEqualTo(PrinterState.BUSY);
        assertThat(printer.reading().job()).isNotNull();
        printer.add("state", 0, "deviceState", 0);

        assertThat(printer.reading().outcome()).isEqualTo(JobResult.CANCELLED);
    }

    @Test
    void abortedPrintIsCancelledAndNamesHowFarItCame() {
        startPrinting();
        printer.add("state", 4, "deviceState", 0);

        assertThat(printer.reading().state()).isEqualTo(PrinterState.CANCELLED);
        assertThat(printer.reading().job())
                .satisfies(job -> assertThat(job.progress()).isEqualTo(40));
    }

    @Test
    void resultThatIsShownOnlyWhileTheMachineMovesCounts() {
        startPrinting();
        printer.add("state", 4).add("state", 0).add("deviceState", 0);

        assertThat(printer.reading().outcome()).isEqualTo(JobResult.CANCELLED);
    }

    @Test
    void failedPrintIsAnErrorAndNotCancelled() {
        startPrinting();
        printer.add("err", new JsonObject().put("errcode", 4).put("key", 4), "state", 3, "deviceState", 0);

        Reading reading = printer.reading();
        assertThat(reading.state()).isEqualTo(PrinterState.ERROR);
        assertThat(reading.message()).isEqualTo("A heater does not heat as expected (4)");
        assertThat(reading.details().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("4"));
    }

    @Test
    void faultOfTheCfsIsForAPersonAndEndsNothing() {
        startPrinting();
        printer.add("err", new JsonObject().put("errcode", 2835), "state", 5);
        assertThat(printer.reading().state()).isEqualTo(PrinterState.ATTENTION);
        assertThat(printer.reading().job()).isNotNull();
        printer.add("err", new JsonObject().put("errcode", 0), "state", 1);

        assertThat(printer.reading().state()).isEqualTo(PrinterState.PRINTING);
        assertThat(printer.reading().message()).isNull();
    }

    @Test
    void movementAfterAPrintIsNoPrint() {
        printer.add("state", 2, "deviceState", 0, "printProgress", 100, "printFileName", "/gcodes/clip.gcode")
                .add("deviceState", 7);

        assertThat(printer.reading().state()).isEqualTo(PrinterState.BUSY);
        assertThat(printer.reading().job()).isNull();
    }
}
