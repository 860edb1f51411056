package io.github.printer2mqtt.persistence.sql;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.encryption.EncryptionKey;
import io.github.printer2mqtt.persistence.encryption.EncryptionKeyException;
import io.github.printer2mqtt.persistence.encryption.FieldCipher;
import io.github.printer2mqtt.persistence.encryption.KeySource;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.TestDatabase;
import io.github.printer2mqtt.text.Secret;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class CredentialEncryptionTest {
    private static final String CANARY = "canary";
    private static final int PRINTERS = 300;

    @RegisterExtension
    private final TestDatabase instance = new TestDatabase();

    private final EncryptionKey key = EncryptionKey.random();
    private final KeySource keys = new KeySource.ConfiguredKey(key);
    private Database database = instance.database();

    @Test
    void plainCredentialsAreEncryptedAndLeaveNoTrace() throws IOException {
        storePlain();
        write("DELETE FROM printer WHERE id = 'p-7'");
        assertThat(files()).contains(CANARY);

        FieldCipher cipher = done(encryption().open(keys));

        // While the database is open: in the file, and in its write-ahead log.
        assertThat(files()).doesNotContain(CANARY).contains(key.id());
        assertThat(credentials(cipher, 8)).isEqualTo(plain(8));
        assertThat(credentials(cipher, 7)).isEqualTo(Credentials.none());
        database = instance.reopen();
        assertThat(files()).doesNotContain(CANARY);
        assertThat(credentials(done(encryption().open(keys)), 9)).isEqualTo(plain(9));
    }

    @Test
    void allCredentialsAreEncryptedOrNone() throws IOException {
        storePlain();
        write("CREATE TRIGGER stop BEFORE INSERT ON setting WHEN NEW.name = 'credentials.key_id'"
                + " BEGIN SELECT RAISE(ABORT, 'stopped'); END");

        assertThat(failure(encryption().open(keys))).hasMessageContaining("stopped");

        assertThat(column("SELECT count(*) FROM credentials WHERE api_key LIKE 'canary-%'"))
                .isEqualTo(PRINTERS);
        write("DROP TRIGGER stop");
        assertThat(credentials(done(encryption().open(keys)), 1)).isEqualTo(plain(1));
        assertThat(files()).doesNotContain(CANARY);
    }

    @Test
    void startAfterACrashRemovesWhatWasLeftOfPlainCredentials() throws IOException {
        storePlain();
        FieldCipher cipher = new FieldCipher(key);
        // As it is when the process ends between the transaction and the cleaning.
        write("UPDATE credentials SET api_key = NULL, username = NULL, password = NULL WHERE printer <> 'p-1'");
        done(database.write(
                Database.Durability.FULL,
                List.of(
                        Statement.of("DELETE FROM credentials"),
                        Statement.of(
                                CredentialsRow.INSERT,
                                CredentialsRow.encrypted(new PrinterId("p-1"), plain(1), cipher)),
                        Statement.of(
                                "INSERT INTO setting (name, value) VALUES ('credentials.key_id', ?),"
                                        + " ('credentials.remains', '1')",
                                Tuple.of(key.id())))));
        assertThat(files()).contains(CANARY);
        database = instance.reopen();

        done(encryption().open(keys));

        assertThat(files()).doesNotContain(CANARY);
        assertThat(column("SELECT count(*) FROM setting WHERE name = 'credentials.remains'"))
                .isZero();
    }

    @Test
    void wrongKeyIsRejectedAndChangesNothing() throws IOException {
        storePlain();
        done(encryption().open(keys));
        database = instance.reopen();
        byte[] before = Files.readAllBytes(instance.file());
        EncryptionKey wrong = EncryptionKey.random();

        Throwable failure = failure(encryption().open(new KeySource.ConfiguredKey(wrong)));

        assertThat(failure)
                .isInstanceOf(EncryptionKeyException.class)
                .hasMessageStartingWith(
                        "secrets.key: found the key " + wrong.id() + ", expected the key " + key.id() + ", with which");
        database = instance.reopen();
        assertThat(Files.readAllBytes(instance.file())).isEqualTo(before);
        assertThat(credentials(done(encryption().open(keys)), 1)).isEqualTo(plain(1));
    }

    @Test
    void credentialsMovedToAnotherPrinterDisableIt() {
        storePlain();
        FieldCipher cipher = done(encryption().open(keys));
        write("UPDATE credentials SET api_key = (SELECT api_key FROM credentials WHERE printer = 'p-1')"
                + " WHERE printer = 'p-2'");
        SqlPrinterRepository printers = new SqlPrinterRepository(instance.vertx(), database, cipher);

        try (CapturedLog log = CapturedLog.of("io.github.printer2mqtt.persistence")) {
            done(printers.load());

            assertThat(log.lines()).singleElement().asString().contains("the credentials of printer p-2");
        }
        assertThat(printers.readError(new PrinterId("p-2"))).contains("its credentials in the database is unreadable");
        assertThat(printers.credentials(new PrinterId("p-2"))).isEqualTo(Credentials.none());
        assertThat(printers.credentials(new PrinterId("p-1"))).isEqualTo(plain(1));
    }

    @Test
    void anotherKeyReplacesTheFirst() throws IOException {
        storePlain();
        FieldCipher first = done(encryption().open(keys));
        EncryptionKey second = EncryptionKey.random();

        done(encryption().change(first, second));

        assertThat(files()).contains(second.id()).doesNotContain(key.id());
        assertThat(failure(encryption().open(keys))).isInstanceOf(EncryptionKeyException.class);
        assertThat(credentials(done(encryption().open(new KeySource.ConfiguredKey(second))), 1))
                .isEqualTo(plain(1));
    }

    @Test
    void keyIsNotReplacedWhileACredentialCannotBeDecrypted() {
        storePlain();
        FieldCipher first = done(encryption().open(keys));
        write("UPDATE credentials SET password = 'damaged' WHERE printer = 'p-3'");

        assertThat(failure(encryption().change(first, EncryptionKey.random())))
                .hasMessage(
                        "the stored credentials of printer \"p-3\" cannot be decrypted: it was not encrypted with the"
                                + " key " + key.id() + "; change or remove that printer first");
        assertThat(credentials(done(encryption().open(keys)), 1)).isEqualTo(plain(1));
    }

    @Test
    void credentialsAreDiscardedOnlyWithoutTheirKey() {
        storePlain();
        done(encryption().open(keys));
        KeySource other = new KeySource.ConfiguredKey(EncryptionKey.random());
        assertThat(failure(encryption().discard(keys)))
                .hasMessage("the stored credentials can be decrypted, so none was removed");

        assertThat(done(encryption().discard(other))).isEqualTo(PRINTERS);

        FieldCipher cipher = done(encryption().open(other));
        assertThat(credentials(cipher, 1)).isEqualTo(Credentials.none());
        assertThat(column("SELECT count(*) FROM printer")).isEqualTo(PRINTERS);
    }

    private CredentialEncryption encryption() {
        return new CredentialEncryption(instance.vertx(), database);
    }

    /** Rows as development builds wrote them. */
    private void storePlain() {
        String numbers =
                "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < " + PRINTERS + ") ";
        write(numbers + "INSERT INTO printer (id, name, driver, address, tags, enabled)"
                + " SELECT 'p-' || i, 'P', 'octoprint', 'http://h' || i || ':80', '[]', 1 FROM n");
        write(numbers + "INSERT INTO credentials (printer, api_key, username, password)"
                + " SELECT 'p-' || i, 'canary-key-' || i, 'canary-user-' || i, 'canary-password-' || i FROM n");
    }

    private static Credentials plain(int number) {
        return new Credentials(
                Secret.of("canary-key-" + number), "canary-user-" + number, Secret.of("canary-password-" + number));
    }

    private Credentials credentials(FieldCipher cipher, int number) {
        SqlPrinterRepository printers = new SqlPrinterRepository(instance.vertx(), database, cipher);
        done(printers.load());
        return printers.credentials(new PrinterId("p-" + number));
    }

    private void write(String sql) {
        done(database.write(Database.Durability.FULL, List.of(Statement.of(sql))));
    }

    private int column(String sql) {
        return done(database.query(sql, Tuple.tuple())).get(0).getInteger(0);
    }

    /** The bytes of the database, its write-ahead log and everything else beside it. */
    private String files() throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(instance.file().resolveSibling("."))) {
            for (Path file : files.toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
