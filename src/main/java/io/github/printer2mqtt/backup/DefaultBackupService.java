package io.github.printer2mqtt.backup;

import io.github.printer2mqtt.backup.BackupException.Code;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import io.github.printer2mqtt.persistence.sqlite.DatabaseRestore;
import io.github.printer2mqtt.persistence.sqlite.RestorableFile;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes and finds backups on worker threads. */
final class DefaultBackupService implements BackupService {
    private static final Logger LOG = LoggerFactory.getLogger(DefaultBackupService.class);

    private final Vertx vertx;
    private final BackupFolder backups;
    private final BackupMetrics metrics;
    private final AtomicBoolean running = new AtomicBoolean();

    DefaultBackupService(Vertx vertx, BackupFolder backups, BackupMetrics metrics) {
        this.vertx = vertx;
        this.backups = backups;
        this.metrics = metrics;
    }

    @Override
    public Future<Backup> create() {
        return create(Backup.REQUEST);
    }

    /** @param reason as in {@link Backup#name} */
    Future<Backup> create(String reason) {
        return exclusively(() -> backups.create(reason))
                .onSuccess(backup -> {
                    metrics.succeeded(backup.createdAt());
                    LOG.info("the database was copied to {}", backups.path().resolve(backup.name()));
                })
                .onFailure(failure -> {
                    if (!BackupException.isRunning(failure)) {
                        metrics.failed();
                    }
                });
    }

    @Override
    public Future<Overview> overview() {
        return blocking(() -> new Overview(backups.list(), DatabaseRestore.isPrepared(backups.database())));
    }

    @Override
    public Future<Path> find(String name) {
        return blocking(() -> existing(name));
    }

    @Override
    public Future<PreparedRestore> prepareRestore(String name) {
        return exclusively(() -> {
                    Path file = existing(name);
                    RestorableFile checked = DatabaseRestore.prepare(file, backups.database());
                    return new PreparedRestore(backups.read(file), checked.schemaVersion());
                })
                .onSuccess(prepared -> LOG.info("the next start restores {}", name));
    }

    @Override
    public Future<Void> withdrawRestore() {
        return exclusively(() -> {
            DatabaseRestore.withdraw(backups.database());
            return null;
        });
    }

    private Path existing(String name) {
        Path file = backups.find(name);
        if (file == null) {
            throw new BackupException(
                    Code.BACKUP_NOT_FOUND, "found no backup " + QuotedText.of(name) + " in " + backups.path());
        }
        return file;
    }

    private <T extends @Nullable Object> Future<T> exclusively(Callable<T> work) {
        if (!running.compareAndSet(false, true)) {
            return Future.failedFuture(new BackupException(
                    Code.BACKUP_RUNNING, "another backup or restore is under way; try again when it is complete"));
        }
        return blocking(work).onComplete(done -> running.set(false));
    }

    private <T extends @Nullable Object> Future<T> blocking(Callable<T> work) {
        return vertx.executeBlocking(work, false)
                .recover(failure -> Future.failedFuture(
                        failure instanceof DatabaseException known
                                ? new BackupException(code(known.kind()), String.valueOf(known.getMessage()), known)
                                : failure));
    }

    private static Code code(Kind kind) {
        return switch (kind) {
            case DAMAGED, NOT_OURS, NEWER -> Code.RESTORE_REFUSED;
            default -> Code.BACKUP_FAILED;
        };
    }
}
