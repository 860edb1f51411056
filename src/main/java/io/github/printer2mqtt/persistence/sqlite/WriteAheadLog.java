package io.github.printer2mqtt.persistence.sqlite;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Checks the write-ahead log (WAL) that an unclean stop left beside a database: SQLite silently ignores everything after
 * the first wrong checksum. The format is described at sqlite.org/fileformat2.html.
 */
final class WriteAheadLog {
    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int CHECKSUMMED_OF_HEADER = 24;
    private static final int CHECKSUMMED_OF_FRAME_HEADER = 8;
    private static final int MAGIC = 0x377f0682;

    private final ByteOrder order;
    private int first;
    private int second;

    private WriteAheadLog(ByteOrder order) {
        this.order = order;
    }

    /** Whether SQLite would ignore a part of the file that was written completely. Blocks. */
    static boolean isDamaged(Path file) throws IOException {
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                DataInputStream data = new DataInputStream(bytes)) {
            byte[] header = data.readNBytes(HEADER);
            if (header.length < HEADER) {
                return false; // killed while it created the file
            }
            ByteBuffer fields = ByteBuffer.wrap(header);
            int magic = fields.getInt(0);
            if ((magic & ~1) != MAGIC) {
                return true;
            }
            WriteAheadLog log = new WriteAheadLog((magic & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            log.add(header, CHECKSUMMED_OF_HEADER);
            int pageSize = fields.getInt(8);
            boolean sound = log.matches(fields, 24) && pageSize >= 512 && pageSize <= 65536;
            return !sound || log.hasDamagedFrame(data, pageSize, fields.getLong(16));
        }
    }

    /** Frames with other salts are left over from before the last checkpoint, and no newer frame follows them. */
    private boolean hasDamagedFrame(DataInputStream data, int pageSize, long salts) throws IOException {
        boolean ended = false;
        while (true) {
            byte[] header = data.readNBytes(FRAME_HEADER);
            byte[] page = data.readNBytes(pageSize);
            if (page.length < pageSize) {
                return false;
            }
            boolean current = ByteBuffer.wrap(header).getLong(8) == salts;
            if (!current) {
                ended = true;
                continue;
            }
            add(header, CHECKSUMMED_OF_FRAME_HEADER);
            add(page, pageSize);
            if (ended || !matches(ByteBuffer.wrap(header), 16)) {
                return true;
            }
        }
    }

    private void add(byte[] bytes, int length) {
        ByteBuffer words = ByteBuffer.wrap(bytes, 0, length).order(order);
        while (words.hasRemaining()) {
            first += words.getInt() + second;
            second += words.getInt() + first;
        }
    }

    private boolean matches(ByteBuffer fields, int at) {
        return fields.getInt(at) == first && fields.getInt(at + 4) == second;
    }
}
