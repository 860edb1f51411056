package io.github.printer2mqtt.cli;

import org.jspecify.annotations.Nullable;

/** Copies of the configured database on this machine. Calls block. */
public interface BackupAdmin {
    /**
     * Copies the database, whether or not a bridge runs.
     *
     * @param file of the copy, or its folder; null for the configured folder
     * @return what was done and what the user has to know, one line each
     * @throws CliException if there is no complete copy
     */
    Iterable<String> backup(@Nullable String file);

    /**
     * Replaces the database by a copy, while no bridge runs.
     *
     * @return what was done and what the user has to know, one line each
     * @throws CliException if the database was not replaced and is as it was
     */
    Iterable<String> restore(String file);
}
