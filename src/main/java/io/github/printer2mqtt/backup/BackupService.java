package io.github.printer2mqtt.backup;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;

/** Backups of the running bridge. Thread-safe; futures complete on the caller's context and fail with a {@link BackupException}. */
public interface BackupService {
    /**
     * What there is.
     *
     * @param backups all complete copies, the newest first
     * @param isRestorePrepared whether the next start restores one
     */
    record Overview(List<Backup> backups, boolean isRestorePrepared) {
        public Overview {
            backups = List.copyOf(backups);
        }
    }

    /**
     * A backup that the next start restores.
     *
     * @param schemaVersion of the database in it
     */
    record PreparedRestore(Backup backup, int schemaVersion) {}

    /** Copies the database on request. One copy is made at a time. */
    Future<Backup> create();

    Future<Overview> overview();

    /** The file of a copy. */
    Future<Path> find(String name);

    /** Checks a copy and lets the next start restore it; another one that was prepared is forgotten. */
    Future<PreparedRestore> prepareRestore(String name);

    /** Forgets the restore that was prepared, if there is one. */
    Future<Void> withdrawRestore();
}
