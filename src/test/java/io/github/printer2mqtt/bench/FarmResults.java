package io.github.printer2mqtt.bench;

import io.github.printer2mqtt.bench.report.MarkedSection;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The latest result of each farm, stored as JSON and rendered as tables in RESULTS.md and as a plot. */
final class FarmResults {
    private final Path folder;
    private final JsonObject byFarm;

    private FarmResults(Path folder, JsonObject byFarm) {
        this.folder = folder;
        this.byFarm = byFarm;
    }

    static FarmResults in(Path folder) throws IOException {
        Path file = folder.resolve("farms.json");
        return new FarmResults(folder, Files.exists(file) ? new JsonObject(Files.readString(file)) : new JsonObject());
    }

    void put(JsonObject result) {
        byFarm.put(result.getString("farm"), result);
    }

    private List<JsonObject> results() {
        return byFarm.fieldNames().stream()
                .map(byFarm::getJsonObject)
                .sorted(Comparator.comparing((JsonObject farm) -> farm.getInteger("printers"))
                        .thenComparing(farm -> farm.getString("farm")))
                .toList();
    }

    void write() throws IOException {
        Files.writeString(folder.resolve("farms.json"), byFarm.encodePrettily() + "\n");
        MarkedSection.replace(folder.resolve("RESULTS.md"), "farms", markdown());
        Files.writeString(folder.resolve("cost-and-freshness.svg"), new FarmPlot(results()).svg());
    }

    String places() {
        return folder.resolve("farms.json") + ", RESULTS.md and cost-and-freshness.svg";
    }

    String markdown() {
        return new FarmTables(results()).markdown();
    }
}
