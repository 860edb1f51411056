package io.github.printer2mqtt.persistence.encryption;

import io.github.printer2mqtt.files.OwnerOnlyFile;
import io.github.printer2mqtt.persistence.encryption.EncryptionKeyException.LostKeyException;
import io.github.printer2mqtt.text.CountText;
import io.github.printer2mqtt.text.QuotedText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a key, as hexadecimal digits on one line. Only its owner may read a file that is created here. Blocks.
 *
 * <p>A rotation writes the next key beside the file, then the database, and replaces the file last, so that after a crash
 * at any moment one of the two files has the key of the database.
 */
public record KeyFile(Path path) implements KeySource {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);
    private static final int MAX_BYTES = 1024;

    /** @throws EncryptionKeyException if the text is no path of this system */
    public static KeyFile at(String path) {
        try {
            return new KeyFile(Path.of(path));
        } catch (InvalidPathException e) {
            throw new EncryptionKeyException(
                    "secrets.key_file: found " + QuotedText.of(path) + ", expected the path of a file", e);
        }
    }

    @Override
    public EncryptionKey keyFor(@Nullable String usedId) {
        EncryptionKey key = read(path);
        if (usedId == null) {
            return key == null ? create() : key;
        }
        if (key != null && key.id().equals(usedId)) {
            return key;
        }
        EncryptionKey next = read(next());
        if (next != null && next.id().equals(usedId)) {
            replaceByNext();
            return next;
        }
        String found = key == null ? "no file " + path : "the " + key + " in " + path;
        throw new LostKeyException("secrets.key_file", found, usedId);
    }

    /** The key in the file; null if there is no file. */
    public @Nullable EncryptionKey find() {
        return read(path);
    }

    /** Writes the key that shall replace this one beside it. */
    public void writeNext(EncryptionKey key) {
        try {
            Files.deleteIfExists(next());
            write(next(), key);
        } catch (IOException e) {
            throw unusable(next(), "cannot be written", e);
        }
    }

    /** Puts the next key into the place of this one. */
    public void replaceByNext() {
        try {
            move(next());
        } catch (IOException e) {
            throw unusable(path, "cannot be replaced by " + next(), e);
        }
    }

    private Path next() {
        return path.resolveSibling(path.getFileName() + ".next");
    }

    /** Written completely before it gets its name. */
    private EncryptionKey create() {
        EncryptionKey key = EncryptionKey.random();
        Path unfinished = path.resolveSibling(path.getFileName() + ".tmp");
        try {
            Files.deleteIfExists(unfinished);
            write(unfinished, key);
            move(unfinished);
        } catch (IOException e) {
            throw unusable(path, "cannot be created", e);
        }
        LOG.info(
                "created {} with the key for the credentials in the database; back it up, apart from the database",
                path);
        return key;
    }

    /** Before the database is encrypted, the name must be on the disk as well. */
    private void move(Path written) throws IOException {
        OwnerOnlyFile.replace(written, path);
    }

    private static void write(Path file, EncryptionKey key) throws IOException {
        try (FileChannel channel = OwnerOnlyFile.create(file)) {
            ByteBuffer text = ByteBuffer.wrap((key.text() + "\n").getBytes(StandardCharsets.US_ASCII));
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        }
    }

    private static @Nullable EncryptionKey read(Path file) {
        if (Files.notExists(file)) {
            return null;
        }
        String text;
        try (InputStream stream = Files.newInputStream(file)) {
            text = new String(stream.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            throw unusable(file, "cannot be read", e);
        }
        EncryptionKey key = EncryptionKey.parse(text);
        if (key == null) {
            throw new EncryptionKeyException(
                    "secrets.key_file: found no key in " + file + " (" + CountText.of(text.length(), "character")
                            + "), expected " + EncryptionKey.EXPECTED + "; \"openssl rand -hex 32\" makes them");
        }
        return key;
    }

    private static EncryptionKeyException unusable(Path file, String problem, IOException cause) {
        String reason = cause instanceof FileSystemException failure && failure.getReason() != null
                ? failure.getReason()
                : cause.getClass().getSimpleName().replace("Exception", "");
        return new EncryptionKeyException("secrets.key_file: " + file + " " + problem + " (" + reason + ")", cause);
    }
}
