package io.github.printer2mqtt.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Marks a folder as in use by a lock on a file in it, which the system releases however the process ends. A process id
 * would be reused, and is always 1 in a container. Thread-safe; blocks.
 */
final class FolderLock {
    private static final String FILE = "in-use";

    /** The process of a younger folder may be about to lock it. */
    private static final Duration MIN_AGE = Duration.ofMinutes(1);

    /** The folders that this process locks: opening and closing such a lock file again would release the lock. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final @Nullable FileChannel channel;

    private FolderLock(Path folder, @Nullable FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Locks a folder; without file locks it gets no lock file, so that no process takes it for abandoned. */
    static FolderLock acquire(Path folder) throws IOException {
        OURS.add(folder);
        FileChannel channel = FileChannel.open(
                file(folder), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            if (channel.tryLock() != null) {
                return new FolderLock(folder, channel);
            }
        } catch (IOException e) {
            // The file system has no locks.
        }
        channel.close();
        Files.deleteIfExists(file(folder));
        return new FolderLock(folder, null);
    }

    /** The lock file of a folder. */
    static Path file(Path folder) {
        return folder.resolve(FILE);
    }

    /** Whether a process of this user that no longer runs made this folder; links do not count as folders. */
    static boolean isAbandoned(Path folder, UserPrincipal user) {
        Path file = file(folder);
        try {
            return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && user.equals(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS))
                    && user.equals(Files.getOwner(file, LinkOption.NOFOLLOW_LINKS))
                    && Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                            .toInstant()
                            .isBefore(Instant.now().minus(MIN_AGE))
                    && isUnlocked(folder);
        } catch (IOException e) {
            return false; // deleted meanwhile
        }
    }

    /** Whether no running process locks the folder. */
    static boolean isUnlocked(Path folder) {
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

    /** Idempotent. */
    void release() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // The lock is released with the process.
            }
        }
        OURS.remove(folder);
    }
}
