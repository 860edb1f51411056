package io.github.printer2mqtt.config;

import java.nio.file.Path;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code backup}: copies of the database.
 *
 * @param nightly whether a copy is made every night; one is made before each upgrade in any case
 * @param at time of day of the nightly copy, in the time zone of this machine
 * @param keep number of copies of each kind that are kept
 * @param folder of the copies; null for {@code backups} beside the database
 */
public record BackupConfig(
        boolean nightly, LocalTime at, int keep, @Nullable String folder) {
    /** Where the copies of a database are, as an absolute path. */
    public Path folderOf(Path database) {
        return folder == null
                ? database.toAbsolutePath().resolveSibling("backups")
                : Path.of(folder).toAbsolutePath();
    }

    /** Without a nightly copy, and beside the database: for one that is not kept. */
    BackupConfig forTemporaryDatabase() {
        return new BackupConfig(false, at, keep, null);
    }
}
