package io.github.printer2mqtt.http.list;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Bytes as whole deflate blocks which refer to nothing before them and end on a byte (RFC 1951), so that several can stand
 * after each other in one stream. Immutable.
 *
 * @param blocks the compressed bytes
 * @param crc of the bytes as they were
 * @param length of the bytes as they were
 */
@SuppressWarnings("ArrayRecordComponent") // made once and compared by nobody
public record DeflatedBytes(byte[] blocks, int crc, long length) {
    /** They are compressed for every change that is asked for, so little work goes before little size. */
    private static final int LEVEL = 3;

    /** Blocks after which others follow. */
    public static DeflatedBytes ofPart(byte[] bytes) {
        return deflated(bytes, Deflater.SYNC_FLUSH);
    }

    /** Blocks of which the last ends the stream. */
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
                // A full buffer may hide that there is more, so the end is only where one is not filled.
                count = deflater.deflate(buffer, 0, buffer.length, flush);
                blocks.write(buffer, 0, count);
            } while (count == buffer.length);
            return new DeflatedBytes(blocks.toByteArray(), (int) crc.getValue(), bytes.length);
        } finally {
            deflater.end();
        }
    }
}
