package io.github.printer2mqtt.persistence.sqlite;

import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import io.github.printer2mqtt.text.QuotedText;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prepares the database file for opening: creates it and its folder, restricts its mode, checks its header. Blocks. */
final class DatabaseFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private DatabaseFile() {}

    /**
     * A locked database file.
     *
     * @param file the absolute path; the file exists, and only its owner can read it
     * @param lock keeps other bridges away
     */
    record Prepared(Path file, DatabaseLock lock) {}

    /**
     * Locks the database, completes a restore that was prepared, and checks the file.
     *
     * @throws DatabaseException if the path cannot be used, is in use, or is no database
     */
    static Prepared prepare(String text, SafetyCopies copies) {
        Prepared locked = lock(text);
        Path file = locked.file();
        try {
            DatabaseRestore.complete(file, copies);
            checkMagic(file);
            UncleanStopCheck.check(file);
            return locked;
        } catch (RuntimeException e) {
            locked.lock().release();
            throw e;
        }
    }

    /** Locks a database without looking at its content; an empty one is created if there is none. */
    static Prepared lock(String text) {
        Path file = usable(text);
        try {
            return new Prepared(file, DatabaseLock.acquire(file));
        } catch (IOException e) {
            throw unusable(file, "it cannot be locked: " + reason(e), e);
        }
    }

    private static Path usable(String text) {
        Path file = path(text);
        Path folder = file.getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw unusable(file, "it is a directory, expected a file", null);
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw unusable(file, "its folder cannot be created: " + reason(e) + "; " + folderAdvice(file), e);
        }
        try {
            create(file);
        } catch (IOException e) {
            throw unusable(file, "it cannot be created: " + reason(e) + "; " + folderAdvice(file), e);
        }
        restrictToOwner(file);
        if (!Files.isWritable(folder)) {
            throw unusable(file, "SQLite needs to create two more files beside it; " + folderAdvice(file), null);
        }
        return file;
    }

    private static String folderAdvice(Path file) {
        return "let user " + user() + " write to the folder " + file.getParent() + ", or set database.path"
                + " (PRINTER2MQTT_DATABASE_PATH) to a file in another folder";
    }

    private static void restrictToOwner(Path file) {
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

    /** Rejects what the JDBC driver would read as options or as the name of a database without a file. */
    private static Path path(String text) {
        boolean special = text.isBlank() || text.startsWith(":") || text.indexOf('?') >= 0 || text.startsWith("file:");
        if (special || text.chars().anyMatch(Character::isISOControl)) {
            throw noPath(text, null);
        }
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw noPath(text, e);
        }
    }

    private static DatabaseException noPath(String text, @Nullable InvalidPathException cause) {
        String message = "database.path: found " + QuotedText.of(text) + ", expected the path of a file";
        return new DatabaseException(Kind.UNUSABLE_PATH, message, cause);
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

    /** The file contains credentials. SQLite gives the files beside it the same mode. */
    private static void restrict(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && !view.readAttributes().permissions().equals(OWNER_ONLY)) {
            view.setPermissions(OWNER_ONLY);
        }
    }

    private static void checkMagic(Path file) {
        SqliteHeader header;
        try {
            header = SqliteHeader.of(file);
        } catch (IOException e) {
            throw unusable(file, "it cannot be read: " + reason(e), e);
        }
        if (header.size() != 0 && !header.isSqlite()) {
            throw new DatabaseException(Kind.NOT_OURS, file, "the file is not a SQLite database");
        }
    }

    private static DatabaseException unusable(Path file, String reason, @Nullable IOException cause) {
        return new DatabaseException(Kind.UNUSABLE_PATH, file, reason, cause);
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such directory";
        }
        String type = e.getClass().getSimpleName().replace("Exception", "");
        return type + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")");
    }
}
