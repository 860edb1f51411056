package io.github.printer2mqtt.persistence;

import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Why the database did not do what it should. The message is one line for people that names the file; the cause is the
 * database's own exception where there is one.
 */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The kinds of problem, as far as callers tell them apart. */
    public enum Kind {
        /** The file or its directory cannot be used. */
        UNUSABLE_PATH,
        /** The file is none of ours. */
        NOT_OURS,
        /** A newer program made the database. */
        NEWER,
        /** The file is damaged. */
        DAMAGED,
        /** There is no space left. */
        DISK_FULL,
        /** The files were deleted, replaced or truncated while they are open. */
        LOST,
        /** Another bridge uses the database. */
        IN_USE,
        /** The disk cannot be read or written. */
        DISK_FAILED,
        /** Somebody else holds the database, or too many writes wait. */
        BUSY,
        /** The transaction took too long and was rolled back. */
        TIMEOUT,
        /** A rule of the database forbids it: a duplicate, a missing parent. */
        CONSTRAINT,
        /** The store is closed. */
        CLOSED,
        /** Anything else. */
        FAULT
    }

    private final Kind kind;

    public DatabaseException(Kind kind, String message) {
        this(kind, message, null);
    }

    public DatabaseException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether a failure is a problem of that kind. */
    public static boolean is(Throwable failure, Kind kind) {
        return failure instanceof DatabaseException problem && problem.kind == kind;
    }

    /** The problem behind a failure of the driver, told in the words of the user. */
    public static DatabaseException of(Path file, Throwable failure) {
        if (failure instanceof DatabaseException problem) {
            return problem;
        }
        if (failure instanceof TimeoutException) {
            return problem(Kind.TIMEOUT, file, "it did not answer in time", failure);
        }
        SQLiteException sqlite = sqlite(failure);
        if (sqlite == null) {
            return new DatabaseException(Kind.FAULT, "database " + file + ": " + line(failure), failure);
        }
        // The index of the write-ahead log is the first thing for which a full disk has no room.
        if (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
            return problem(Kind.DISK_FULL, file, "the disk is full; nothing was stored", failure);
        }
        // The extended codes keep the primary one in their lowest byte.
        return switch (sqlite.getResultCode().code & 0xff) {
            case 5, 6 -> problem(Kind.BUSY, file, "another program holds it", failure);
            case 8 ->
                problem(Kind.UNUSABLE_PATH, file, "it is read-only; the bridge must be able to write it", failure);
            case 10 -> problem(Kind.DISK_FAILED, file, "the disk failed: " + line(sqlite), failure);
            case 11 -> problem(Kind.DAMAGED, file, "the file is damaged; restore a copy or move it away", failure);
            case 13 -> problem(Kind.DISK_FULL, file, "the disk is full; nothing was stored", failure);
            case 14 -> problem(Kind.UNUSABLE_PATH, file, "it cannot be opened; check the directory's rights", failure);
            case 19 -> problem(Kind.CONSTRAINT, file, line(sqlite), failure);
            case 26 -> problem(Kind.NOT_OURS, file, "the file is not a SQLite database", failure);
            default -> problem(Kind.FAULT, file, line(sqlite), failure);
        };
    }

    /** @param verdict what SQLite found first */
    public static DatabaseException damaged(Path file, @Nullable String verdict) {
        return new DatabaseException(
                Kind.DAMAGED,
                "database " + file + ": the file is damaged ("
                        + String.valueOf(verdict).replaceAll("\\s+", " ") + "); restore a copy or move it away");
    }

    private static DatabaseException problem(Kind kind, Path file, String what, Throwable cause) {
        return new DatabaseException(kind, "database " + file + ": " + what, cause);
    }

    private static @Nullable SQLiteException sqlite(Throwable failure) {
        Throwable each = failure;
        for (int depth = 0; each != null && depth < 10; depth++) {
            if (each instanceof SQLiteException sqlite) {
                return sqlite;
            }
            each = each.getCause();
        }
        return null;
    }

    private static String line(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message.replaceAll("\\s+", " ");
    }
}
