package io.github.printer2mqtt.bench.farm;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A connection to a simulated printer. Confined to the farm's thread. */
final class FarmConnection {
    private static final int MOST_WAITING = 65_536;

    private final FarmPrinter printer;
    private final SocketChannel channel;
    private final SelectionKey key;
    private byte[] waiting = {};
    private @Nullable ByteBuffer unsent;
    private @Nullable ByteBuffer flood;

    FarmConnection(FarmPrinter printer, SocketChannel channel, SelectionKey key) {
        this.printer = printer;
        this.channel = channel;
        this.key = key;
    }

    FarmPrinter printer() {
        return printer;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Makes {@link #close} reset the connection. */
    void resetOnClose() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }

    /** Closes the connection; false if it was closed already. */
    boolean close() {
        boolean wasOpen = channel.isOpen();
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is released anyway.
        }
        return wasOpen;
    }

    /** Buffers received bytes; false if a request is too long. */
    boolean take(ByteBuffer read) {
        int before = waiting.length;
        if (before + read.remaining() > MOST_WAITING) {
            return false;
        }
        waiting = Arrays.copyOf(waiting, before + read.remaining());
        read.get(waiting, before, waiting.length - before);
        return true;
    }

    /** Removes the next complete request and returns its path; null if none is complete. */
    @Nullable String nextPath() {
        String text = new String(waiting, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return null;
        }
        int whole = end + 4 + contentLength(text.substring(0, end));
        if (text.length() < whole) {
            return null;
        }
        waiting = Arrays.copyOfRange(waiting, whole, waiting.length);
        int from = text.indexOf(' ') + 1;
        int to = text.indexOf(' ', from);
        return from > 0 && to > from && to < end ? text.substring(from, to) : "";
    }

    private static int contentLength(String head) {
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("\r\ncontent-length:");
        if (at < 0) {
            return 0;
        }
        int from = at + "\r\ncontent-length:".length();
        int to = lower.indexOf('\r', from);
        return Integer.parseInt(
                lower.substring(from, to < 0 ? lower.length() : to).strip());
    }

    void send(ByteBuffer bytes) throws IOException {
        if (unsent == null) {
            channel.write(bytes);
            if (bytes.hasRemaining()) {
                unsent = bytes;
                key.interestOpsOr(SelectionKey.OP_WRITE);
            }
        }
    }

    /** Sends the bytes repeatedly while the peer receives them. */
    void flood(ByteBuffer again) {
        flood = again;
        key.interestOpsOr(SelectionKey.OP_WRITE);
    }

    /** Called when the socket can be written to. */
    void writable() throws IOException {
        ByteBuffer rest = unsent;
        if (rest != null) {
            channel.write(rest);
            if (rest.hasRemaining()) {
                return;
            }
            unsent = null;
        }
        ByteBuffer again = flood;
        if (again == null) {
            key.interestOpsAnd(SelectionKey.OP_READ);
        } else {
            send(again.duplicate());
        }
    }
}
