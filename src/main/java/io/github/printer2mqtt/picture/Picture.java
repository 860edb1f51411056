package io.github.printer2mqtt.picture;

import io.github.printer2mqtt.text.Sha256;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A picture of a printer, recognised by its first bytes and never decoded.
 *
 * @param bytes shared by all who asked; do not change them
 * @param tag of the bytes, hexadecimal digits
 */
public record Picture(Format format, Buffer bytes, String tag) {
    /** The formats that are passed on. */
    public enum Format {
        PNG("image/png", "89504e470d0a1a0a"),
        JPEG("image/jpeg", "ffd8ff");

        private final String contentType;
        private final String start;

        /** @param start hexadecimal digits */
        Format(String contentType, String start) {
            this.contentType = contentType;
            this.start = start;
        }

        public String contentType() {
            return contentType;
        }

        /** The format by the first bytes; null for anything else, whatever its content type says. */
        static @Nullable Format of(Buffer bytes) {
            String first = HexFormat.of().formatHex(bytes.getBytes(0, Math.min(8, bytes.length())));
            for (Format format : values()) {
                if (first.startsWith(format.start)) {
                    return format;
                }
            }
            return null;
        }
    }

    /** @param format of these bytes */
    static Picture of(Format format, Buffer bytes) {
        byte[] copied = bytes.getBytes(); // not the larger buffer that it was received in
        String tag = HexFormat.of().formatHex(Sha256.sha256(copied), 0, 12);
        return new Picture(format, Buffer.buffer(copied), tag);
    }
}
