package io.github.printer2mqtt.driver.octoprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures.Temperature;
import io.github.printer2mqtt.net.BoundedJson;
import io.github.printer2mqtt.net.PrinterException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Recorded push sockets of a real OctoPrint, and messages made of them. */
class PushedStatusTest {
    private static final Path RECORDINGS = Path.of("src/test/resources/driver/octoprint/websocket");
    private static final LenientJson IDLE = message("""
            {"state":{"text":"Operational","flags":{"operational":true,"ready":true},"error":""},
             "job":{"file":{"name":null}},"progress":{"completion":null},
             "temps":[{"time":1,"tool0":{"actual":20.0,"target":0.0},"bed":{"actual":19.0,"target":0.0},
                       "chamber":{"actual":null,"target":null}},
                      {"time":2,"tool0":{"actual":21.3,"target":0.0},"bed":{"actual":20.1,"target":0.0},
                       "chamber":{"actual":null,"target":null}}]}""");

    private final StatusReader reader = new StatusReader();
    private final List<Reading> readings = new ArrayList<>();

    @Test
    void printIsPausedAndFinished() throws IOException {
        assertThat(states("virtual-1.11.8-print-pause-finish"))
                .containsExactly(
                        "idle null",
                        "printing cube.gcode",
                        "paused cube.gcode",
                        "printing cube.gcode",
                        "finished cube.gcode");

        Job printing = jobAfter(21);
        assertThat(printing.progress()).isEqualTo(29.9);
        assertThat(printing.remaining()).isEqualTo(69);
        Reading last = readings.get(readings.size() - 1);
        assertThat(Objects.requireNonNull(last.job()).progress()).isEqualTo(100.0);
        assertThat(last.outcome()).isNull();
        assertThat(readings).as("also those without temperatures").allSatisfy(reading -> {
            assertThat(reading.temperatures().nozzle()).isNotNull();
            assertThat(reading.temperatures().bed()).isNotNull();
            assertThat(reading.temperatures().chamber()).isNull();
        });
    }

    @Test
    void cancelErrorAndDisconnectAreDistinguished() throws IOException {
        assertThat(states("virtual-1.11.8-cancel-error-disconnect"))
                .containsExactly(
                        "offline",
                        "busy null",
                        "idle null",
                        "printing clip.gcode",
                        "busy clip.gcode",
                        "idle null cancelled",
                        "printing bracket.gcode",
                        "error null",
                        "busy null",
                        "idle null",
                        "printing stand.gcode",
                        "offline");

        assertThat(readings).filteredOn(reading -> reading.message() != null).allSatisfy(failed -> {
            assertThat(failed.message()).startsWith("Thermal Runaway, system stopped!");
            assertThat(failed.temperatures().nozzle()).isNull();
        });
    }

    @Test
    void estimateOfZeroAtTheStartIsNone() throws IOException {
        states("virtual-1.11.8-print-pause-finish");

        assertThat(jobAfter(0).remaining()).isNull();
    }

    @Test
    void lastTemperaturesAreKeptUntilThePrinterIsLost() {
        PushedStatus idle = PushedStatus.of(IDLE);
        PushedStatus later = idle.with(withoutTemperatures("Operational", "operational"));
        PushedStatus lost = later.with(withoutTemperatures("Offline", "closedOrError"));
        PushedStatus back = lost.with(withoutTemperatures("Operational", "operational"));

        assertThat(read(later).temperatures().nozzle()).isEqualTo(new Temperature(21.3, 0.0));
        assertThat(read(later).temperatures().bed()).isEqualTo(new Temperature(20.1, 0.0));
        assertThat(read(back).temperatures().nozzle()).isNull();
        assertThat(reader.isOffline()).isFalse();
        reader.add(lost.in(HeaterProfile.complete()));
        assertThat(reader.isOffline()).isTrue();
        assertThat(reader.hasPrinter()).isFalse();
    }

    @Test
    void heatersThatTheProfileLacksAreLeftOut() {
        reader.onAnswer(answer("{\"tool0\":{\"actual\":21.3,\"target\":0.0},\"W\":{\"actual\":1}}"));

        Reading reading = read(PushedStatus.of(IDLE));

        assertThat(reading.temperatures().bed()).isNull();
        assertThat(reading.missing()).containsExactly(Capability.BED_TEMPERATURE);
        reader.onAnswer(answer("{}"));
        assertThat(read(PushedStatus.of(IDLE)).temperatures().bed())
                .as("an answer without temperatures does not tell")
                .isNull();
    }

    @Test
    void cancelledPrintIsKnownByTheStatusBefore() {
        read(PushedStatus.of(printing("Printing", "printing", "40.0")));
        Reading cancelled = read(PushedStatus.of(printing("Operational", "operational", "null")));

        assertThat(cancelled.outcome()).isEqualTo(JobResult.CANCELLED);
        assertThat(reader.newest().outcome()).as("read a second time").isEqualTo(JobResult.CANCELLED);
        reader.onGap();
        assertThat(read(PushedStatus.of(printing("Operational", "operational", "null")))
                        .outcome())
                .as("after a lost connection")
                .isNull();
    }

    @Test
    void errorTextIsTheMessage() {
        Reading failed = read(PushedStatus.of(message("""
                {"state":{"text":"Offline after error","flags":{"closedOrError":true,"error":true},
                 "error":"MAXTEMP triggered"},"job":{},"progress":{},"temps":[]}""")));

        assertThat(failed.message()).isEqualTo("MAXTEMP triggered");
    }

    @Test
    void statusWithoutAStateIsUnreadable() {
        LenientJson message = message("{\"state\":{\"text\":7},\"temps\":3}");

        assertThatThrownBy(() -> PushedStatus.of(message)).isInstanceOf(PrinterException.class);
    }

    private Reading read(PushedStatus status) {
        reader.add(status.in(reader.profile()));
        return reader.newest();
    }

    private static OctoPrintStatus answer(String temperature) {
        return new OctoPrintStatus(LenientJson.empty(), message("{\"temperature\":" + temperature + "}"));
    }

    private static LenientJson withoutTemperatures(String text, String flag) {
        return message("{\"state\":{\"text\":\"" + text + "\",\"flags\":{\"" + flag
                + "\":true},\"error\":\"\"},\"job\":{},\"progress\":{},\"temps\":[]}");
    }

    private static LenientJson printing(String text, String flag, String completion) {
        return message("{\"state\":{\"text\":\"" + text + "\",\"flags\":{\"" + flag
                + "\":true}},\"job\":{\"file\":{\"name\":\"a.gcode\",\"path\":\"a.gcode\",\"origin\":\"local\"}},"
                + "\"progress\":{\"completion\":" + completion + ",\"filepos\":" + completion + ",\"printTime\":"
                + completion + "},\"temps\":[]}");
    }

    private static LenientJson message(String json) {
        return LenientJson.of(Objects.requireNonNull(BoundedJson.object(Buffer.buffer(json))));
    }

    private Job jobAfter(long seconds) {
        for (Reading reading : readings) {
            Job job = reading.job();
            if (job != null && Long.valueOf(seconds).equals(job.elapsed())) {
                return job;
            }
        }
        throw new AssertionError("no reading has a print that takes " + seconds + " s");
    }

    /** State and file of each reading, without repetitions; offline where there is none. */
    private List<String> states(String recording) throws IOException {
        PushedStatus status = null;
        List<String> states = new ArrayList<>();
        for (String line : Files.readAllLines(RECORDINGS.resolve(recording + ".jsonl"))) {
            status = next(status, message(line));
            if (status == null) {
                continue;
            }
            reader.add(status.in(new HeaterProfile(Set.of("chamber"))));
            String state = state();
            if (states.isEmpty() || !states.get(states.size() - 1).equals(state)) {
                states.add(state);
            }
        }
        return states;
    }

    private static @Nullable PushedStatus next(@Nullable PushedStatus before, LenientJson message) {
        if (message.at("history").isObject()) {
            return PushedStatus.of(message.at("history"));
        }
        return before != null && message.at("current").isObject() ? before.with(message.at("current")) : before;
    }

    private String state() {
        if (reader.isOffline()) {
            return "offline";
        }
        Reading reading = reader.newest();
        readings.add(reading);
        return reading.state().wireName() + " "
                + (reading.job() == null ? null : reading.job().file())
                + (reading.outcome() == null ? "" : " " + reading.outcome().wireName());
    }
}
