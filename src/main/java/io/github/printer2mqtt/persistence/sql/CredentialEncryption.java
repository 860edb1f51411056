package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.persistence.encryption.EncryptionKey;
import io.github.printer2mqtt.persistence.encryption.EncryptionKeyException;
import io.github.printer2mqtt.persistence.encryption.EncryptionKeyException.LostKeyException;
import io.github.printer2mqtt.persistence.encryption.FieldCipher;
import io.github.printer2mqtt.persistence.encryption.FieldCipher.UndecryptableException;
import io.github.printer2mqtt.persistence.encryption.KeySource;
import io.github.printer2mqtt.text.CountText;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The encryption of the credentials in a database. A setting with the id of the key says that all of them are encrypted;
 * it changes in the same transaction as they do. For a database that nothing else uses meanwhile.
 */
public final class CredentialEncryption {
    /** The setting with the id of the key. */
    public static final String KEY_ID = "credentials.key_id";

    private static final Logger LOG = LoggerFactory.getLogger(CredentialEncryption.class);

    /** Set while old values may be left in free pages of the files. */
    private static final String REMAINS = "credentials.remains";

    private static final String FIND = "SELECT value FROM setting WHERE name = ?";
    private static final String PUT =
            "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    private static final String REMOVE = "DELETE FROM setting WHERE name = ?";

    private final Vertx vertx;
    private final Database database;

    public CredentialEncryption(Vertx vertx, Database database) {
        this.vertx = vertx;
        this.database = database;
    }

    /**
     * The cipher for the credentials; encrypts those that are still plain. Fails with an {@link EncryptionKeyException} if
     * the key is not the one of the database, which stays as it is then.
     */
    public Future<FieldCipher> open(KeySource keys) {
        return find(KEY_ID)
                .compose(used -> vertx.executeBlocking(() -> FieldCipher.tested(keys.keyFor(used)))
                        .compose(cipher ->
                                used == null ? encryptAll(cipher).map(cipher) : Future.succeededFuture(cipher)))
                .compose(cipher -> removeRemains().map(cipher));
    }

    /** Encrypts all credentials with another key. Fails if one cannot be decrypted, and changes nothing then. */
    public Future<Void> change(FieldCipher from, EncryptionKey to) {
        FieldCipher next = new FieldCipher(to);
        return database.query(CredentialsRow.SELECT, Tuple.tuple())
                .compose(rows -> vertx.executeBlocking(() -> encryptedAnew(rows, from, next)))
                .compose(rows -> write(rows, next))
                .compose(written -> removeRemains());
    }

    /**
     * Removes all credentials, for a database whose key is lost; the next {@link #open} accepts any key. Fails if the key is
     * not lost.
     *
     * @return how many printers lost theirs
     */
    public Future<Integer> discard(KeySource keys) {
        return find(KEY_ID)
                .compose(used -> vertx.executeBlocking(() -> isLost(keys, used)))
                .compose(lost -> lost
                        ? database.write(
                                Database.Durability.FULL,
                                List.of(
                                        Statement.of(CredentialsRow.DELETE_ALL),
                                        Statement.of(REMOVE, Tuple.of(KEY_ID)),
                                        Statement.of(PUT, Tuple.of(REMAINS, "1"))))
                        : Future.failedFuture(new EncryptionKeyException(
                                "the stored credentials can be decrypted, so none was removed")))
                .compose(results -> removeRemains().map(results.get(0).changed()));
    }

    private static boolean isLost(KeySource keys, @Nullable String used) {
        if (used == null) {
            return false;
        }
        try {
            keys.keyFor(used);
            return false;
        } catch (LostKeyException e) {
            return true;
        }
    }

    private Future<Void> encryptAll(FieldCipher cipher) {
        return database.query(CredentialsRow.SELECT, Tuple.tuple())
                .compose(rows -> vertx.executeBlocking(() -> encrypted(rows, cipher)))
                .compose(rows -> write(rows, cipher).onSuccess(written -> {
                    if (!rows.isEmpty()) {
                        LOG.info(
                                "encrypted the stored credentials of {}; older backups still contain them",
                                CountText.of(rows.size(), "printer"));
                    }
                }));
    }

    private static List<Tuple> encrypted(List<Row> plain, FieldCipher cipher) {
        return plain.stream().map(row -> CredentialsRow.encrypted(row, cipher)).toList();
    }

    private static List<Tuple> encryptedAnew(List<Row> rows, FieldCipher from, FieldCipher to) {
        List<Tuple> encrypted = new ArrayList<>();
        for (Row row : rows) {
            try {
                encrypted.add(CredentialsRow.encryptedAnew(row, from, to));
            } catch (UndecryptableException e) {
                throw new EncryptionKeyException(
                        "the stored credentials of printer " + QuotedText.of(row.getString("printer"))
                                + " cannot be decrypted: " + e.getMessage() + "; change or remove that printer first",
                        e);
            }
        }
        return encrypted;
    }

    /** Replaces all rows. Even without a row, the files may have values of printers that were removed before. */
    private Future<Void> write(List<Tuple> rows, FieldCipher cipher) {
        List<Statement> statements = new ArrayList<>();
        statements.add(Statement.of(CredentialsRow.DELETE_ALL));
        statements.add(new Statement(CredentialsRow.INSERT, rows));
        statements.add(Statement.of(PUT, Tuple.of(KEY_ID, cipher.keyId())));
        statements.add(Statement.of(PUT, Tuple.of(REMAINS, "1")));
        return database.write(Database.Durability.FULL, statements).mapEmpty();
    }

    /** Repeated at each start until it succeeds, for example after the disk was full. */
    private Future<Void> removeRemains() {
        return find(REMAINS).compose(remains -> remains == null ? Future.succeededFuture() : compact());
    }

    private Future<Void> compact() {
        return database.compact()
                .compose(done ->
                        database.write(Database.Durability.NORMAL, List.of(Statement.of(REMOVE, Tuple.of(REMAINS)))))
                .<Void>mapEmpty()
                .recover(failure -> {
                    LOG.warn(
                            "old credentials may be left in unused parts of the database until the next start: {}",
                            failure.getMessage());
                    return Future.succeededFuture();
                });
    }

    private Future<@Nullable String> find(String setting) {
        return database.query(FIND, Tuple.of(setting))
                .map(rows -> rows.isEmpty() ? null : rows.get(0).getString(0));
    }
}
