package io.github.printer2mqtt.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.fleet.Observation;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.model.Temperatures.Temperature;
import io.github.printer2mqtt.testing.TestFleet;
import io.github.printer2mqtt.testing.TestPrinters;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TemperatureRecorderTest {
    private static final PrinterId ID = new PrinterId("mk4");
    private static final Instant BEGIN = Instant.parse("2026-11-21T09:50:00Z");

    private final FleetState fleet = TestFleet.create(0, System::nanoTime);
    private final TemperatureRecorder recorder = new TemperatureRecorder();
    private Instant now = BEGIN;
    private long generation = fleet.register(TestPrinters.printer(ID, "MK4", "prusalink", "192.0.2.20"), Set.of(), 1);

    @Test
    void samplesHaveAllHeatersAndTheirTimes() {
        reports(214.84, new Temperature(60.0, null));

        sample();

        assertThat(recorder.document(ID)).isEqualTo(new JsonObject("""
                {"printer":"mk4","interval":60,"at":["2026-11-21T09:50:00Z"],
                 "nozzle":{"actual":[214.8],"target":[215.0]},
                 "bed":{"actual":[60.0],"target":[null]},
                 "chamber":{"actual":[null],"target":[null]}}"""));
    }

    @Test
    void offlinePrinterLeavesAGap() {
        reports(20.0, null);
        sample();
        fleet.record(new Observation(ID, generation, PollFailure.of(FailureReason.TIMEOUT), Duration.ZERO, BEGIN));
        sample();
        reports(-12.3, null);
        sample();

        assertThat(actual()).containsExactly(20.0, null, -12.3);
    }

    @Test
    void oldestSampleIsReplacedAfterThreeHours() {
        for (int i = 0; i < TemperatureRecorder.SAMPLES + 5; i++) {
            reports(i, null);
            sample();
        }

        assertThat(actual())
                .hasSize(TemperatureRecorder.SAMPLES)
                .startsWith(5.0, 6.0)
                .endsWith(183.0, 184.0);
        JsonArray at = recorder.document(ID).getJsonArray("at");
        assertThat(Duration.between(Instant.parse(at.getString(0)), Instant.parse(at.getString(179))))
                .isEqualTo(Duration.ofMinutes(179));
    }

    @Test
    void impossibleTemperatureIsUnknown() {
        reports(20.0, null);
        sample();
        reports(1e300, null);
        sample();
        reports(Double.NaN, null);
        sample();

        assertThat(actual()).containsExactly(20.0, null, null);
    }

    @Test
    void printerThatCameLaterHasNullsBefore() {
        sample();
        reports(20.0, null);
        sample();

        assertThat(actual()).containsExactly(null, 20.0);
    }

    @Test
    void removedPrinterIsForgotten() {
        reports(20.0, null);
        sample();
        fleet.remove(ID);
        sample();
        generation = fleet.register(TestPrinters.printer(ID, "MK4", "prusalink", "192.0.2.20"), Set.of(), 1);
        sample();

        assertThat(actual()).isEmpty();
        assertThat(recorder.document(ID).getJsonArray("at")).isEmpty();
    }

    private List<@Nullable Object> actual() {
        JsonArray actual = recorder.document(ID).getJsonObject("nozzle").getJsonArray("actual");
        return new ArrayList<>(actual.stream().toList());
    }

    private void sample() {
        recorder.sample(fleet.snapshot().documents(), now);
        now = now.plus(TemperatureRecorder.INTERVAL);
    }

    private void reports(double nozzle, @Nullable Temperature bed) {
        Temperatures temperatures = new Temperatures(List.of(new Temperature(nozzle, 215.0)), bed, null);
        Reading reading = new Reading(PrinterState.PRINTING, "x", null, temperatures, null, null, null, null, null);
        fleet.record(new Observation(ID, generation, reading, Duration.ZERO, BEGIN));
    }
}
