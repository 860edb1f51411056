package io.github.printer2mqtt.persistence.sqlite;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteJDBCLoader;

/** The native library of SQLite, which its driver unpacks from the jar. Thread-safe. */
public final class SqliteLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteLibrary.class);

    private SqliteLibrary() {}

    /**
     * Begins to load the library on a thread of its own, so that the start does something else meanwhile. Opening a database
     * waits for it, and reports a failure.
     */
    public static void loadInBackground() {
        Thread loader = new Thread(SqliteLibrary::load, "sqlite-library");
        loader.setDaemon(true);
        loader.start();
    }

    private static void load() {
        try {
            SQLiteJDBCLoader.initialize();
            // The formats for dates, which take as long.
            new SQLiteConfig();
        } catch (Exception | LinkageError e) { // thrown type of the driver
            LOG.debug("the library of SQLite cannot be loaded", e);
        }
    }
}
