package io.github.printer2mqtt.http.list;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
        ByteBuffer member = ByteBuffer.allocate(Math.toIntExact(size))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(HEADER);
        int crc = 0;
        long length = 0;
        for (DeflatedBytes each : blocks) {
            member.put(each.blocks());
            crc = CombinedCrc.of(crc, each.crc(), each.length());
            length += each.length();
        }
        return member.putInt(crc).putInt((int) length).array();
    }
}
