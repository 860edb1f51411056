package io.github.printer2mqtt.driver.duet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures.Temperature;
import io.github.printer2mqtt.net.PrinterException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes of the object model, recorded and made up. */
class SbcModelTest {
    private static final Path RECORDINGS = Path.of("src/test/resources/driver/duet");
    private static final String PRINTING = """
            {"state":{"status":"processing","currentTool":0},
             "job":{"duration":60,"filePosition":250,"layer":2,
                    "file":{"fileName":"0:/gcodes/clip.gcode","size":1000,"numLayers":9}},
             "heat":{"bedHeaters":[0,-1],"heaters":[{"current":59.5,"active":60,"state":"active"},
                                                    {"current":214.5,"active":215,"state":"active"}]},
             "tools":[{"heaters":[1]}],"boards":[{"name":"Duet 3 MB6HC"}],"messages":[]}""";

    @Test
    void recordedChangesSelectAFileAndChangeNothingElse() throws IOException {
        SbcModel model = SbcModel.of(recordedModel());
        Reading before = DuetMapper.reading(model.model(), null);
        for (String line : Files.readAllLines(RECORDINGS.resolve("websocket/mini5plus-sbc-3.4.5-changes.jsonl"))) {
            model.merge(new JsonObject(line).getJsonObject("msg").getMap());
        }

        assertThat(DuetMapper.reading(model.model(), null)).isEqualTo(before);
        model.merge(new JsonObject("{\"state\":{\"status\":\"processing\"},\"job\":{\"duration\":1,\"layer\":1}}")
                .getMap());
        Job job = Objects.requireNonNull(DuetMapper.reading(model.model(), null).job());
        assertThat(job.file()).isEqualTo("Veil_Token.gcode");
        assertThat(job.layers()).isEqualTo(9);
    }

    private static Map<String, Object> recordedModel() throws IOException {
        String text = Files.readString(RECORDINGS.resolve("geminiv2-sbc-3.5.0rc2-idle-open-sensors.json"));
        return new JsonObject(text)
                .getJsonObject("answers")
                .getJsonObject("GET /machine/status")
                .getJsonObject("body")
                .getMap();
    }

    @Test
    void onlyTheElementsThatDifferChange() {
        Reading reading = printingAfter("{\"heat\":{\"heaters\":[{},{\"current\":216.5}]}}");

        assertThat(reading.temperatures().nozzle()).isEqualTo(new Temperature(216.5, 215.0));
        assertThat(reading.temperatures().bed()).isEqualTo(new Temperature(59.5, 60.0));
        assertThat(reading.model()).isEqualTo("Duet 3 MB6HC");
    }

    @Test
    void arrayHasTheLengthOfItsChange() {
        assertThat(printingAfter("{\"tools\":[{},{\"heaters\":[0]}]}")
                        .temperatures()
                        .nozzles())
                .hasSize(2);
        assertThat(printingAfter("{\"tools\":[null]}").temperatures().nozzles()).isEmpty();
        assertThat(printingAfter("{\"tools\":[]}").temperatures().nozzles()).isEmpty();
    }

    @Test
    void arrayOfNumbersIsReplaced() {
        assertThat(printingAfter("{\"heat\":{\"bedHeaters\":[-1]}}")
                        .temperatures()
                        .bed())
                .isNull();
    }

    @Test
    void nullRemovesAMember() {
        Reading reading = printingAfter("{\"job\":{\"file\":{\"numLayers\":null}}}");

        assertThat(Objects.requireNonNull(reading.job()).layers()).isNull();
        assertThat(Objects.requireNonNull(reading.job()).progress()).isEqualTo(25.0);
    }

    @Test
    void memberOfAnotherTypeIsReplaced() {
        assertThat(printingAfter("{\"job\":7,\"heat\":[{}],\"tools\":{\"0\":{}}}")
                        .state())
                .isEqualTo(PrinterState.PRINTING);
    }

    @Test
    void errorExplainsTheBoardUntilItIsWellAgain() {
        SbcModel model = SbcModel.of(new JsonObject(PRINTING).getMap());
        merge(model, "{\"messages\":[{\"type\":2,\"content\":\"Error: heater 1 fault\"}]}");
        merge(model, "{\"state\":{\"status\":\"halted\"},\"messages\":[]}");
        merge(model, "{\"messages\":[{\"type\":0,\"content\":\"a notice\"}]}");
        assertThat(DuetMapper.reading(model.model(), null).message()).isEqualTo("Error: heater 1 fault");

        merge(model, "{\"state\":{\"status\":\"idle\"}}");
        merge(model, "{\"state\":{\"status\":\"halted\"}}");
        assertThat(DuetMapper.reading(model.model(), null).message()).startsWith("The board is halted");
    }

    @ParameterizedTest
    @CsvSource({"idle, true", "halted, true", "off, false", "disconnected, false"})
    void statusTellsWhetherThereIsAPrinter(String status, boolean expected) {
        SbcModel model = SbcModel.of(new JsonObject(PRINTING).getMap());
        merge(model, "{\"state\":{\"status\":\"" + status + "\"}}");

        assertThat(model.hasPrinter()).isEqualTo(expected);
    }

    @Test
    void changesThatFillTheMemoryAreRefused() {
        SbcModel model = SbcModel.of(new JsonObject(PRINTING).getMap());

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        merge(model, "{\"heat\":{\"name" + i + "\":\"" + "x".repeat(200) + "\"}}");
                    }
                })
                .isInstanceOfSatisfying(
                        PrinterException.class,
                        failure -> assertThat(failure.failure().reason()).isEqualTo(FailureReason.TOO_LARGE));
    }

    @Test
    void whatIsNotReadIsNotKept() {
        SbcModel model = SbcModel.of(new JsonObject(PRINTING).getMap());
        String large = "x".repeat(200_000);
        merge(model, "{\"plugins\":{\"a\":\"" + large + "\"},\"move\":{\"b\":\"" + large + "\"}}");
        merge(
                model,
                "{\"job\":{\"layers\":[{\"c\":\"" + large + "\"}],\"file\":{\"thumbnails\":[{\"d\":\"" + large
                        + "\"}]}}}");

        assertThat(DuetMapper.reading(model.model(), null).state()).isEqualTo(PrinterState.PRINTING);
    }

    private static Reading printingAfter(String change) {
        SbcModel model = SbcModel.of(new JsonObject(PRINTING).getMap());
        merge(model, change);
        return DuetMapper.reading(model.model(), null);
    }

    private static void merge(SbcModel model, String change) {
        model.merge(new JsonObject(change).getMap());
    }
}
