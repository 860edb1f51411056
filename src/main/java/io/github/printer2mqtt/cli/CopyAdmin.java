package io.github.printer2mqtt.cli;

/** Copies the whole content of one database into another one, while no bridge uses either. Calls block. */
public interface CopyAdmin {
    /**
     * Copies everything in one transaction.
     *
     * @param from the path of a SQLite file or the URL of a database at a server
     * @param to the same; must be empty
     * @return what was done and what the user has to do now, one line each
     * @throws CliException if an argument is invalid
     * @throws StartException if nothing was copied
     */
    Iterable<String> copy(String from, String to);
}
