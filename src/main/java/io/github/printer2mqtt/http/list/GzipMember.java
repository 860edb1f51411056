package io.github.printer2mqtt.http.list;

import java.util.List;

/** Joins compressed blocks to one gzip member (RFC 1952); not every client reads several members. */
public final class GzipMember {
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final int TRAILER = 8;

    private GzipMember() {}

    /** @param blocks the last one ends the stream */
    public static byte[] of(List<DeflatedBytes> blocks) {
        long size = (long) HEADER.length + TRAILER;
        for (DeflatedBytes each : blocks) {
            size += each.blocks().length;
        }
        byte[] member = new byte[Math.toIntExact(size)];
        System.arraycopy(HEADER, 0, member, 0, HEADER.length);
        int at = HEADER.length;
        int crc = 0;
        long length = 0;
        for (DeflatedBytes each : blocks) {
            System.arraycopy(each.blocks(), 0, member, at, each.blocks().length);
            at += each.blocks().length;
            crc = CombinedCrc.of(crc, each.crc(), each.length());
            length += each.length();
        }
        littleEndian(member, at, crc);
        littleEndian(member, at + Integer.BYTES, (int) length);
        return member;
    }

    private static void littleEndian(byte[] member, int at, int number) {
        for (int i = 0; i < Integer.BYTES; i++) {
            member[at + i] = (byte) (number >>> (i * Byte.SIZE));
        }
    }
}
