package io.github.printer2mqtt;

import io.github.printer2mqtt.backup.ConfiguredCopies;
import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.DatabaseConfig;
import io.github.printer2mqtt.persistence.encryption.EncryptionKeyException;
import io.github.printer2mqtt.persistence.encryption.FieldCipher;
import io.github.printer2mqtt.persistence.encryption.KeySource;
import io.github.printer2mqtt.persistence.postgresql.PostgresDatabase;
import io.github.printer2mqtt.persistence.sql.CredentialEncryption;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sqlite.SqliteDatabase;
import io.github.printer2mqtt.vertx.BlockingWait;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An open database whose credentials are encrypted.
 *
 * @param cipher for the credentials
 */
record EncryptedDatabase(Database database, FieldCipher cipher) {
    /** A closed database releases its lock after this time at the latest. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    /**
     * Opens the configured database. Blocks and must not be called on an event loop.
     *
     * @throws EncryptionKeyException if the key is missing or not that of the database, which is closed again then
     */
    static EncryptedDatabase open(Vertx vertx, BridgeConfig config, Duration limit) {
        return open(vertx, config, limit, null);
    }

    /**
     * The same for a node.
     *
     * @param holder the term of this node; null for a bridge that shares its printers with no other
     * @throws EncryptionKeyException if the key is missing or not that of the database, which is closed again then
     */
    static EncryptedDatabase open(Vertx vertx, BridgeConfig config, Duration limit, Ownership.@Nullable Holder holder) {
        return using(opening(vertx, config, holder), limit, database -> {
            CredentialEncryption encryption = new CredentialEncryption(vertx, database);
            return new EncryptedDatabase(
                    database, BlockingWait.await(encryption.open(KeySource.of(config.secrets())), limit));
        });
    }

    private static Future<? extends Database> opening(
            Vertx vertx, BridgeConfig config, Ownership.@Nullable Holder holder) {
        DatabaseConfig.Server server = config.database().server();
        return server == null
                ? SqliteDatabase.open(
                        vertx, config.database().path(), new ConfiguredCopies(config.backup(), InstantSource.system()))
                : PostgresDatabase.open(vertx, server, holder);
    }

    /** Opens the configured database for some work, and closes it again if that fails. Blocks. */
    static <T> T withDatabase(Vertx vertx, BridgeConfig config, Duration limit, Function<Database, T> work) {
        return using(opening(vertx, config, null), limit, work);
    }

    private static <T> T using(Future<? extends Database> opening, Duration limit, Function<Database, T> work) {
        Database database = BlockingWait.await(opening, limit);
        try {
            return work.apply(database);
        } catch (RuntimeException e) {
            BlockingWait.await(database.close(), CLOSE_LIMIT);
            throw e;
        }
    }
}
