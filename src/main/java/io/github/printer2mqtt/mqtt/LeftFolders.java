package io.github.printer2mqtt.mqtt;

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

/** Takes away the folders of embedded brokers whose process was killed; never those of living ones, or strangers. Blocks. */
final class LeftFolders {
    private static final Logger LOG = LoggerFactory.getLogger(LeftFolders.class);

    /** A folder that is younger may be one that is claimed in a moment. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    /** So many are looked at, at most. */
    private static final int MOST = 1000;

    private LeftFolders() {}

    /** @param ours a folder of this user; those beside it are looked at */
    static void removeBeside(Path ours) {
        try (DirectoryStream<Path> beside =
                Files.newDirectoryStream(ours.resolveSibling(""), BrokerFolders.PREFIX + "*")) {
            UserPrincipal user = Files.getOwner(ours, LinkOption.NOFOLLOW_LINKS);
            int seen = 0;
            for (Path folder : beside) {
                if (seen++ < MOST && isOf(user, folder) && FolderClaim.isDead(folder)) {
                    BrokerFolders.delete(folder);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // What is left there troubles the next start as little as this one.
            LOG.debug("folders of brokers that were killed are left", e);
        }
    }

    /** Whether it is a folder, no link, that this user's broker has made a while ago. */
    private static boolean isOf(UserPrincipal user, Path folder) {
        Path claim = FolderClaim.file(folder);
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
