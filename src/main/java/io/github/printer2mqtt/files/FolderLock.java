package io.github.printer2mqtt.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Says that a folder is in use: a file in it is locked, which the system ends with the process, however that ends. A
 * process id would be another's soon, and in a container always 1. Safe for every thread. Blocks.
 */
final class FolderLock {
    private static final String FILE = "in-use";

    /** The claims of this process: to look at the file of one, and close it again, would end its lock. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final @Nullable FileChannel channel;

    private FolderLock(Path folder, @Nullable FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Claims a folder; one that cannot be locked gets no file, and so nobody will take it for a dead one. */
    static FolderLock on(Path folder) throws IOException {
        OURS.add(folder);
        FileChannel channel = FileChannel.open(
                file(folder), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            if (channel.tryLock() != null) {
                return new FolderLock(folder, channel);
            }
        } catch (IOException e) {
            // A file system without locks.
        }
        channel.close();
        Files.deleteIfExists(file(folder));
        return new FolderLock(folder, null);
    }

    /** The file that a claim of any process locks. */
    static Path file(Path folder) {
        return folder.resolve(FILE);
    }

    /** Whether a folder was claimed by a process that does not run any more. */
    static boolean isDead(Path folder) {
        if (OURS.contains(folder)) {
            return false;
        }
        try (FileChannel channel =
                FileChannel.open(file(folder), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            return channel.tryLock() != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    /** Ends it. May be called more than once. */
    void giveUp() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // Then the lock ends with the process.
            }
        }
        OURS.remove(folder);
    }
}
