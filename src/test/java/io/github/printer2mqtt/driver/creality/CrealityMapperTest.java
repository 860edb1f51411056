package io.github.printer2mqtt.driver.creality;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures.Temperature;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What values mean. */
class CrealityMapperTest {
    private final CrealityMessages printer = new CrealityMessages().add("state", 1, "deviceState", 1);

    @Test
    void chamberHasATargetWhereItIsHeated() {
        printer.add("boxTemp", "41.2", "targetBoxTemp", 45, "maxBoxTemp", 60, "model", "F008");
        assertThat(chamber()).isEqualTo(new Temperature(41.2, 45.0));

        printer.add("model", "F021", "targetBoxTemp", 0);
        assertThat(chamber()).as("a K2 sends a wrong target").isEqualTo(new Temperature(41.2, null));

        printer.add("boxTemp", 0);
        assertThat(chamber()).as("no sensor").isNull();
    }

    private @Nullable Temperature chamber() {
        return printer.reading().temperatures().chamber();
    }

    @Test
    void remainingTimeOfZeroIsUnknownUntilTheEnd() {
        printer.add("printProgress", 3, "printLeftTime", 0, "layer", 1);
        assertThat(printer.reading().job())
                .satisfies(job -> assertThat(job.remaining()).isNull());

        printer.add("printProgress", 100);
        assertThat(printer.reading().job())
                .satisfies(job -> assertThat(job.remaining()).isZero());
    }

    @Test
    void emptyTextsAndLayersAboveTheTotalAreUnknown() {
        printer.add("printProgress", 3, "layer", 750, "TotalLayer", 94, "printFileName", "");

        assertThat(printer.reading().job()).satisfies(job -> {
            assertThat(job.layer()).isNull();
            assertThat(job.layers()).isEqualTo(94);
            assertThat(job.file()).isNull();
        });
        printer.add("layer", "", "TotalLayer", "");
        assertThat(printer.reading().job())
                .satisfies(job -> assertThat(job.layers()).isNull());
    }

    @Test
    void preparingPrintHasNoValuesOfTheOneBefore() {
        printer.add("withSelfTest", 40, "printProgress", 100, "layer", 94, "printFileName", "/gcodes/clip.gcode");

        assertThat(printer.reading().job()).satisfies(job -> {
            assertThat(job.file()).isEqualTo("clip.gcode");
            assertThat(job.progress()).isNull();
            assertThat(job.layer()).isNull();
        });
    }

    @Test
    void runOutPowerLossAndAiSayWhatToDo() {
        printer.add("materialStatus", 1);
        assertThat(printer.reading().message()).isEqualTo("Filament ran out");

        printer.add("materialStatus", 0, "repoPlrStatus", 1);
        assertThat(printer.reading().message()).startsWith("The power failed during a print");

        printer.add("repoPlrStatus", 0, "err", new JsonObject().put("errcode", "101"));
        assertThat(printer.reading().message()).isEqualTo("The camera sees a failed print (101)");
        printer.add("err", new JsonObject().put("errcode", 2899));
        assertThat(printer.reading().message()).isEqualTo("The CFS reports a fault (2899)");
    }

    @Test
    void lightAndSpeedAreMissingWhereTheyAreNotReported() {
        assertThat(printer.reading().missing()).containsExactlyInAnyOrder(Capability.LIGHT, Capability.SPEED);

        printer.add("lightSw", 0, "curFeedratePct", "110.000000");

        Reading reading = printer.reading();
        assertThat(reading.missing()).isEmpty();
        assertThat(reading.details().light()).isFalse();
        assertThat(reading.speed()).isEqualTo(110);
    }

    @Test
    void emptyPlacesOfTheCfsAreLeftOutAndOneSpoolIsInUse() {
        JsonObject empty = new JsonObject().put("id", 2).put("type", "PLA").put("state", 0);
        JsonArray spools = new JsonArray().add(spool(0, 1)).add(spool(1, 0)).add(empty);
        JsonObject unit = new JsonObject().put("id", 2).put("type", 0).put("materials", spools);
        printer.add("boxsInfo", new JsonObject().put("materialBoxs", new JsonArray().add(unit)));

        printer.add(
                "materialState",
                new JsonObject()
                        .put("boxId", 2)
                        .put("materialId", 1)
                        .put("selected", 1)
                        .put("percent", 20));
        printer.add(
                "materialState",
                new JsonObject().put("boxId", 9).put("materialId", 1).put("selected", 1));

        assertThat(printer.reading().details().filaments())
                .extracting(filament -> filament.slot() + " " + filament.active() + " " + filament.remaining())
                .containsExactly("2A false 80", "2B true 20");
    }

    private static JsonObject spool(int id, int selected) {
        return new JsonObject()
                .put("id", id)
                .put("type", "PLA")
                .put("state", 1)
                .put("percent", 80)
                .put("selected", selected);
    }

    @Test
    void onlyWhatIsReadIsKept() {
        for (int i = 0; i < 10_000; i++) {
            printer.add("key" + i, "x".repeat(100));
        }
        printer.add("printFileName", "/gcodes/" + "x".repeat(5000));

        assertThat(printer.report().status().names()).hasSizeLessThan(30);
        assertThat(printer.reading().job())
                .satisfies(job -> assertThat(job.file()).isNull());
    }
}
