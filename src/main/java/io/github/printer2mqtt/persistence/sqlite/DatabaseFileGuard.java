package io.github.printer2mqtt.persistence.sqlite;

import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the files of an open database were deleted, replaced or truncated: a deleted file still accepts writes,
 * which end with the process. Blocks; one call at a time.
 */
final class DatabaseFileGuard {
    private final Path database;
    private final Path log;
    private volatile @Nullable Identity knownDatabase;
    private volatile @Nullable Identity knownLog;

    /**
     * What identifies a file.
     *
     * @param key device and inode; null where the file system has none
     * @param size never shrinks, except by our own checkpoint
     */
    private record Identity(@Nullable Object key, long size) {}

    DatabaseFileGuard(Path database) {
        this.database = database;
        this.log = Path.of(database + "-wal");
    }

    /** Takes the present files as the right ones. */
    void remember() throws IOException {
        knownDatabase = identify(database);
        knownLog = identify(log);
    }

    /** @throws DatabaseException of kind {@code LOST} if a file is missing, another one, or shorter than before */
    void check() throws IOException {
        knownDatabase = check("the file", database, knownDatabase);
        knownLog = check("its write-ahead log (-wal)", log, knownLog);
    }

    private @Nullable Identity check(String what, Path file, @Nullable Identity known) throws IOException {
        Identity now = identify(file);
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
                Kind.LOST,
                database,
                how + " while the bridge was running, and nothing more is stored; restore it and restart the bridge");
    }

    private static @Nullable Identity identify(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Identity(attributes.fileKey(), attributes.size());
        } catch (NoSuchFileException | NotDirectoryException e) {
            return null;
        }
    }
}
