package io.github.printer2mqtt;

import io.github.printer2mqtt.cli.LocalReport;
import io.github.printer2mqtt.cli.StartException;
import io.github.printer2mqtt.cli.Version;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.DatabaseConfig;
import io.github.printer2mqtt.files.TemporaryFolder;
import io.github.printer2mqtt.persistence.sqlite.DatabaseInspection;
import io.github.printer2mqtt.support.SupportArchive;
import io.github.printer2mqtt.support.SupportArchive.Content;
import io.github.printer2mqtt.support.SupportArchive.Entry;
import io.github.printer2mqtt.support.SupportFiles;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The archive for support while no bridge answers: what this machine has, and why that is all. Changes nothing. */
final class OfflineSupport implements LocalReport {
    @Override
    public byte[] create(@Nullable BridgeConfig config, List<String> problems) {
        List<Entry> files = new ArrayList<>();
        files.add(new Entry(
                "problems.txt", "why the bridge was not asked", Content.of(String.join("\n", problems) + "\n")));
        files.addAll(SupportFiles.ofProcess(Version.text(), config));
        if (config != null) {
            files.addAll(ofDatabase(config.database()));
        }
        return new SupportArchive(Instant.now(), Version.text(), files).bytes();
    }

    private static List<Entry> ofDatabase(DatabaseConfig database) {
        return database.server() == null
                ? ofFile(Path.of(database.path()))
                : List.of(SupportFiles.database(
                        new JsonObject().put("error", database.shown() + " is only read by a bridge that runs")));
    }

    private static List<Entry> ofFile(Path file) {
        if (!Files.exists(file)) {
            return List.of(SupportFiles.database(new JsonObject().put("error", "there is no file " + file)));
        }
        try {
            // Where the library of SQLite is unpacked.
            TemporaryFolder.ofProcess();
            DatabaseInspection inspection = DatabaseInspection.of(file);
            JsonArray printers = new JsonArray();
            inspection.printers().forEach(row -> printers.add(new JsonObject(row)));
            return List.of(
                    SupportFiles.database(SupportFiles.database(inspection.facts())),
                    new Entry(
                            "registrations.json",
                            "the registered printers, without credentials",
                            out -> SupportFiles.write(new JsonObject().put("printers", printers), out)));
        } catch (SQLException | StartException | TemporaryFolder.TemporaryFolderException e) {
            return List.of(SupportFiles.database(SupportFiles.failure(e)));
        }
    }
}
