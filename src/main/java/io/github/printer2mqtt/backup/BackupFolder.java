package io.github.printer2mqtt.backup;

import io.github.printer2mqtt.config.BackupConfig;
import io.github.printer2mqtt.files.OwnerOnlyFile;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import io.github.printer2mqtt.persistence.sqlite.DatabaseCopy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder with the copies of one database. Several processes may use it at the same time. Blocks. */
public final class BackupFolder {
    private static final Logger LOG = LoggerFactory.getLogger(BackupFolder.class);

    /** An older incomplete copy is left over from a process that was killed. */
    private static final Duration COPY_LIMIT = Duration.ofHours(1);

    private final Path database;
    private final Path folder;
    private final int keep;
    private final InstantSource clock;

    private BackupFolder(Path database, Path folder, int keep, InstantSource clock) {
        this.database = database;
        this.folder = folder;
        this.keep = keep;
        this.clock = clock;
    }

    /** @param database its absolute path */
    public static BackupFolder of(BackupConfig config, Path database, InstantSource clock) {
        return new BackupFolder(database, config.folderOf(database), config.keep(), clock);
    }

    Path path() {
        return folder;
    }

    Path database() {
        return database;
    }

    /**
     * Copies the database, then deletes the oldest copies of that kind above the configured number.
     *
     * @throws DatabaseException if the database cannot be read or the copy cannot be written; all others are kept then
     */
    Backup create(String reason) {
        try {
            OwnerOnlyFile.createFolder(folder);
        } catch (IOException e) {
            throw unusable("cannot be created", e);
        }
        deleteLeftOver();
        Path file = folder.resolve(Backup.name(clock.instant(), reason));
        DatabaseCopy.write(database, file);
        Backup created = read(file);
        deleteOldest(created.kind());
        return created;
    }

    /** All complete copies, the newest first. */
    public List<Backup> list() {
        List<Backup> found = new ArrayList<>();
        for (Path file : files("*.db")) {
            Backup backup = Backup.of(file.getFileName().toString(), size(file));
            if (backup != null) {
                found.add(backup);
            }
        }
        found.sort(Comparator.comparing(Backup::createdAt).reversed());
        return found;
    }

    /** What is known of a file that {@link #find} returned. */
    Backup read(Path file) {
        return Objects.requireNonNull(Backup.of(file.getFileName().toString(), size(file)));
    }

    /** The file of a copy; null if there is none of that name. */
    public @Nullable Path find(String name) {
        Path file = Backup.of(name, 0) == null ? null : folder.resolve(name);
        return file != null && Files.isRegularFile(file) ? file : null;
    }

    private void deleteOldest(Backup.Kind kind) {
        list().stream()
                .filter(backup -> backup.kind() == kind)
                .skip(keep)
                .forEach(backup -> delete(folder.resolve(backup.name())));
    }

    private void deleteLeftOver() {
        Instant oldest = clock.instant().minus(COPY_LIMIT);
        for (Path file : files("printer2mqtt-*.db" + DatabaseCopy.INCOMPLETE)) {
            try {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
                    delete(file);
                }
            } catch (IOException e) {
                LOG.debug("{} cannot be read", file, e);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("the old backup {} cannot be deleted: {}", file, e.toString());
        }
    }

    private List<Path> files(String pattern) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
            entries.forEach(found::add);
        } catch (NoSuchFileException e) {
            return found;
        } catch (IOException e) {
            throw unusable("cannot be read", e);
        } catch (DirectoryIteratorException e) {
            throw unusable("cannot be read", e);
        }
        return found;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0; // deleted by another process meanwhile
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DatabaseException unusable(String problem, Exception cause) {
        return new DatabaseException(
                Kind.UNUSABLE_PATH,
                "backup.folder: " + folder + " " + problem + " ("
                        + cause.getClass().getSimpleName().replace("Exception", "") + ")",
                cause);
    }
}
