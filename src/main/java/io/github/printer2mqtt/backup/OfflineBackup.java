package io.github.printer2mqtt.backup;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import io.github.printer2mqtt.persistence.encryption.EncryptionKeyException;
import io.github.printer2mqtt.persistence.encryption.KeySource;
import io.github.printer2mqtt.persistence.sqlite.DatabaseCopy;
import io.github.printer2mqtt.persistence.sqlite.DatabaseRestore;
import io.github.printer2mqtt.persistence.sqlite.DatabaseRestore.Restored;
import io.github.printer2mqtt.persistence.sqlite.SqliteHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies and restores the configured database from another process than the bridge's. Messages are for the user of the command
 * line. Blocks; methods throw {@link DatabaseException} if they did nothing.
 */
public record OfflineBackup(BridgeConfig config, InstantSource clock) {
    /** @param target of the copy, or its folder; null for the configured folder */
    public List<String> backup(@Nullable Path target) {
        requireFile();
        Path database = Path.of(config.database().path()).toAbsolutePath().normalize();
        if (!Files.isRegularFile(database)) {
            throw new DatabaseException(
                    Kind.UNUSABLE_PATH,
                    "found no database " + database + "; name the configuration of the bridge with --config");
        }
        Path copy = copy(database, target);
        return List.of(
                "copied " + database + " to " + copy + " (" + size(copy) + " bytes)",
                "it does not contain the key of the credentials (" + key() + "); keep that in another place");
    }

    private void requireFile() {
        if (config.database().server() != null) {
            throw new DatabaseException(Kind.UNUSABLE_PATH, UnsupportedBackupService.reason(config.database()));
        }
    }

    private Path copy(Path database, @Nullable Path target) {
        BackupFolder folder = BackupFolder.of(config.backup(), database, clock);
        if (target == null) {
            return folder.path().resolve(folder.create(Backup.REQUEST).name());
        }
        Path file = Files.isDirectory(target) ? target.resolve(Backup.name(clock.instant(), Backup.REQUEST)) : target;
        if (Files.exists(file)
                && (isSame(file, database) || !SqliteHeader.read(file).isSqlite())) {
            throw new DatabaseException(
                    Kind.UNUSABLE_PATH,
                    "found the file " + file
                            + ", which is no copy of a database; name a new file, a folder or an older copy");
        }
        DatabaseCopy.write(database, file.toAbsolutePath());
        return file.toAbsolutePath();
    }

    /** @param source of the database */
    public List<String> restore(Path source) {
        requireFile();
        Restored restored = DatabaseRestore.restore(
                source.toAbsolutePath(), config.database().path(), new ConfiguredCopies(config.backup(), clock));
        List<String> lines = new ArrayList<>();
        lines.add("restored " + config.database().path() + " from " + source + " (schema version "
                + restored.file().schemaVersion() + ")");
        if (restored.replaced() != null) {
            lines.add("what it replaced is in " + restored.replaced());
        }
        lines.add(keyLine(restored.file().keyId()));
        return lines;
    }

    private String keyLine(@Nullable String keyId) {
        if (keyId == null) {
            return "the credentials in it are not encrypted; the next start encrypts them";
        }
        try {
            KeySource.of(config.secrets()).keyFor(keyId);
            return "the credentials in it are encrypted with the key in " + key();
        } catch (EncryptionKeyException e) {
            return "the bridge does not start with it yet: " + e.getMessage()
                    + "; put that key into its place, or remove the credentials with: printer2mqtt secrets discard";
        }
    }

    private String key() {
        return config.secrets().key() == null ? config.secrets().keyFile() : "secrets.key";
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return true;
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
