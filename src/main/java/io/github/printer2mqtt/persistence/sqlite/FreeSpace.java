package io.github.printer2mqtt.persistence.sqlite;

import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Refuses a large file before it fills the disk, which may be that of the database. */
final class FreeSpace {
    private FreeSpace() {}

    /**
     * Blocks.
     *
     * @param file will be written, in an existing folder
     * @param bytes that it needs at most
     * @throws DatabaseException if there is less space
     */
    static void require(Path file, long bytes) throws IOException {
        FileStore disk = Files.getFileStore(file.resolveSibling(""));
        long free = disk.getUsableSpace();
        // Some network file systems report no sizes at all.
        if (free < bytes && disk.getTotalSpace() > 0) {
            throw new DatabaseException(
                    Kind.DISK_FULL,
                    file,
                    "too little free space: " + bytes + " bytes are needed and " + free + " are free; free space and"
                            + " try again");
        }
    }
}
