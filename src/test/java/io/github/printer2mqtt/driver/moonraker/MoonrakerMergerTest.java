package io.github.printer2mqtt.driver.moonraker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures.Temperature;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Recorded web sockets of a real Moonraker: the full status and the changes after it. */
class MoonrakerMergerTest {
    private static final Path RECORDINGS = Path.of("src/test/resources/driver/moonraker/websocket");
    private static final Duration KLIPPERS_TICK = Duration.ofMillis(250);

    private final AtomicLong nanos = new AtomicLong();
    private final List<Reading> readings = new ArrayList<>();

    private static final class NoLookups implements Lookups {
        @Override
        public Future<Optional<LenientJson>> metadata(String file) {
            return Future.succeededFuture(Optional.empty());
        }

        @Override
        public Future<Optional<LenientJson>> history() {
            return Future.succeededFuture(Optional.empty());
        }
    }

    @Test
    void printIsPausedAndCancelled() throws IOException {
        assertThat(states("real-0.11-print-pause-cancel"))
                .containsExactly(
                        "preparing stand.gcode", "printing stand.gcode", "paused stand.gcode", "cancelled stand.gcode");

        Reading last = readings.get(readings.size() - 1);
        assertThat(last.temperatures().nozzle()).isEqualTo(new Temperature(192.7, 0.0));
        assertThat(last.temperatures().bed()).isEqualTo(new Temperature(49.6, 0.0));
        Job printing = jobAtLayer(4);
        assertThat(printing.progress()).isEqualTo(12.0);
        assertThat(printing.layers()).isEqualTo(61);
    }

    private Job jobAtLayer(int layer) {
        for (Reading reading : readings) {
            Job job = reading.job();
            if (job != null && Integer.valueOf(layer).equals(job.layer())) {
                return job;
            }
        }
        throw new AssertionError("no reading has layer " + layer);
    }

    @Test
    void printIsFinished() throws IOException {
        assertThat(states("real-0.11-print-complete"))
                .endsWith("printing clip.gcode", "finished clip.gcode")
                .doesNotContain("idle null");

        Reading last = readings.get(readings.size() - 1);
        assertThat(Objects.requireNonNull(last.job()).progress()).isEqualTo(100.0);
        assertThat(last.temperatures().nozzle()).isEqualTo(new Temperature(203.2, 0.0));
    }

    @Test
    void shutdownDuringAPrintIsNoPause() throws IOException {
        assertThat(states("real-0.9-shutdown-restart"))
                .startsWith("idle null")
                .endsWith("error cube.gcode")
                .noneMatch(state -> state.startsWith("paused") || state.startsWith("finished"));
    }

    @Test
    void keepsOnlyFieldsOfSubscribedObjects() {
        MoonrakerMerger merger = MoonrakerMerger.of(Map.of("fan", Map.of("speed", 0.0)));

        merger.merge(Map.of("fan", Map.of("speed", 0.5), "mcu", Map.of("load", 1)));
        LenientJson before = merger.status();
        for (int i = 0; i < 1000; i++) {
            merger.merge(Map.of("fan", Map.of("field" + i, "x"), "object" + i, Map.of("a", 1)));
        }
        merger.merge(Map.of("fan", "no object", "speed", 1));

        assertThat(before.number("fan", "speed")).isEqualTo(0.5);
        assertThat(merger.status().names()).containsExactly("fan");
        assertThat(merger.status().names("fan")).hasSizeLessThan(40).contains("speed");
    }

    /** State and file of each reading, without repetitions. */
    private List<String> states(String recording) throws IOException {
        StatusReader reader = new StatusReader(nanos::get);
        MoonrakerMerger merger = MoonrakerMerger.of(Map.of());
        List<String> states = new ArrayList<>();
        for (String line : Files.readAllLines(RECORDINGS.resolve(recording + ".jsonl"))) {
            JsonObject message = new JsonObject(line);
            if (message.containsKey("result")) {
                merger =
                        MoonrakerMerger.of(plain(message.getJsonObject("result").getJsonObject("status")));
            } else if (message.getString("method").equals("notify_status_update")) {
                merger.merge(plain(message.getJsonArray("params").getJsonObject(0)));
            } else {
                continue;
            }
            nanos.addAndGet(KLIPPERS_TICK.toNanos());
            Reading reading = reader.read(merger.status(), KlipperObjects.usual(), Set.of(), new NoLookups())
                    .result();
            readings.add(reading);
            String state = reading.state().wireName() + " "
                    + (reading.job() == null ? null : reading.job().file());
            if (states.isEmpty() || !states.get(states.size() - 1).equals(state)) {
                states.add(state);
            }
        }
        return states;
    }

    private static Map<String, Object> plain(JsonObject json) {
        return new JsonObject(json.encode()).getMap();
    }
}
