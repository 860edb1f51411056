package io.github.printer2mqtt.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes temporary folders with all in them. Blocks. */
public final class FolderDeletion {
    private static final Logger LOG = LoggerFactory.getLogger(FolderDeletion.class);

    private FolderDeletion() {}

    /** Deletes a folder, and links in it instead of what they lead to; what cannot be deleted stays until the next start. */
    public static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(FolderDeletion::deleteOne);
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("temporary folder {} is not deleted", folder, e);
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.debug("temporary file {} is not deleted", path, e);
        }
    }
}
