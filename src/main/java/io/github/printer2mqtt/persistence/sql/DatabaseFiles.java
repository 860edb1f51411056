package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.persistence.DatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The files of an open database: whether they are still those that were opened. An open file that is deleted goes on to
 * take writes, which are gone with the process. Blocks; used one call after the other.
 */
final class DatabaseFiles {
    private final Path database;
    private final Path log;
    private volatile @Nullable Mark knownDatabase;
    private volatile @Nullable Mark knownLog;

    /**
     * What identifies a file.
     *
     * @param key device and inode; null where the file system has none
     * @param size which never falls, unless we checkpoint
     */
    private record Mark(@Nullable Object key, long size) {}

    DatabaseFiles(Path database) {
        this.database = database;
        this.log = Path.of(database + "-wal");
    }

    /** From now on these files are the right ones. */
    void remember() throws IOException {
        knownDatabase = mark(database);
        knownLog = mark(log);
    }

    /** @throws DatabaseException of kind {@code LOST} if a file is gone, another one or shorter than it was */
    void expectIntact() throws IOException {
        knownDatabase = expectIntact("the file", database, knownDatabase);
        knownLog = expectIntact("its write-ahead log (-wal)", log, knownLog);
    }

    private @Nullable Mark expectIntact(String what, Path file, @Nullable Mark known) throws IOException {
        Mark now = mark(file);
        if (known == null) {
            return now;
        }
        if (now == null) {
            throw lost(what + " was deleted or moved");
        }
        if (!Objects.equals(now.key, known.key)) {
            throw lost(what + " was replaced by another one");
        }
        if (now.size < known.size) {
            throw lost(what + " was truncated from " + known.size + " to " + now.size + " bytes");
        }
        return now;
    }

    private DatabaseException lost(String how) {
        return new DatabaseException(
                DatabaseException.Kind.LOST,
                "database " + database + ": " + how
                        + " while the bridge runs, and nothing more is stored; restore it and restart the bridge");
    }

    private static @Nullable Mark mark(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Mark(attributes.fileKey(), attributes.size());
        } catch (NoSuchFileException | NotDirectoryException e) {
            return null;
        }
    }
}
