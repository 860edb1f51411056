package io.github.printer2mqtt.persistence.sqlite;

import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Maps SQLite's result codes to {@link DatabaseException}. Pure. */
final class SqliteErrors {
    private static final int MAX_CAUSES = 10;

    private SqliteErrors() {}

    static DatabaseException exception(Path file, Throwable failure) {
        if (failure instanceof DatabaseException known) {
            return known;
        }
        if (failure instanceof TimeoutException) {
            return exception(Kind.TIMEOUT, file, "it did not respond in time", failure);
        }
        SQLiteException sqlite = sqliteCause(failure);
        if (sqlite == null) {
            return exception(Kind.FAULT, file, oneLine(failure), failure);
        }
        // A full disk first lacks room for the index of the write-ahead log.
        if (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
            return exception(Kind.DISK_FULL, file, "the disk is full; nothing was stored", failure);
        }
        // Extended codes keep the primary one in their lowest byte.
        return switch (sqlite.getResultCode().code & 0xff) {
            case 5, 6 -> exception(Kind.BUSY, file, "another program holds it", failure);
            case 8 -> exception(Kind.UNUSABLE_PATH, file, "it is read-only; make it writable for the bridge", failure);
            case 10 -> exception(Kind.DISK_FAILED, file, "the disk failed: " + oneLine(sqlite), failure);
            case 11 -> exception(Kind.DAMAGED, file, "the file is damaged; restore a backup or move it away", failure);
            case 13 -> exception(Kind.DISK_FULL, file, "the disk is full; nothing was stored", failure);
            case 14 ->
                exception(
                        Kind.UNUSABLE_PATH, file, "it cannot be opened; check the permissions of its folder", failure);
            case 19 -> exception(Kind.CONSTRAINT, file, oneLine(sqlite), failure);
            case 26 -> exception(Kind.NOT_OURS, file, "the file is not a SQLite database", failure);
            default -> exception(Kind.FAULT, file, oneLine(sqlite), failure);
        };
    }

    /** @param finding the first one of SQLite's check */
    static DatabaseException damaged(Path file, @Nullable String finding) {
        return new DatabaseException(
                Kind.DAMAGED,
                file,
                "the file is damaged (" + String.valueOf(finding).replaceAll("\\s+", " ")
                        + "); restore a backup or move it away");
    }

    private static DatabaseException exception(Kind kind, Path file, String what, Throwable cause) {
        return new DatabaseException(kind, file, what, cause);
    }

    private static @Nullable SQLiteException sqliteCause(Throwable failure) {
        Throwable each = failure;
        for (int depth = 0; each != null && depth < MAX_CAUSES; depth++) {
            if (each instanceof SQLiteException sqlite) {
                return sqlite;
            }
            each = each.getCause();
        }
        return null;
    }

    private static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message.replaceAll("\\s+", " ");
    }
}
