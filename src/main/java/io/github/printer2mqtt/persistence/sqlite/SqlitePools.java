package io.github.printer2mqtt.persistence.sqlite;

import io.vertx.core.Vertx;
import io.vertx.jdbcclient.JDBCPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Path;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The connection pools of one SQLite file. */
final class SqlitePools {
    private static final int READERS = 2;
    private static final int BUSY_MILLIS = 2000;

    private SqlitePools() {}

    /** One connection that writes. */
    static Pool writer(Vertx vertx, Path file) {
        SQLiteConfig config = config();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        return pool(vertx, file, config, new PoolOptions().setMaxSize(1));
    }

    /** Connections that cannot write. */
    static Pool reader(Vertx vertx, Path file, int maxWaiting) {
        SQLiteConfig config = config();
        config.setReadOnly(true);
        return pool(vertx, file, config, new PoolOptions().setMaxSize(READERS).setMaxWaitQueueSize(maxWaiting));
    }

    /**
     * One connection for everything. It keeps the index of the write-ahead log in memory; with several, SQLite needs disk
     * space before it can read.
     */
    static Pool exclusive(Vertx vertx, Path file, int maxWaiting) {
        SQLiteConfig config = config();
        config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
        return pool(vertx, file, config, new PoolOptions().setMaxSize(1).setMaxWaitQueueSize(maxWaiting));
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        return config;
    }

    private static Pool pool(Vertx vertx, Path file, SQLiteConfig config, PoolOptions options) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return JDBCPool.pool(vertx, source, options);
    }
}
