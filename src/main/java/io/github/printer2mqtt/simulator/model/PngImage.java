package io.github.printer2mqtt.simulator.model;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntBinaryOperator;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes small square pictures as PNG with a palette (RFC 2083), without the desktop classes of the JDK. Pure. */
final class PngImage {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private PngImage() {}

    /**
     * The file of a picture.
     *
     * @param side width and height in pixels
     * @param palette colours as {@code 0xRRGGBB}
     * @param pixel the index of the colour at x and y, counted from the top left
     */
    static Buffer of(int side, int[] palette, IntBinaryOperator pixel) {
        Buffer header = Buffer.buffer().appendInt(side).appendInt(side).appendBytes(new byte[] {8, 3, 0, 0, 0
        }); // 8 bits, palette, deflate, no filter, not interlaced
        Buffer colours = Buffer.buffer();
        for (int colour : palette) {
            colours.appendMedium(colour);
        }
        Buffer rows = Buffer.buffer();
        for (int y = 0; y < side; y++) {
            rows.appendByte((byte) 0);
            for (int x = 0; x < side; x++) {
                rows.appendByte((byte) pixel.applyAsInt(x, y));
            }
        }
        return Buffer.buffer(SIGNATURE)
                .appendBuffer(chunk("IHDR", header))
                .appendBuffer(chunk("PLTE", colours))
                .appendBuffer(chunk("IDAT", deflated(rows.getBytes())))
                .appendBuffer(chunk("IEND", Buffer.buffer()));
    }

    private static Buffer chunk(String type, Buffer data) {
        Buffer checked = Buffer.buffer(type.getBytes(StandardCharsets.US_ASCII)).appendBuffer(data);
        CRC32 crc = new CRC32();
        crc.update(checked.getBytes());
        return Buffer.buffer().appendInt(data.length()).appendBuffer(checked).appendUnsignedInt(crc.getValue());
    }

    private static Buffer deflated(byte[] rows) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(rows);
            deflater.finish();
            Buffer all = Buffer.buffer();
            byte[] piece = new byte[8192];
            while (!deflater.finished()) {
                all.appendBytes(piece, 0, deflater.deflate(piece));
            }
            return all;
        } finally {
            deflater.end();
        }
    }
}
