package io.github.printer2mqtt.driver.moonraker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** States and remaining times that need more than one response of Klipper. */
class MoonrakerPrintTest {
    private static final String QUERY = "POST /printer/objects/query";
    private static final String HISTORY = "GET /server/history/list?limit=1";
    private static final String COLD = "\"heater_bed\":{\"temperature\":22.0,\"target\":0.0}";
    private static final String HEATING = "\"heater_bed\":{\"temperature\":22.0,\"target\":60.0}";

    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    private final AtomicLong nanos = new AtomicLong();
    private final Session session = fixture.open(new MoonrakerDriver(nanos::get), Credentials.none());

    @Test
    void doesNotReturnToPreparingAfterPrinting() {
        fixture.printer()
                .answer(
                        QUERY,
                        print("a.gcode", 0, COLD),
                        print("a.gcode", 0, HEATING),
                        print("a.gcode", 40, COLD),
                        stats("complete", "a.gcode", 50, COLD),
                        print("a.gcode", 0, HEATING));

        assertThat(states(5))
                .containsExactly(
                        PrinterState.PRINTING,
                        PrinterState.PRINTING,
                        PrinterState.PRINTING,
                        PrinterState.FINISHED,
                        PrinterState.PREPARING);
    }

    /** As after a restart of Klipper, when heaters still report 0.0. */
    @Test
    void printThatStartsBeforeTheFirstMeasurementIsPreparing() {
        fixture.printer()
                .answer(
                        QUERY,
                        print("a.gcode", 0, "\"heater_bed\":{\"temperature\":0.0,\"target\":60.0}"),
                        print("a.gcode", 0, HEATING),
                        print("a.gcode", 1, "\"heater_bed\":{\"temperature\":60.0,\"target\":60.0}"));

        assertThat(states(3)).containsExactly(PrinterState.PREPARING, PrinterState.PREPARING, PrinterState.PRINTING);
    }

    @Test
    void reportsAnUnrequestedPauseOnlyIfItLasts() {
        String pause = "\"pause_resume\":{\"is_paused\":false}";
        fixture.printer()
                .answer(
                        QUERY,
                        print("a.gcode", 9, COLD),
                        stats("paused", "a.gcode", 9, pause),
                        stats("paused", "a.gcode", 9, pause),
                        print("a.gcode", 9, COLD),
                        stats("paused", "a.gcode", 9, pause),
                        CannedResponse.json(
                                200,
                                "{\"result\":{\"status\":{\"webhooks\":{\"state\":\"shutdown\"},\"print_stats\":"
                                        + "{\"state\":\"paused\",\"filename\":\"a.gcode\"}}}}"));

        assertThat(states(6))
                .containsExactly(
                        PrinterState.PRINTING,
                        PrinterState.PRINTING,
                        PrinterState.PAUSED,
                        PrinterState.PRINTING,
                        PrinterState.PRINTING,
                        PrinterState.ERROR);
    }

    @Test
    void reportsARequestedPauseAtOnce() {
        fixture.printer()
                .answer(
                        QUERY,
                        print("a.gcode", 9, COLD),
                        stats("paused", "a.gcode", 9, "\"pause_resume\":{\"is_paused\":true}"),
                        print("a.gcode", 9, COLD),
                        stats("paused", "a.gcode", 9, COLD));

        assertThat(states(4))
                .as("also without the object pause_resume")
                .containsExactly(
                        PrinterState.PRINTING, PrinterState.PAUSED, PrinterState.PRINTING, PrinterState.PAUSED);
    }

    @Test
    void ignoresTheThresholdOfAFanWhilePreparing() {
        fixture.printer()
                .answer(
                        QUERY,
                        print("a.gcode", 0, "\"temperature_fan chamber\":{\"temperature\":22.0,\"target\":45.0}"));

        Reading reading = session.poll();

        assertThat(reading.state()).isEqualTo(PrinterState.PRINTING);
        assertThat(reading.temperatures().chamber()).isEqualTo(new Temperatures.Temperature(22.0, null));
    }

    @Test
    void ignoresTemperaturesOfZeroRightAfterTheStart() {
        fixture.printer()
                .answer(
                        QUERY,
                        stats(
                                "standby",
                                "",
                                0,
                                "\"extruder\":{\"temperature\":0.0,\"target\":0.0},"
                                        + "\"heater_bed\":{\"temperature\":0.0,\"target\":60.0}"),
                        stats("standby", "", 0, "\"extruder\":{\"temperature\":0.1,\"target\":0.0}"));

        Reading born = session.poll();
        assertThat(born.temperatures().nozzles()).isEmpty();
        assertThat(born.temperatures().bed()).isEqualTo(new Temperatures.Temperature(null, 60.0));
        assertThat(session.poll().temperatures().nozzles()).containsExactly(new Temperatures.Temperature(0.1, 0.0));
    }

    @Test
    void keepsTheIndexOfToolsAfterOneWithoutValues() {
        fixture.printer()
                .answer(
                        QUERY,
                        stats(
                                "standby",
                                "",
                                0,
                                "\"extruder\":{\"temperature\":null,\"target\":null},"
                                        + "\"extruder2\":{\"temperature\":214.0,\"target\":215.0}"));

        assertThat(session.poll().temperatures().nozzles())
                .containsExactly(
                        new Temperatures.Temperature(null, null),
                        new Temperatures.Temperature(null, null),
                        new Temperatures.Temperature(214.0, 215.0));
    }

    @ParameterizedTest
    @CsvSource({"0, 248", "1.5, 248", "5380, 9000", "248.4, 248"})
    void reportsNoRemainingTimeAfterTheEstimateIsUsedUp(double estimate, long took) {
        fixture.printer()
                .answer(QUERY, print("a.gcode", took, "\"virtual_sdcard\":{\"progress\":0.4}"))
                .answer(
                        "GET /server/files/metadata?filename=a.gcode",
                        CannedResponse.json(
                                200,
                                "{\"result\":{\"estimated_time\":" + estimate + ",\"layer_count\":0,"
                                        + "\"object_height\":0,\"first_layer_height\":0,\"layer_height\":0.2}}"));

        Job job = Objects.requireNonNull(session.poll().job());

        assertThat(job.remaining()).isNull();
        assertThat(job.layers()).isNull();
        assertThat(job.progress()).isEqualTo(40.0);
    }

    @Test
    void reportsNoLayersIfAForkCountsNone() {
        fixture.printer()
                .answer(
                        QUERY,
                        CannedResponse.json(
                                200,
                                "{\"result\":{\"status\":{\"webhooks\":{\"state\":\"ready\"},\"print_stats\":{\"state\":"
                                        + "\"printing\",\"filename\":\"a\",\"info\":{\"total_layer\":0,\"current_layer\":0}}}}}"));

        Job job = Objects.requireNonNull(session.poll().job());

        assertThat(job.layer()).isNull();
        assertThat(job.layers()).isNull();
    }

    @Test
    void readsTheHistoryOnceForAPrintThatEndedUnseen() {
        fixture.printer()
                .answer(
                        QUERY,
                        stats("standby", "", 0, COLD),
                        stats("standby", "", 0, COLD),
                        print("b.gcode", 9, COLD),
                        stats("standby", "", 0, COLD),
                        stats("standby", "", 0, COLD),
                        print("c.gcode", 9, COLD),
                        stats("complete", "c.gcode", 9, COLD),
                        stats("standby", "", 0, COLD))
                .answer(HISTORY, history("a.gcode", "klippy_shutdown"), history("b.gcode", "completed"));

        LastJob before = session.poll().pastJob();
        assertThat(before)
                .isEqualTo(
                        new LastJob("000022", "a.gcode", JobResult.FAILED, Instant.ofEpochMilli(1_795_886_863_049L)));
        assertThat(session.poll().pastJob()).isNull();
        session.poll();
        assertThat(session.poll().pastJob())
                .extracting(LastJob::file, LastJob::result)
                .containsExactly("b.gcode", JobResult.FINISHED);
        states(4);
        assertThat(fixture.printer().lines().stream().filter(HISTORY::equals)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"in_progress", "server_exit", "whatever"})
    void ignoresAHistoryWithoutAnEnd(String status) {
        fixture.printer().answer(QUERY, stats("standby", "", 0, COLD)).answer(HISTORY, history("a.gcode", status));

        assertThat(session.poll().pastJob()).isNull();
    }

    private List<PrinterState> states(int polls) {
        List<PrinterState> states = new ArrayList<>();
        for (int i = 0; i < polls; i++) {
            states.add(session.poll().state());
            nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        }
        return states;
    }

    private static CannedResponse print(String file, long seconds, String objects) {
        return stats("printing", file, seconds, objects);
    }

    private static CannedResponse stats(String state, String file, long seconds, String objects) {
        return CannedResponse.json(
                200,
                "{\"result\":{\"status\":{\"webhooks\":{\"state\":\"ready\"},\"print_stats\":{\"state\":\"" + state
                        + "\",\"filename\":\"" + file + "\",\"print_duration\":" + seconds + ".0}," + objects + "}}}");
    }

    private static CannedResponse history(String file, String status) {
        return CannedResponse.json(
                200,
                "{\"result\":{\"count\":1,\"jobs\":[{\"job_id\":\"000022\",\"filename\":\"" + file + "\",\"status\":\""
                        + status + "\",\"end_time\":1795886863.0485}]}}");
    }
}
