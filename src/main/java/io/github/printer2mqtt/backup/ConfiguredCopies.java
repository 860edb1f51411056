package io.github.printer2mqtt.backup;

import io.github.printer2mqtt.config.BackupConfig;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import io.github.printer2mqtt.persistence.sqlite.SafetyCopies;
import io.github.printer2mqtt.persistence.sqlite.SqliteHeader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the database into the configured folder before its schema is upgraded and before it is replaced.
 *
 * @param clock for the names of the copies
 */
public record ConfiguredCopies(BackupConfig config, InstantSource clock) implements SafetyCopies {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredCopies.class);

    @Override
    public void beforeUpgrade(Path database, int from, int to) {
        BackupFolder folder = BackupFolder.of(config, database, clock);
        try {
            Backup copy = folder.create(Backup.beforeUpgradeTo(to));
            LOG.info(
                    "database {}: copied to {} before the upgrade from schema version {} to {}",
                    database,
                    folder.path().resolve(copy.name()),
                    from,
                    to);
        } catch (DatabaseException e) {
            // Not of the kind of a full disk, on which a start is tried once more.
            throw new DatabaseException(
                    Kind.UNUSABLE_PATH,
                    database,
                    "it must be copied before the upgrade from schema version " + from + " to " + to
                            + ", which failed, so nothing was changed (" + e.getMessage()
                            + "); free space there, or set"
                            + " backup.folder (PRINTER2MQTT_BACKUP_FOLDER) to a folder that can be written",
                    e);
        }
    }

    @Override
    public Path beforeRestore(Path database) {
        BackupFolder folder = BackupFolder.of(config, database, clock);
        return folder.path().resolve(folder.create(Backup.BEFORE_RESTORE).name());
    }

    /** Names the newest copy from before an upgrade that this program can read. */
    @Override
    public String wayBack(Path database, int supported) {
        BackupFolder folder = BackupFolder.of(config, database, clock);
        return copies(folder).stream()
                .filter(backup -> backup.kind() == Backup.Kind.BEFORE_UPGRADE)
                .map(backup -> folder.path().resolve(backup.name()))
                .filter(file -> isReadable(file, supported))
                .findFirst()
                .map(file -> "go back to the state before the upgrade with: printer2mqtt restore " + file)
                .orElse("restore a backup that this version or an older one made");
    }

    private static List<Backup> copies(BackupFolder folder) {
        try {
            return folder.list();
        } catch (DatabaseException e) {
            LOG.warn("no copy from before the upgrade can be named: {}", e.getMessage());
            return List.of();
        }
    }

    private static boolean isReadable(Path file, int supported) {
        int version = SqliteHeader.read(file).schemaVersion();
        return version > 0 && version <= supported;
    }
}
