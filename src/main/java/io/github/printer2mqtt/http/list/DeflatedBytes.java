package io.github.printer2mqtt.http.list;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Deflate blocks (RFC 1951) that refer to nothing before them and end at a byte boundary, so that several can be concatenated
 * to one stream. Immutable.
 *
 * @param blocks the compressed bytes
 * @param crc of the uncompressed bytes
 * @param length of the uncompressed bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record DeflatedBytes(byte[] blocks, int crc, long length) {
    /** Favours speed: a page is compressed again after every change. */
    private static final int LEVEL = 3;

    /** Blocks that others may follow. */
    public static DeflatedBytes ofPart(byte[] bytes) {
        return deflated(bytes, Deflater.SYNC_FLUSH);
    }

    /** Blocks that end the stream. */
    public static DeflatedBytes ofEnd(byte[] bytes) {
        return deflated(bytes, Deflater.NO_FLUSH);
    }

    private static DeflatedBytes deflated(byte[] bytes, int flush) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        Deflater deflater = new Deflater(LEVEL, true);
        try {
            deflater.setInput(bytes);
            if (flush == Deflater.NO_FLUSH) {
                deflater.finish();
            }
            ByteArrayOutputStream blocks = new ByteArrayOutputStream(bytes.length / 6 + 64);
            byte[] buffer = new byte[8192];
            int count;
            do {
                // A full buffer may mean that more output is pending.
                count = deflater.deflate(buffer, 0, buffer.length, flush);
                blocks.write(buffer, 0, count);
            } while (count == buffer.length);
            return new DeflatedBytes(blocks.toByteArray(), (int) crc.getValue(), bytes.length);
        } finally {
            deflater.end();
        }
    }
}
