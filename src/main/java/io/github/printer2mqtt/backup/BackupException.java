package io.github.printer2mqtt.backup;

import io.github.printer2mqtt.text.WireConstant;

/** A backup or a restore was refused or failed. The message is one line for users. */
public final class BackupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What callers can tell apart. */
    public enum Code implements WireConstant {
        /** Another copy is being made. */
        BACKUP_RUNNING,
        /** The copy could not be written, or the database not be read. */
        BACKUP_FAILED,
        BACKUP_NOT_FOUND,
        /** The database is at a server, which has tools of its own. */
        BACKUP_UNSUPPORTED,
        /** The copy is damaged, or a newer version made it. */
        RESTORE_REFUSED
    }

    private final Code code;

    public BackupException(Code code, String message) {
        super(message);
        this.code = code;
    }

    BackupException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Whether something was refused because another copy is being made, which takes a moment. */
    static boolean isRunning(Throwable failure) {
        return failure instanceof BackupException refused && refused.code == Code.BACKUP_RUNNING;
    }

    public Code code() {
        return code;
    }
}
