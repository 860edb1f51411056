package io.github.printer2mqtt.registration.service;

import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What users read when a registration cannot be stored. */
final class StorageFailures {
    private static final Logger LOG = LoggerFactory.getLogger(DefaultRegistrationService.class);

    private StorageFailures() {}

    /** Makes a user error of what the database rejects; an internal error stays one. */
    static <T> Future<T> translated(Throwable failure) {
        return Future.failedFuture(failure instanceof DatabaseException error ? ofUser(error) : failure);
    }

    private static RuntimeException ofUser(DatabaseException error) {
        return switch (error.kind()) {
            // Another program may have written to the database.
            case CONSTRAINT ->
                String.valueOf(error.getMessage()).contains("printer_address")
                        ? new RegistrationException(
                                Code.DUPLICATE_ADDRESS, "address", "another printer already has this address")
                        : new RegistrationException(Code.DUPLICATE_ID, "id", "another printer already has this id");
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

    private static RegistrationException notStored(DatabaseException error, String cause, String action) {
        LOG.warn("a registration was not stored: {}", error.getMessage());
        return new RegistrationException(Code.NOT_STORED, null, cause + ", nothing was stored; " + action);
    }
}
