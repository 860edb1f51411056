package io.github.printer2mqtt.net.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Values of certificates and keys in the distinguished encoding rules. Source: X.690. Stateless. */
public final class Der {
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int NULL = 0x05;
    public static final int OBJECT_IDENTIFIER = 0x06;
    public static final int SEQUENCE = 0x30;

    /** A constructed member that its number in brackets distinguishes, such as [0]. */
    public static final int CONTEXT = 0xa0;

    private static final int MAX_LENGTH_BYTES = 3;

    private Der() {}

    /**
     * One encoded value.
     *
     * @param tag its type
     * @param encoded with tag and length
     * @param content without them
     */
    @SuppressWarnings("ArrayRecordComponent") // Not compared.
    public record Element(int tag, byte[] encoded, byte[] content) {}

    /**
     * The members of an encoded sequence.
     *
     * @throws IllegalArgumentException if it is none, or damaged
     */
    public static List<Element> members(byte[] sequence) {
        Element whole = element(sequence, 0);
        if (whole.tag() != SEQUENCE) {
            throw new IllegalArgumentException("no sequence");
        }
        List<Element> members = new ArrayList<>();
        for (int at = 0;
                at < whole.content().length;
                at += members.get(members.size() - 1).encoded().length) {
            members.add(element(whole.content(), at));
        }
        return members;
    }

    private static Element element(byte[] bytes, int from) {
        int at = from;
        if (bytes.length - from < 2) {
            throw new IllegalArgumentException("too short");
        }
        int tag = bytes[at++] & 0xff;
        int length = bytes[at++] & 0xff;
        if (length >= 0x80) {
            int count = length & 0x7f;
            if (count == 0 || count > MAX_LENGTH_BYTES || bytes.length - at < count) {
                throw new IllegalArgumentException("invalid length");
            }
            length = new BigInteger(1, Arrays.copyOfRange(bytes, at, at + count)).intValue();
            at += count;
        }
        if (bytes.length - at < length) {
            throw new IllegalArgumentException("too short");
        }
        return new Element(
                tag, Arrays.copyOfRange(bytes, from, at + length), Arrays.copyOfRange(bytes, at, at + length));
    }

    public static byte[] sequence(byte[]... members) {
        return value(SEQUENCE, members);
    }

    public static byte[] integer(BigInteger number) {
        return value(INTEGER, number.toByteArray());
    }

    /** @param parts of the content, one after the other */
    public static byte[] value(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream encoded = new ByteArrayOutputStream(length + 5);
        encoded.write(tag);
        writeLength(length, encoded);
        for (byte[] part : parts) {
            encoded.writeBytes(part);
        }
        return encoded.toByteArray();
    }

    private static void writeLength(int length, ByteArrayOutputStream encoded) {
        if (length < 0x80) {
            encoded.write(length);
            return;
        }
        byte[] digits = BigInteger.valueOf(length).toByteArray();
        int skipped = digits[0] == 0 ? 1 : 0; // the sign
        encoded.write(0x80 | (digits.length - skipped));
        encoded.write(digits, skipped, digits.length - skipped);
    }
}
