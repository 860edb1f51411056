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

/** One connection to a simulated printer. Belongs to the farm's thread. */
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

    /** Closing is then a reset. */
    void resetOnClose() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }

    /** Whether it was open. */
    boolean close() {
        boolean wasOpen = channel.isOpen();
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is gone all the same.
        }
        return wasOpen;
    }

    /** Keeps what was read; false if that is more than a request may be. */
    boolean take(ByteBuffer read) {
        int before = waiting.length;
        if (before + read.remaining() > MOST_WAITING) {
            return false;
        }
        waiting = Arrays.copyOf(waiting, before + read.remaining());
        read.get(waiting, before, waiting.length - before);
        return true;
    }

    /** The path of the next whole request, which is then done with; null if none is whole. */
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

    void send(ByteBuffer answer) throws IOException {
        if (unsent == null) {
            channel.write(answer);
            if (answer.hasRemaining()) {
                unsent = answer;
                key.interestOpsOr(SelectionKey.OP_WRITE);
            }
        }
    }

    /** Sends this again and again for as long as the other end takes it. */
    void flood(ByteBuffer again) {
        flood = again;
        key.interestOpsOr(SelectionKey.OP_WRITE);
    }

    /** The other end takes more. */
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
