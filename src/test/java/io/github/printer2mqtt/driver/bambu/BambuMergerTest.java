package io.github.printer2mqtt.driver.bambu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.model.Reading.Filament;
import io.github.printer2mqtt.net.PrinterException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class BambuMergerTest {
    private final BambuReports printer = new BambuReports().reports("gcode_state", "IDLE");

    @Test
    void absentIsUnchangedAndZeroIsAValue() {
        printer.reports("nozzle_temper", 210.5, "nozzle_target_temper", 215, "spd_mag", 124);

        printer.reports("nozzle_target_temper", 0);

        assertThat(printer.reading().temperatures().nozzle()).satisfies(nozzle -> {
            assertThat(nozzle.actual()).isEqualTo(210.5);
            assertThat(nozzle.target()).isZero();
        });
        assertThat(printer.reading().speed()).isEqualTo(124);
    }

    @Test
    void emptyListClearsProblems() {
        printer.report(new JsonObject("{\"hms\":[{\"attr\":50331904,\"code\":65543}]}"));
        assertThat(printer.reading().details().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("0300-0100-0001-0007"));

        printer.report(new JsonObject("{\"hms\":[]}"));

        assertThat(printer.reading().details().problems()).isEmpty();
    }

    @Test
    void unitsAndTraysMergeById() {
        printer.report(new JsonObject("{\"ams\":{\"tray_now\":\"1\",\"ams\":[{\"id\":\"0\",\"tray\":["
                + "{\"id\":\"0\",\"tray_type\":\"PLA\",\"tray_color\":\"FF8800FF\",\"remain\":72},"
                + "{\"id\":\"1\",\"tray_type\":\"PETG\",\"tray_color\":\"000000FF\",\"remain\":40}]},"
                + "{\"id\":\"128\",\"tray\":[{\"id\":\"0\",\"tray_type\":\"ABS\",\"remain\":-1}]}]}}"));

        printer.report(new JsonObject(
                "{\"ams\":{\"ams\":[{\"id\":\"0\",\"tray\":[{\"id\":\"1\",\"remain\":39,\"state\":11}]}]}}"));
        printer.report(new JsonObject("{\"ams\":{\"ams_status\":1}}"));

        assertThat(printer.reading().details().filaments())
                .isEqualTo(List.of(
                        new Filament("A1", "PLA", "#ff8800", null, 72, false),
                        new Filament("A2", "PETG", "#000000", null, 39, true),
                        new Filament("HT-A", "ABS", null, null, null, false)));
    }

    @Test
    void traysThatWereTakenOutDisappear() {
        printer.report(
                new JsonObject("{\"ams\":{\"ams\":[{\"id\":\"0\",\"tray\":[{\"id\":\"0\",\"tray_type\":\"PLA\"}]}]}}"));

        printer.report(
                new JsonObject("{\"ams\":{\"ams\":[{\"id\":\"0\",\"tray\":[{\"id\":\"0\",\"tray_type\":\"\"}]}]}}"));

        assertThat(printer.reading().details().filaments()).isEmpty();
    }

    @Test
    void unknownKeysAreNotKept() {
        BambuMerger merger = new BambuMerger();
        for (int i = 0; i < 10_000; i++) {
            merger.merge(new JsonObject().put("key" + i, i).getMap());
        }
        assertThat(merger.report().print().names()).isEmpty();
    }

    @Test
    void objectThatGrowsForEverIsTooLarge() {
        BambuMerger merger = new BambuMerger();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1000; i++) {
                        merger.merge(new JsonObject("{\"device\":{\"key" + i + "\":1}}").getMap());
                    }
                })
                .isInstanceOf(PrinterException.class)
                .hasMessageContaining("members");
    }
}
