package io.github.printer2mqtt.registration.service;

import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.vertx.core.Future;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What users read when a registration cannot be stored. */
final class StorageFailures {
    private static final Logger LOG = LoggerFactory.getLogger(DefaultRegistrationService.class);

    /** How SQLite names the column and PostgreSQL the constraint. */
    private static final Pattern ADDRESS = Pattern.compile("\\bprinter(\\.address|_address_key)\\b");

    private static final Pattern ID = Pattern.compile("\\bprinter(\\.id|_pkey)\\b");

    private StorageFailures() {}

    /** Makes a user error of what the database rejects; an internal error stays one. */
    static <T> Future<T> translated(Throwable failure) {
        return Future.failedFuture(failure instanceof DatabaseException error ? ofUser(error) : failure);
    }

    private static RuntimeException ofUser(DatabaseException error) {
        return switch (error.kind()) {
            case CONSTRAINT -> duplicate(error);
            case DISK_FULL -> notStored(error, "the disk is full", "free disk space and try again");
            case UNUSABLE_PATH, DISK_FAILED ->
                notStored(
                        error, "the database file cannot be written", "check the disk and the permissions of the file");
            case LOST ->
                notStored(
                        error,
                        "the database file was deleted or replaced while the bridge runs",
                        "restore it and restart the bridge");
            case UNREACHABLE, REJECTED, IN_USE ->
                notStored(error, "the database cannot be reached", "try again when the server is back");
            case DAMAGED -> notStored(error, "the database file is damaged", "restore it from a backup");
            case BUSY, TIMEOUT -> notStored(error, "the database is busy", "try again later");
            default -> error;
        };
    }

    /** Another program may have written to the database. */
    private static RuntimeException duplicate(DatabaseException error) {
        String message = String.valueOf(error.getMessage());
        if (ADDRESS.matcher(message).find()) {
            return new RegistrationException(
                    Code.DUPLICATE_ADDRESS, "address", "another printer already has this address");
        }
        return ID.matcher(message).find()
                ? new RegistrationException(Code.DUPLICATE_ID, "id", "another printer already has this id")
                : error;
    }

    private static RegistrationException notStored(DatabaseException error, String cause, String action) {
        LOG.warn("a registration was not stored: {}", error.getMessage());
        return new RegistrationException(Code.NOT_STORED, null, cause + ", nothing was stored; " + action);
    }
}
