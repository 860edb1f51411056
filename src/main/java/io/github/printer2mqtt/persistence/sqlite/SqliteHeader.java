package io.github.printer2mqtt.persistence.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The start of a file, read without SQLite. The format is described at sqlite.org/fileformat2.html.
 *
 * @param size of what was read; 0 for an empty file
 * @param isSqlite whether the file is a SQLite database
 * @param schemaVersion {@code user_version}; 0 if the file is no database, and of a database with a write-ahead log maybe an
 *     older one
 */
public record SqliteHeader(int size, boolean isSqlite, int schemaVersion) {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int SIZE = 100;
    private static final int USER_VERSION = 60;

    /**
     * Reads the header. Blocks. The file must not be an open database, whose locks the system would drop afterwards.
     *
     * @throws IOException if the file cannot be read
     */
    static SqliteHeader of(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            byte[] header = bytes.readNBytes(SIZE);
            boolean isSqlite =
                    header.length >= MAGIC.length && Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
            int version =
                    isSqlite && header.length == SIZE ? ByteBuffer.wrap(header).getInt(USER_VERSION) : 0;
            return new SqliteHeader(header.length, isSqlite, version);
        }
    }

    /** As {@link #of}; a file that cannot be read is no database. */
    public static SqliteHeader read(Path file) {
        try {
            return of(file);
        } catch (IOException e) {
            return new SqliteHeader(0, false, 0);
        }
    }
}
