package io.github.printer2mqtt.driver.bambu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.PrinterState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A cancelled print and a failed one, whatever the order of the reports; and what is no print. */
class PrintEndTest {
    private static final int CANCEL_ECHO = 0x0300_400C;
    private static final int RUNOUT = 0x0300_8015;
    private static final int CLOG = 0x0300_8014;

    private final BambuReports printer = new BambuReports();

    @Test
    void cancelWithTheMarkBeforeTheEnd() {
        printing().reports("print_error", CANCEL_ECHO);
        printer.reports("gcode_state", "FAILED");
        assertState(PrinterState.CANCELLED);

        printer.reports("print_error", 0);

        assertState(PrinterState.CANCELLED);
    }

    @Test
    void cancelWithTheMarkAfterTheEnd() {
        printing().reports("gcode_state", "FAILED", "print_error", 0);
        assertState(PrinterState.CANCELLED);

        printer.after(Duration.ofSeconds(5)).reports("print_error", CANCEL_ECHO);

        assertState(PrinterState.CANCELLED);
    }

    @Test
    void cancelWithTheMarkInAnotherField() {
        printing().reports("gcode_state", "FAILED", "print_error", 0, "fail_reason", "50348044");

        assertState(PrinterState.CANCELLED);
    }

    @Test
    void cancelOfAPrintThatWaitsForAPerson() {
        printing().reports("gcode_state", "PAUSE", "print_error", RUNOUT);
        assertState(PrinterState.ATTENTION);

        printer.reports("gcode_state", "FAILED", "print_error", 0);

        assertState(PrinterState.CANCELLED);
    }

    @Test
    void failureWithItsErrorAfterTheEnd() {
        printing().reports("gcode_state", "FAILED", "print_error", CLOG);

        assertState(PrinterState.ERROR);
        assertThat(printer.reading().message()).contains("0300-8014");
        printer.reports("print_error", 0);
        assertState(PrinterState.ERROR);
        assertThat(printer.reading().message()).contains("0300-8014");
    }

    @Test
    void failureWithItsErrorBeforeTheEnd() {
        printing().reports("print_error", CLOG);
        assertState(PrinterState.PRINTING);

        printer.reports("gcode_state", "FAILED", "print_error", 0);

        assertState(PrinterState.ERROR);
    }

    @Test
    void endDuringThePreparationIsUndecidedForSomeSeconds() {
        printer.reports("gcode_state", "PREPARE", "subtask_name", "clip");
        printer.reports("gcode_state", "FAILED", "print_error", 0);
        assertState(PrinterState.BUSY);
        assertThat(printer.reading().job())
                .satisfies(job -> assertThat(job.file()).isEqualTo("clip"));

        printer.after(Duration.ofSeconds(8));

        assertState(PrinterState.ERROR);
    }

    @Test
    void cancelDuringThePreparation() {
        printer.reports("gcode_state", "PREPARE", "subtask_name", "clip");
        printer.reports("gcode_state", "FAILED", "print_error", 0);

        printer.after(Duration.ofSeconds(5)).reports("print_error", CANCEL_ECHO);

        assertState(PrinterState.CANCELLED);
        printer.after(Duration.ofSeconds(60)).reports("print_error", 0);
        assertState(PrinterState.CANCELLED);
    }

    @Test
    void harmlessErrorsEndNothing() {
        printing().reports("print_error", 0x0500_8030);
        assertState(PrinterState.PRINTING);

        printer.reports("gcode_state", "FAILED");

        assertState(PrinterState.CANCELLED);
    }

    @Test
    void nextPrintForgetsHowTheLastEnded() {
        printing().reports("gcode_state", "FAILED", "print_error", CLOG);
        printer.reports("gcode_state", "RUNNING", "print_error", 0);

        printer.reports("gcode_state", "FAILED");

        assertState(PrinterState.CANCELLED);
    }

    @Test
    void calibrationIsNoPrint() {
        printer.reports(
                "gcode_state", "RUNNING", "gcode_file", "/usr/etc/print/auto_cali_for_user.gcode", "stg_cur", 8);
        assertState(PrinterState.BUSY);
        assertThat(printer.reading().job()).isNull();

        printer.reports("gcode_state", "FINISH", "stg_cur", -1);

        assertState(PrinterState.IDLE);
        assertThat(printer.reading().job()).isNull();
    }

    @Test
    void valuesAreKeptWhenTheFirmwareResetsThemAtTheEnd() {
        printing().reports("mc_percent", 99, "layer_num", 180, "total_layer_num", 180);

        printer.reports("gcode_state", "FINISH", "mc_percent", 0, "layer_num", 0, "total_layer_num", 0);

        assertThat(printer.reading().job()).satisfies(job -> {
            assertThat(job.progress()).isEqualTo(100);
            assertThat(job.layers()).isEqualTo(180);
            assertThat(job.remaining()).isZero();
        });
    }

    @Test
    void preparationShowsNothingOfThePrintBefore() {
        printer.reports("gcode_state", "PREPARE", "subtask_name", "clip", "mc_percent", 100, "layer_num", 750);

        assertThat(printer.reading().job()).satisfies(job -> {
            assertThat(job.progress()).isNull();
            assertThat(job.layer()).isNull();
        });
    }

    @Test
    void idlePrinterThatWorksIsBusy() {
        printer.reports("gcode_state", "IDLE", "stg_cur", 24);
        assertState(PrinterState.BUSY);

        printer.reports("stg_cur", 255);
        assertState(PrinterState.IDLE);
        printer.reports("stg_cur", 0, "print_type", "idle");
        assertState(PrinterState.IDLE);
    }

    @Test
    void pauseByUserIsNoFault() {
        printing().reports("gcode_state", "PAUSE", "print_error", 0x0300_8001, "stg_cur", 16);
        assertState(PrinterState.PAUSED);

        printer.reports("print_error", 0, "stg_cur", 17);
        assertState(PrinterState.ATTENTION);
        assertThat(printer.reading().message()).contains("front cover");
    }

    @Test
    void changeOfFilamentDuringAPrintIsPrinting() {
        printing().reports("stg_cur", 4, "layer_num", 12);
        assertState(PrinterState.PRINTING);

        printer.reports("stg_cur", 999);
        assertThat(printer.reading().rawState()).isEqualTo("RUNNING, stage_999");
    }

    @Test
    void unknownStateIsBusy() {
        printer.reports("gcode_state", "DREAMING");

        assertState(PrinterState.BUSY);
        assertThat(printer.reading().rawState()).isEqualTo("DREAMING");
    }

    private BambuReports printing() {
        return printer.reports("gcode_state", "RUNNING", "subtask_name", "clip", "mc_percent", 40, "layer_num", 7);
    }

    private void assertState(PrinterState expected) {
        assertThat(printer.reading().state()).isEqualTo(expected);
    }
}
