package io.github.printer2mqtt.http;

import io.github.printer2mqtt.backup.Backup;
import io.github.printer2mqtt.backup.BackupException;
import io.github.printer2mqtt.backup.BackupService;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One backup, or a failure that a test sets. */
final class InMemoryBackups implements BackupService {
    static final Backup BACKUP = new Backup(
            "printer2mqtt-20261129T023000000Z-nightly.db",
            Backup.Kind.NIGHTLY,
            Instant.parse("2026-11-29T02:30:00Z"),
            151_552);

    volatile @Nullable BackupException failure;

    @Override
    public Future<Backup> create() {
        return result(BACKUP);
    }

    @Override
    public Future<Overview> overview() {
        return result(new Overview(List.of(BACKUP), false));
    }

    @Override
    public Future<Path> find(String name) {
        return name.equals(BACKUP.name())
                ? result(Path.of("README.md"))
                : Future.failedFuture(failure(BackupException.Code.BACKUP_NOT_FOUND));
    }

    @Override
    public Future<PreparedRestore> prepareRestore(String name) {
        return result(new PreparedRestore(BACKUP, 5));
    }

    @Override
    public Future<Void> withdrawRestore() {
        return failure == null ? Future.succeededFuture() : Future.failedFuture(failure);
    }

    static BackupException failure(BackupException.Code code) {
        return new BackupException(code, "why");
    }

    private <T> Future<T> result(T value) {
        BackupException now = failure;
        return now == null ? Future.succeededFuture(value) : Future.failedFuture(now);
    }
}
