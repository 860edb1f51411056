package io.github.printer2mqtt.mqtt.publish;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses thousands of similar payloads that are kept in memory, with a dictionary learned from the first ones: 7 kB
 * of a device become some hundred bytes. Belongs to one context.
 */
final class PayloadCompressor {
    /** The size of two or three devices, so that setting the dictionary costs no more than compressing one. */
    private static final int MAX_DICTIONARY_BYTES = 16 * 1024;

    private static final int LEVEL = 3;

    /** A payload that is not reduced to this fraction is unlike the dictionary and extends it. */
    private static final int EXPECTED_RATIO = 8;

    private static final int MAX_DICTIONARY_UPDATES = 8;

    private @Nullable Deflater deflater;
    private byte[] dictionary = {};
    private int dictionaryUpdates;

    /**
     * A compressed payload.
     *
     * @param bytes a raw deflate stream
     * @param length of the payload
     * @param dictionary needed to decompress, shared by many payloads
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Compressed(byte[] bytes, int length, byte[] dictionary) {
        byte[] decompress() {
            Inflater inflater = new Inflater(true);
            try {
                if (dictionary.length > 0) {
                    inflater.setDictionary(dictionary);
                }
                inflater.setInput(bytes);
                byte[] payload = new byte[length];
                int at = 0;
                while (at < length) {
                    int count = inflater.inflate(payload, at, length - at);
                    if (count == 0) {
                        throw new IllegalStateException("a compressed payload ends too early");
                    }
                    at += count;
                }
                return payload;
            } catch (DataFormatException e) {
                throw new IllegalStateException("a compressed payload cannot be read", e);
            } finally {
                inflater.end();
            }
        }
    }

    Compressed compress(byte[] payload) {
        byte[] compressed = deflate(payload);
        Compressed result = new Compressed(compressed, payload.length, dictionary);
        if (compressed.length > payload.length / EXPECTED_RATIO && dictionaryUpdates < MAX_DICTIONARY_UPDATES) {
            dictionaryUpdates++;
            byte[] learned = Arrays.copyOf(payload, payload.length + dictionary.length);
            System.arraycopy(dictionary, 0, learned, payload.length, dictionary.length);
            dictionary = Arrays.copyOf(learned, Math.min(learned.length, MAX_DICTIONARY_BYTES));
        }
        return result;
    }

    private byte[] deflate(byte[] payload) {
        Deflater active = deflater == null ? new Deflater(LEVEL, true) : deflater;
        deflater = active;
        active.reset();
        if (dictionary.length > 0) {
            active.setDictionary(dictionary);
        }
        active.setInput(payload);
        active.finish();
        byte[] compressed = new byte[payload.length + 64];
        int length = 0;
        while (!active.finished()) {
            if (length == compressed.length) {
                compressed = Arrays.copyOf(compressed, 2 * length);
            }
            length += active.deflate(compressed, length, compressed.length - length);
        }
        return Arrays.copyOf(compressed, length);
    }
}
