package io.github.printer2mqtt.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one folder of this process for temporary files: native libraries, the embedded broker, the demo's database. It is
 * locked, so that the next process can delete it when this one is killed. Safe for every thread; blocks.
 */
public final class TemporaryFolder {
    static final String PREFIX = "printer2mqtt-";

    /** Where SQLite's driver, Netty, JNA and Vert.x put files; a value that a user gave is kept. */
    private static final List<String> PROPERTIES =
            List.of("org.sqlite.tmpdir", "io.netty.native.workdir", "jna.tmpdir", "vertx.cacheDirBase");

    // One for a process, because system properties and loaded libraries are.
    private static @Nullable TemporaryFolder ofProcess;

    private final Path path;
    private final FolderLock claim;

    private TemporaryFolder(Path path, FolderLock claim) {
        this.path = path;
        this.claim = claim;
    }

    /**
     * The folder of this process, made at the first call, which must come before anything loads a native library.
     *
     * @throws TemporaryFolderException if the system's temporary folder cannot be used
     */
    public static synchronized TemporaryFolder ofProcess() {
        TemporaryFolder folder = ofProcess;
        if (folder == null) {
            folder = create(Path.of(System.getProperty("java.io.tmpdir")));
            folder.offerToLibraries();
            ofProcess = folder;
        }
        return folder;
    }

    /** Deletes the folder of this process, if there is one. */
    public static synchronized void deleteOfProcess() {
        TemporaryFolder folder = ofProcess;
        if (folder != null) {
            ofProcess = null;
            PROPERTIES.forEach(property -> clear(property, folder.path));
            folder.delete();
        }
    }

    /** @param where the folder and those of other processes are */
    static TemporaryFolder create(Path where) {
        try {
            Path path = Files.createTempDirectory(where, PREFIX);
            TemporaryFolder folder = new TemporaryFolder(path, FolderLock.on(path));
            AbandonedFolders.removeBeside(path);
            if (!mayRunPrograms(path)) {
                folder.delete();
                throw unusable(where, "is mounted noexec", new AccessDeniedException(path.toString()));
            }
            return folder;
        } catch (NoSuchFileException e) {
            throw unusable(where, "does not exist", e);
        } catch (IOException e) {
            throw unusable(where, "cannot be written (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private void offerToLibraries() {
        for (String property : PROPERTIES) {
            if (System.getProperty(property) == null) {
                Path place = path.resolve(property);
                try {
                    Files.createDirectory(place);
                } catch (IOException e) {
                    throw unusable(path, "cannot be written (" + e.getClass().getSimpleName() + ")", e);
                }
                System.setProperty(property, place.toString());
            }
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /**
     * Makes a new folder in it.
     *
     * @param name what its name begins with
     */
    public Path subfolder(String name) throws IOException {
        return Files.createTempDirectory(path, name + "-");
    }

    void delete() {
        claim.giveUp();
        FolderDeletion.delete(path);
    }

    private static void clear(String property, Path value) {
        if (value.resolve(property).toString().equals(System.getProperty(property))) {
            System.clearProperty(property);
        }
    }

    /** The database's driver loads its native library from here, which a noexec mount forbids. */
    private static boolean mayRunPrograms(Path folder) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return true;
        }
        Path program = Files.createFile(
                folder.resolve("exec"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        boolean executable = Files.isExecutable(program);
        Files.delete(program);
        return executable;
    }

    private static TemporaryFolderException unusable(Path where, String why, IOException cause) {
        return new TemporaryFolderException(
                "the temporary folder " + where + " " + why
                        + ", expected one that is writable and not noexec; name another"
                        + " with java -Djava.io.tmpdir=FOLDER, or with the variable"
                        + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER",
                cause);
    }

    /** The temporary folder of the system cannot be used. The message is one line that says which it is and what helps. */
    public static final class TemporaryFolderException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TemporaryFolderException(String line, Throwable cause) {
            super(line, cause);
        }
    }
}
