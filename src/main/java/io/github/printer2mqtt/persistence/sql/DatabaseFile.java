package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.text.QuotedText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the database file ready to be opened: its directory, its mode, and whether it can be a database at all. Blocks. */
final class DatabaseFile {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private DatabaseFile() {}

    /**
     * A database that may be opened.
     *
     * @param file its absolute path; it exists, belongs to the user alone and is empty or a SQLite database
     * @param lock which keeps other bridges away from it
     */
    record Prepared(Path file, DatabaseLock lock) {}

    /** @throws DatabaseException in one line, if that cannot be had */
    static Prepared prepare(String text) {
        Path file = usable(text);
        DatabaseLock lock;
        try {
            lock = DatabaseLock.acquire(file);
        } catch (IOException e) {
            throw unusable(file, "it cannot be locked: " + reason(e), e);
        }
        try {
            checkMagic(file);
            UncleanStopCheck.check(file);
            return new Prepared(file, lock);
        } catch (RuntimeException e) {
            lock.release();
            throw e;
        }
    }

    private static Path usable(String text) {
        Path file = path(text);
        if (Files.isDirectory(file)) {
            throw unusable(file, "it is a directory, expected a file", null);
        }
        makeFolder(file);
        try {
            create(file);
        } catch (IOException e) {
            throw unusable(file, "it cannot be made: " + reason(e) + "; " + folderAdvice(file), e);
        }
        expectOwn(file);
        Path folder = file.getParent();
        if (folder != null && !Files.isWritable(folder)) {
            throw unusable(file, "two more files stand beside it; " + folderAdvice(file), null);
        }
        return file;
    }

    private static void makeFolder(Path file) {
        Path folder = file.getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw unusable(file, "its folder cannot be made: " + reason(e) + "; " + folderAdvice(file), e);
        }
    }

    private static String folderAdvice(Path file) {
        return "let user " + user() + " write to the folder " + file.getParent() + ", or set database.path"
                + " (PRINTER2MQTT_DATABASE_PATH) to a file in another folder";
    }

    private static void expectOwn(Path file) {
        IOException failure = null;
        try {
            restrict(file);
        } catch (IOException e) {
            failure = e;
        }
        if (failure != null || !Files.isReadable(file) || !Files.isWritable(file)) {
            throw unusable(
                    file,
                    "it belongs to " + owner(file) + " and cannot be read and written by user " + user()
                            + "; give it to that user (chown), run the bridge as its owner, or set database.path"
                            + " (PRINTER2MQTT_DATABASE_PATH) to another file",
                    failure);
        }
    }

    private static String owner(Path file) {
        try {
            return "user " + Files.getOwner(file).getName();
        } catch (IOException | UnsupportedOperationException e) {
            return "another user";
        }
    }

    private static String user() {
        return System.getProperty("user.name", "of this process");
    }

    /** The driver below reads options after a question mark and special names: neither is a file. */
    private static Path path(String text) {
        boolean special = text.isBlank() || text.startsWith(":") || text.indexOf('?') >= 0 || text.startsWith("file:");
        if (special || text.chars().anyMatch(Character::isISOControl)) {
            throw new DatabaseException(
                    DatabaseException.Kind.UNUSABLE_PATH,
                    "database.path: found " + QuotedText.of(text) + ", expected the path of a file");
        }
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new DatabaseException(
                    DatabaseException.Kind.UNUSABLE_PATH,
                    "database.path: found " + QuotedText.of(text) + ", expected the path of a file",
                    e);
        }
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isRegularFile(file)) {
                throw e;
            }
        }
    }

    /** Credentials stand in it. The files that SQLite puts beside it get the same mode. */
    private static void restrict(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && !view.readAttributes().permissions().equals(OWNER_ONLY)) {
            view.setPermissions(OWNER_ONLY);
        }
    }

    private static void checkMagic(Path file) {
        byte[] begin;
        try (InputStream bytes = Files.newInputStream(file)) {
            begin = bytes.readNBytes(MAGIC.length);
        } catch (IOException e) {
            throw unusable(file, "it cannot be read: " + reason(e), e);
        }
        if (begin.length != 0 && !Arrays.equals(begin, MAGIC)) {
            throw new DatabaseException(
                    DatabaseException.Kind.NOT_OURS, "database " + file + ": the file is not a SQLite database");
        }
    }

    private static DatabaseException unusable(Path file, String why, @Nullable IOException cause) {
        return new DatabaseException(DatabaseException.Kind.UNUSABLE_PATH, "database " + file + ": " + why, cause);
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such directory";
        }
        String type = e.getClass().getSimpleName().replace("Exception", "");
        return type + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")");
    }
}
