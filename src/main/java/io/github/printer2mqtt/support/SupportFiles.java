package io.github.printer2mqtt.support;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.Setting;
import io.github.printer2mqtt.json.ConfigDocument;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.support.SupportArchive.Entry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files that an archive for support has whether or not the bridge runs. */
public final class SupportFiles {
    private SupportFiles() {}

    /**
     * @param version of the bridge
     * @param config null if it is invalid
     */
    public static List<Entry> ofProcess(String version, @Nullable BridgeConfig config) {
        Set<String> variables = System.getenv().keySet();
        Entry system = new Entry(
                "system.json",
                "version, Java, machine, and the names of the PRINTER2MQTT_ variables",
                out -> write(SystemFacts.document(version, variables), out));
        return config == null
                ? List.of(system)
                : List.of(
                        system,
                        new Entry(
                                "config.json",
                                "the configuration in effect, and where each value comes from",
                                out -> write(configuration(config), out)));
    }

    private static JsonObject configuration(BridgeConfig config) {
        JsonArray keys = new JsonArray();
        for (Setting setting : config.settings()) {
            keys.add(new JsonObject()
                    .put("key", setting.key())
                    .put("value", setting.value())
                    .put("source", setting.source()));
        }
        return new JsonObject().put("effective", ConfigDocument.of(config)).put("keys", keys);
    }

    public static Entry database(JsonObject examined) {
        return new Entry("database-check.json", "schema, size and check of the database", out -> write(examined, out));
    }

    public static JsonObject database(Database.Facts facts) {
        return new JsonObject()
                .put("schema_version", facts.schemaVersion())
                .put("bytes", facts.bytes())
                .put("free_bytes", facts.freeBytes())
                .put("check", facts.check());
    }

    public static JsonObject failure(Throwable failure) {
        return new JsonObject().put("error", String.valueOf(failure.getMessage()));
    }

    public static void write(JsonObject document, OutputStream out) throws IOException {
        out.write((document.encodePrettily() + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
