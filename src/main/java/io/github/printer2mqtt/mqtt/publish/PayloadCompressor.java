package io.github.printer2mqtt.mqtt.publish;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses payloads of which thousands are kept and nearly alike: what earlier ones had too is not kept again. A device's
 * 7 kB become some hundred bytes. Belongs to one context.
 */
final class PayloadCompressor {
    /** Two or three devices, so that learning it costs no more than compressing one. */
    private static final int LONGEST_PATTERN = 16 * 1024;

    private static final int LEVEL = 3;

    /** A payload that is not reduced to this part is unlike those before, and those to come may be like it. */
    private static final int UNLIKE = 8;

    private static final int MOST_LESSONS = 8;

    private @Nullable Deflater deflater;
    private byte[] pattern = {};
    private int lessons;

    /**
     * A payload, compressed.
     *
     * @param bytes a raw deflate stream
     * @param length of the payload
     * @param pattern what it refers to, shared by many
     */
    @SuppressWarnings("ArrayRecordComponent") // made once and compared by nobody
    record Packed(byte[] bytes, int length, byte[] pattern) {
        byte[] unpacked() {
            Inflater inflater = new Inflater(true);
            try {
                if (pattern.length > 0) {
                    inflater.setDictionary(pattern);
                }
                inflater.setInput(bytes);
                byte[] payload = new byte[length];
                int at = 0;
                while (at < length) {
                    int count = inflater.inflate(payload, at, length - at);
                    if (count == 0) {
                        throw new IllegalStateException("a kept payload ends too early");
                    }
                    at += count;
                }
                return payload;
            } catch (DataFormatException e) {
                throw new IllegalStateException("a kept payload cannot be read", e);
            } finally {
                inflater.end();
            }
        }
    }

    Packed pack(byte[] payload) {
        byte[] packed = deflated(payload);
        Packed kept = new Packed(packed, payload.length, pattern);
        if (packed.length > payload.length / UNLIKE && lessons < MOST_LESSONS) {
            lessons++;
            byte[] learned = Arrays.copyOf(payload, payload.length + pattern.length);
            System.arraycopy(pattern, 0, learned, payload.length, pattern.length);
            pattern = Arrays.copyOf(learned, Math.min(learned.length, LONGEST_PATTERN));
        }
        return kept;
    }

    private byte[] deflated(byte[] payload) {
        Deflater ready = deflater == null ? new Deflater(LEVEL, true) : deflater;
        deflater = ready;
        ready.reset();
        if (pattern.length > 0) {
            ready.setDictionary(pattern);
        }
        ready.setInput(payload);
        ready.finish();
        byte[] packed = new byte[payload.length + 64];
        int length = 0;
        while (!ready.finished()) {
            if (length == packed.length) {
                packed = Arrays.copyOf(packed, 2 * length);
            }
            length += ready.deflate(packed, length, packed.length - length);
        }
        return Arrays.copyOf(packed, length);
    }
}
