package io.github.printer2mqtt.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes the temporary folders of processes that were killed, and no others. Blocks. */
final class AbandonedFolders {
    private static final Logger LOG = LoggerFactory.getLogger(AbandonedFolders.class);

    /** A folder that is younger may be one that is claimed in a moment. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    /** So many are looked at, at most. */
    private static final int MOST = 1000;

    private AbandonedFolders() {}

    /** @param ours a folder of this user; those beside it are looked at */
    static void removeBeside(Path ours) {
        try (DirectoryStream<Path> beside =
                Files.newDirectoryStream(ours.resolveSibling(""), TemporaryFolder.PREFIX + "*")) {
            UserPrincipal user = Files.getOwner(ours, LinkOption.NOFOLLOW_LINKS);
            int seen = 0;
            for (Path folder : beside) {
                if (seen++ < MOST && isOf(user, folder) && FolderLock.isDead(folder)) {
                    FolderDeletion.delete(folder);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // What is left there troubles the next start as little as this one.
            LOG.debug("folders of killed processes are not deleted", e);
        }
    }

    /** Whether it is a folder, no link, that a process of this user has made a while ago. */
    private static boolean isOf(UserPrincipal user, Path folder) {
        Path claim = FolderLock.file(folder);
        try {
            return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.isRegularFile(claim, LinkOption.NOFOLLOW_LINKS)
                    && user.equals(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS))
                    && user.equals(Files.getOwner(claim, LinkOption.NOFOLLOW_LINKS))
                    && Files.getLastModifiedTime(claim, LinkOption.NOFOLLOW_LINKS)
                            .toInstant()
                            .isBefore(Instant.now().minus(YOUNG));
        } catch (IOException e) {
            return false; // it went away meanwhile
        }
    }
}
