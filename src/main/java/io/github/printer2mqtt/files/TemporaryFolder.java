package io.github.printer2mqtt.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of this process for temporary files: native libraries, the embedded broker, the demo's database. It is locked
 * while the process lives, so that later processes can delete the folders of killed ones. Thread-safe; blocks.
 */
public final class TemporaryFolder {
    static final String PREFIX = "printer2mqtt-";

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);

    /** Bounds the search for abandoned folders. */
    private static final int MAX_CHECKED = 1000;

    /** Where the SQLite driver, Netty, JNA and Vert.x put files; a value set by the user is kept. */
    private static final List<String> PROPERTIES =
            List.of("org.sqlite.tmpdir", "io.netty.native.workdir", "jna.tmpdir", "vertx.cacheDirBase");

    // One per process, as system properties and loaded libraries are.
    private static @Nullable TemporaryFolder ofProcess;

    private final Path path;
    private final FolderLock lock;

    private TemporaryFolder(Path path, FolderLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Returns the folder of this process; the first call creates it and must precede loading any native library.
     *
     * @throws TemporaryFolderException if the system's temporary folder cannot be used
     */
    public static synchronized TemporaryFolder ofProcess() {
        TemporaryFolder folder = ofProcess;
        if (folder == null) {
            folder = create(Path.of(System.getProperty("java.io.tmpdir")));
            folder.setLibraryProperties();
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

    /** @param parent the folder that holds those of all processes */
    static TemporaryFolder create(Path parent) {
        try {
            Path path = Files.createTempDirectory(parent, PREFIX);
            TemporaryFolder folder = new TemporaryFolder(path, FolderLock.acquire(path));
            deleteAbandoned(path);
            if (!allowsExecution(path)) {
                folder.delete();
                throw unusable(parent, "is mounted noexec", new AccessDeniedException(path.toString()));
            }
            return folder;
        } catch (NoSuchFileException e) {
            throw unusable(parent, "does not exist", e);
        } catch (IOException e) {
            throw unusable(parent, "cannot be written (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private void setLibraryProperties() {
        for (String property : PROPERTIES) {
            if (System.getProperty(property) == null) {
                Path libraryFolder = path.resolve(property);
                try {
                    Files.createDirectory(libraryFolder);
                } catch (IOException e) {
                    throw unusable(path, "cannot be written (" + e.getClass().getSimpleName() + ")", e);
                }
                System.setProperty(property, libraryFolder.toString());
            }
        }
    }

    public Path path() {
        return path;
    }

    /**
     * Creates a new subfolder.
     *
     * @param name the start of its name
     */
    public Path subfolder(String name) throws IOException {
        return Files.createTempDirectory(path, name + "-");
    }

    void delete() {
        lock.release();
        delete(path);
    }

    /** Deletes a folder with its content, not following links; what cannot be deleted stays until a later start. */
    public static void delete(Path folder) {
        try (Stream<Path> content = Files.walk(folder)) {
            content.sorted(Comparator.reverseOrder()).forEach(TemporaryFolder::deleteOne);
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("cannot delete the temporary folder {}", folder, e);
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.debug("cannot delete the temporary file {}", path, e);
        }
    }

    /** Deletes the folders beside ours that this user's killed processes left behind, and no others. */
    private static void deleteAbandoned(Path ours) {
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(ours.resolveSibling(""), PREFIX + "*")) {
            UserPrincipal user = Files.getOwner(ours, LinkOption.NOFOLLOW_LINKS);
            int checked = 0;
            for (Path folder : siblings) {
                if (checked++ < MAX_CHECKED && FolderLock.isAbandoned(folder, user)) {
                    delete(folder);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Folders that stay do no harm.
            LOG.debug("cannot delete the folders of killed processes", e);
        }
    }

    private static void clear(String property, Path value) {
        if (value.resolve(property).toString().equals(System.getProperty(property))) {
            System.clearProperty(property);
        }
    }

    /** The database driver loads its native library from here, which a noexec mount forbids. */
    private static boolean allowsExecution(Path folder) throws IOException {
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

    private static TemporaryFolderException unusable(Path folder, String problem, IOException cause) {
        return new TemporaryFolderException(
                "the temporary folder " + folder + " " + problem
                        + ", expected one that is writable and not noexec; name another"
                        + " with java -Djava.io.tmpdir=FOLDER, or with the variable"
                        + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER",
                cause);
    }

    /** The temporary folder of the system is unusable. The message is one line that says which and what to do. */
    public static final class TemporaryFolderException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TemporaryFolderException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
