package io.github.printer2mqtt.cli;

import org.jspecify.annotations.Nullable;

/**
 * The key with which the credentials in the database are encrypted, while no bridge runs. Calls block for a bounded time.
 */
public interface SecretsAdmin {
    /**
     * Encrypts all credentials with another key.
     *
     * @param newKeyFile file with that key; null creates a new one and puts it into the place of the present key file
     * @return what was done and what the user has to do now, one line each
     * @throws CliException if nothing was changed
     */
    Iterable<String> rotate(@Nullable String newKeyFile);

    /**
     * Removes all credentials of a database whose key is lost.
     *
     * @return how many printers need their credentials again
     * @throws CliException if the key is not lost or the database is unusable; nothing was removed
     */
    int discard();
}
