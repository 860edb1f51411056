package io.github.printer2mqtt.driver.bambu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reports with the shape of recorded ones, and the reading that each gives. After an intended change, copy from {@code target/bambu}. */
class BambuRecordingsTest {
    static List<String> recordings() throws IOException {
        try (Stream<Path> files = Files.list(BambuReports.FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json") && !name.endsWith(".expected.json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordings")
    void givesTheExpectedReading(String recording) throws IOException {
        String found = BambuReports.of(recording).document().encodePrettily() + "\n";
        String expected = recording.replace(".json", ".expected.json");
        Files.writeString(Files.createDirectories(Path.of("target/bambu")).resolve(expected), found);

        assertThat(BambuReports.FOLDER.resolve(expected)).exists();
        assertThat(found).isEqualTo(BambuReports.text(expected));
    }

    /** The printer pauses itself since the nozzle is not that of the file; the mark of the cancel comes 4.6 s after the end. */
    @Test
    void printThatPausesItselfAndIsStopped() {
        Steps steps = steps("P2S-01.02.00.00-start-pause-stop.jsonl");

        assertThat(steps.at(4.992).state()).isEqualTo(PrinterState.FINISHED);
        assertThat(file(steps.at(4.992))).isEqualTo(file(steps.at(1.325)));
        assertThat(steps.at(7.577).state()).isIn(PrinterState.PREPARING, PrinterState.PRINTING);
        assertThat(steps.at(7.577).job())
                .satisfies(job -> assertThat(job.layer()).isNull());
        assertThat(steps.at(8.759).state()).isEqualTo(PrinterState.ATTENTION);
        assertThat(steps.at(8.759).message()).contains("0500-803C");
        assertThat(steps.at(8.759).job())
                .satisfies(job -> assertThat(job.layers()).isEqualTo(94));
        assertThat(steps.at(24.887).state()).isEqualTo(PrinterState.CANCELLED);
        assertThat(steps.at(29.537).state()).isEqualTo(PrinterState.CANCELLED);
    }

    @Test
    void printFromStartToEnd() {
        Steps steps = steps("P1S-2026-cycle.jsonl");

        assertThat(steps.readings().values())
                .extracting(Reading::state)
                .containsExactly(
                        PrinterState.PREPARING,
                        PrinterState.PRINTING,
                        PrinterState.PRINTING,
                        PrinterState.PAUSED,
                        PrinterState.PRINTING,
                        PrinterState.FINISHED);
        assertThat(steps.at(3.0).job()).satisfies(job -> {
            assertThat(job.progress()).isEqualTo(80);
            assertThat(job.layer()).isEqualTo(5);
            assertThat(job.layers()).isEqualTo(26);
        });
        assertThat(steps.at(6.0).job())
                .satisfies(job -> assertThat(job.progress()).isEqualTo(100));
    }

    @Test
    void changesBeforeTheWholeReport() {
        Steps steps = steps("P1S-unknown-changes-before-whole.jsonl");

        assertThat(steps.at(2.0).state()).isEqualTo(PrinterState.FINISHED);
        assertThat(steps.at(2.0).temperatures().chamber()).isNull();
        assertThat(steps.at(2.0).job())
                .satisfies(job -> assertThat(job.layers()).isEqualTo(260));
    }

    /** @param readings by the second of the recording */
    private record Steps(Map<Double, Reading> readings) {
        Reading at(double second) {
            return Objects.requireNonNull(readings.get(second));
        }
    }

    private static String file(Reading reading) {
        return reading.job() == null ? "" : String.valueOf(reading.job().file());
    }

    /** The reading after each status report, by its time. */
    private static Steps steps(String recording) {
        BambuReports reports = new BambuReports();
        Map<Double, Reading> steps = new LinkedHashMap<>();
        for (String line : BambuReports.lines(recording)) {
            JsonObject step = new JsonObject(line);
            JsonObject print = step.getJsonObject("msg").getJsonObject("print");
            if (print != null && "push_status".equals(print.getString("command"))) {
                steps.put(step.getDouble("t"), reports.report(print).reading());
            }
        }
        return new Steps(steps);
    }
}
