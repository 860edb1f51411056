package io.github.printer2mqtt.fleet;

import static io.github.printer2mqtt.fleet.FleetScenario.idle;
import static io.github.printer2mqtt.fleet.FleetScenario.job;
import static io.github.printer2mqtt.fleet.FleetScenario.printing;
import static io.github.printer2mqtt.fleet.FleetScenario.reading;
import static io.github.printer2mqtt.fleet.FleetScenario.startPrinting;
import static io.github.printer2mqtt.model.PrinterState.CANCELLED;
import static io.github.printer2mqtt.model.PrinterState.ERROR;
import static io.github.printer2mqtt.model.PrinterState.FINISHED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.JobResult;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What becomes of a print while the printer is offline, the bridge is restarted or the registration changes. */
class JobAfterGapTest {
    @Test
    void endWhileOfflineIsNoEvent() {
        FleetScenario scenario = startPrinting("1").fails(2).reports(reading(FINISHED, null));

        assertThat(scenario.eventTypes()).containsExactly("printer_offline", "printer_online");
        scenario.assertLastJob("1", JobResult.FINISHED);
        assertThat(scenario.lastJobOrFail().endedAt()).isNull();
    }

    @Test
    void printContinuesAfterOffline() {
        FleetScenario scenario =
                startPrinting("1").fails(2).reports(printing("1")).reports(reading(FINISHED, null));

        assertThat(scenario.eventTypes()).containsExactly("printer_offline", "printer_online", "print_finished");
    }

    @Test
    void printContinuesAfterARestart() {
        FleetScenario scenario =
                startPrinting("1").restarted().reports(printing("1")).reports(reading(FINISHED, null));

        assertThat(scenario.eventTypes()).containsExactly("print_finished");
    }

    @Test
    void resultStatedAfterARestartIsNoEvent() {
        FleetScenario scenario = startPrinting("1").restarted().reports(reading(CANCELLED, job("1")));

        assertThat(scenario.events).isEmpty();
        scenario.assertLastJob("1", JobResult.CANCELLED);
    }

    @Test
    void printMissingAfterARestartEndedUnknown() {
        FleetScenario scenario = startPrinting("1").restarted().reports(idle());

        assertThat(scenario.events).isEmpty();
        scenario.assertLastJob("1", JobResult.UNKNOWN);
        assertThat(scenario.lastJobOrFail().endedAt()).isNull();
    }

    @Test
    void anotherPrintAfterARestartEndsTheOldUnknown() {
        FleetScenario scenario = startPrinting("1").restarted().reports(printing("2"));

        assertThat(scenario.events).isEmpty();
        scenario.assertLastJob("1", JobResult.UNKNOWN);
        assertThat(Objects.requireNonNull(scenario.stored.get(FleetScenario.ID)).running())
                .isEqualTo(job("2"));
    }

    @Test
    void errorWithoutJobAfterARestartIsNoFailedPrint() {
        FleetScenario scenario = startPrinting("1").restarted().reports(reading(ERROR, null));

        assertThat(scenario.events).isEmpty();
        scenario.assertLastJob("1", JobResult.UNKNOWN);
    }

    @Test
    void lastJobSurvivesARestart() {
        FleetScenario scenario =
                startPrinting("1").reports(reading(FINISHED, null)).restarted();

        scenario.assertLastJob("1", JobResult.FINISHED);
        scenario.reports(idle()).assertLastJob("1", JobResult.FINISHED);
    }

    @Test
    void samePrintThatEndsUnseenTwiceIsNotStoredAsRunning() {
        FleetScenario scenario = startPrinting("1").fails(2).reports(idle());
        scenario.reports(printing("1")).fails(2).reports(idle());

        assertThat(Objects.requireNonNull(scenario.stored.get(FleetScenario.ID)).running())
                .isNull();
    }

    @Test
    void changedRegistrationStartsANewBaseline() {
        FleetScenario scenario =
                startPrinting("1").register(FleetScenario.renamed("New name")).reports(reading(FINISHED, null));

        assertThat(scenario.eventTypes()).isEmpty();
        scenario.assertLastJob("1", JobResult.FINISHED);
    }
}
