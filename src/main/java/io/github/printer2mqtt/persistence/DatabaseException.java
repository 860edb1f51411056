package io.github.printer2mqtt.persistence;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A database operation failed. The message is one line for users that names the database; the cause is the driver's
 * exception, if there is one.
 */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What callers can tell apart. */
    public enum Kind {
        /** The file or its folder cannot be used. */
        UNUSABLE_PATH,
        /** The file belongs to another program. */
        NOT_OURS,
        /** A newer version of the bridge wrote the database. */
        NEWER,
        DAMAGED,
        DISK_FULL,
        /** The files were deleted, replaced or truncated while open. */
        LOST,
        /** The server cannot be reached or closed the connection; another attempt may succeed. */
        UNREACHABLE,
        /** The server rejects the login, or the database does not exist there. */
        REJECTED,
        /** Another bridge uses the database. */
        IN_USE,
        /** The disk cannot be read or written. */
        DISK_FAILED,
        /** Another program holds the database, or too many writes wait. */
        BUSY,
        /** The transaction took too long and was rolled back. */
        TIMEOUT,
        /** A constraint rejected the write: a duplicate key, a missing parent. */
        CONSTRAINT,
        CLOSED,
        /** Anything else. */
        FAULT
    }

    private final Kind kind;

    public DatabaseException(Kind kind, String message) {
        this(kind, message, null);
    }

    /** A failure of the database in a file. */
    public DatabaseException(Kind kind, Path file, String problem) {
        this(kind, file, problem, null);
    }

    /** A failure of the database in a file. */
    public DatabaseException(Kind kind, Path file, String problem, @Nullable Throwable cause) {
        this(kind, "database " + file + ": " + problem, cause);
    }

    public DatabaseException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether a failure is a database failure of this kind. */
    public static boolean is(Throwable failure, Kind kind) {
        return failure instanceof DatabaseException exception && exception.kind == kind;
    }
}
