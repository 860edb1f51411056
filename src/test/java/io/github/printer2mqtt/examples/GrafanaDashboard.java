package io.github.printer2mqtt.examples;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The dashboard in examples/grafana. */
record GrafanaDashboard(JsonObject document) {
    private static final Path FILE = Path.of("examples", "grafana", "dashboards", "printer2mqtt.json");

    static GrafanaDashboard read() {
        try {
            return new GrafanaDashboard(new JsonObject(Files.readString(FILE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything on it, rows included. */
    List<JsonObject> elements() {
        return objects(document.getJsonArray("panels"));
    }

    /** Its panels, without rows. */
    List<JsonObject> panels() {
        return elements().stream()
                .filter(element -> !element.getString("type").equals("row"))
                .toList();
    }

    static List<JsonObject> targets(JsonObject panel) {
        return objects(panel.getJsonArray("targets"));
    }

    List<JsonObject> variables() {
        return objects(document.getJsonObject("templating").getJsonArray("list"));
    }

    static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }
}
