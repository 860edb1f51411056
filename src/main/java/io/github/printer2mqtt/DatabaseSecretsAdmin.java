package io.github.printer2mqtt;

import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.SecretsAdmin;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.persistence.encryption.EncryptionKey;
import io.github.printer2mqtt.persistence.encryption.FieldCipher;
import io.github.printer2mqtt.persistence.encryption.KeyFile;
import io.github.printer2mqtt.persistence.encryption.KeySource;
import io.github.printer2mqtt.persistence.sql.CredentialEncryption;
import io.github.printer2mqtt.vertx.BlockingWait;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Changes the key of the configured database. Each call opens the database, which fails while a bridge uses it. */
record DatabaseSecretsAdmin(BridgeConfig config) implements SecretsAdmin {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    @Override
    public List<String> rotate(@Nullable String newKeyFile) {
        return newKeyFile == null
                ? withEncryption(this::rotate)
                : withEncryption(encryption -> rotate(encryption, newKeyFile));
    }

    private List<String> rotate(CredentialEncryption encryption) {
        if (config.secrets().key() != null) {
            throw new CliException(
                    ExitCode.USAGE,
                    "secrets.key is set, so no file can be replaced; name a file with the new key with --new-key-file");
        }
        KeyFile file = KeyFile.at(config.secrets().keyFile());
        EncryptionKey next = EncryptionKey.random();
        encryptWith(next, encryption, () -> file.writeNext(next));
        file.replaceByNext();
        return List.of(
                "encrypted all credentials with the key " + next.id() + ", which is in " + file.path(),
                "back up that file; older backups of the database need the key that they were made with");
    }

    private List<String> rotate(CredentialEncryption encryption, String newKeyFile) {
        KeyFile file = KeyFile.at(newKeyFile);
        EncryptionKey next = file.find();
        if (next == null) {
            throw new CliException(
                    ExitCode.USAGE,
                    "--new-key-file: found no file " + file.path() + ", expected one with " + EncryptionKey.EXPECTED);
        }
        encryptWith(next, encryption, () -> {});
        return List.of(
                "encrypted all credentials with the key " + next.id() + " of " + file.path(),
                "now set secrets.key_file to that file, or secrets.key to its content: the bridge does not start without");
    }

    /** @param beforeChange what must be done before the database changes, when the present key has been found right */
    private void encryptWith(EncryptionKey next, CredentialEncryption encryption, Runnable beforeChange) {
        FieldCipher present = BlockingWait.await(encryption.open(KeySource.of(config.secrets())), LIMIT);
        beforeChange.run();
        BlockingWait.await(encryption.change(present, next), LIMIT);
    }

    @Override
    public int discard() {
        return withEncryption(
                encryption -> BlockingWait.await(encryption.discard(KeySource.of(config.secrets())), LIMIT));
    }

    private <T> T withEncryption(Function<CredentialEncryption, T> work) {
        Vertx vertx = DatabasePrinterAdmin.newVertx();
        try {
            return EncryptedDatabase.withDatabase(vertx, config, LIMIT, database -> {
                T result = work.apply(new CredentialEncryption(vertx, database));
                BlockingWait.await(database.close(), CLOSE_LIMIT);
                return result;
            });
        } catch (RuntimeException e) {
            throw Bridge.startException(e);
        } finally {
            BlockingWait.await(vertx.close(), CLOSE_LIMIT);
        }
    }
}
