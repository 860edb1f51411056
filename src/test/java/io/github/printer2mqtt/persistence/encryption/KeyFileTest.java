package io.github.printer2mqtt.persistence.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.printer2mqtt.persistence.encryption.EncryptionKeyException.LostKeyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    @TempDir
    private Path folder;

    @Test
    void missingKeyIsCreatedForItsOwnerOnlyAndKept() throws IOException {
        KeyFile file = new KeyFile(folder.resolve("farm.key"));

        EncryptionKey created = file.keyFor(null);

        assertThat(file.path()).content().matches("[0-9a-f]{64}\n");
        assertThat(file.keyFor(null).id()).isEqualTo(created.id());
        assertThat(file.keyFor(created.id()).id()).isEqualTo(created.id());
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file.path());
        }
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
    }

    @Test
    void missingKeyOfAnEncryptedDatabaseIsNotReplaced() {
        KeyFile file = new KeyFile(folder.resolve("farm.key"));

        assertThatThrownBy(() -> file.keyFor("0123456789abcdef"))
                .isInstanceOf(LostKeyException.class)
                .hasMessage(
                        "secrets.key_file: found no file " + file.path() + ", expected the key 0123456789abcdef, with"
                                + " which the stored credentials are encrypted; restore that key, or remove all stored"
                                + " credentials with \"printer2mqtt secrets discard\"");
        assertThat(file.path()).doesNotExist();
    }

    @Test
    void anotherKeyIsRejected() {
        KeyFile file = new KeyFile(folder.resolve("farm.key"));
        EncryptionKey other = file.keyFor(null);

        assertThatThrownBy(() -> file.keyFor("0123456789abcdef"))
                .isInstanceOf(LostKeyException.class)
                .hasMessageStartingWith("secrets.key_file: found the key " + other.id() + " in " + file.path());
    }

    @Test
    void fileWithoutAKeyIsRejectedWithoutShowingIt() throws IOException {
        Path file = Files.writeString(folder.resolve("farm.key"), "canary");

        assertThatThrownBy(() -> new KeyFile(file).keyFor(null))
                .isInstanceOf(EncryptionKeyException.class)
                .isNotInstanceOf(LostKeyException.class)
                .hasMessage("secrets.key_file: found no key in " + file
                        + " (6 characters), expected 64 hexadecimal digits; \"openssl rand -hex 32\" makes them");
    }

    @Test
    void keyIsNotCreatedInAMissingFolder() {
        KeyFile file = new KeyFile(folder.resolve("not-mounted").resolve("farm.key"));

        assertThatThrownBy(() -> file.keyFor(null))
                .isInstanceOf(EncryptionKeyException.class)
                .hasMessage("secrets.key_file: " + file.path() + " cannot be created (NoSuchFile)");
    }

    @Test
    void rotationCanStopAtEveryMoment() {
        KeyFile file = new KeyFile(folder.resolve("farm.key"));
        EncryptionKey old = file.keyFor(null);
        EncryptionKey next = EncryptionKey.random();

        file.writeNext(EncryptionKey.random());
        file.writeNext(next);

        // Stopped before the database was changed: the old key is used, and stays.
        assertThat(file.keyFor(old.id()).id()).isEqualTo(old.id());
        // Stopped after that: the start completes the rotation.
        assertThat(file.keyFor(next.id()).id()).isEqualTo(next.id());
        assertThat(file.find()).extracting(EncryptionKey::id).isEqualTo(next.id());
        assertThatThrownBy(() -> file.keyFor(old.id())).isInstanceOf(LostKeyException.class);
    }
}
