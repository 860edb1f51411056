package io.github.printer2mqtt.backup;

import io.github.printer2mqtt.backup.BackupException.Code;
import io.github.printer2mqtt.config.DatabaseConfig;
import io.vertx.core.Future;
import java.nio.file.Path;

/** Answers for a database at a server, which is copied and restored with the tools of the server. */
record UnsupportedBackupService(DatabaseConfig database) implements BackupService {
    static String reason(DatabaseConfig database) {
        return "the database " + database.shown()
                + " is at a server: copy it with pg_dump and restore it with pg_restore while the bridge is stopped";
    }

    @Override
    public Future<Backup> create() {
        return refused();
    }

    @Override
    public Future<Overview> overview() {
        return refused();
    }

    @Override
    public Future<Path> find(String name) {
        return refused();
    }

    @Override
    public Future<PreparedRestore> prepareRestore(String name) {
        return refused();
    }

    @Override
    public Future<Void> withdrawRestore() {
        return refused();
    }

    private <T> Future<T> refused() {
        return Future.failedFuture(new BackupException(Code.BACKUP_UNSUPPORTED, reason(database)));
    }
}
