package io.github.printer2mqtt.bench.baseline;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Clients of the event stream, all on one thread, so that they cost little. The latency of a change counts from
 * {@code poll.observed_at}, when the bridge had the reading, by the wall clock in milliseconds. Not thread-safe.
 */
public final class StreamClients implements AutoCloseable {
    private static final byte[] OBSERVED = "\"observed_at\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_INSTANT = "2026-11-21T09:50:00.123Z".length() + 1;
    private static final int CONNECT_AT_ONCE = 50;

    private final Selector selector;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(256 * 1024);
    private Histogram latencies = new Histogram(3);

    /** The end of what a client has read, which may contain half of a time. */
    private static final class Rest {
        private byte[] bytes = new byte[0];
    }

    private StreamClients(Selector selector) {
        this.selector = selector;
    }

    /** @param query with its question mark; the statuses must have {@code poll} */
    public static StreamClients open(int port, String query, int count) throws IOException {
        StreamClients clients = new StreamClients(Selector.open());
        byte[] request = ("GET /api/stream" + query + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            clients.channels.add(channel);
            channel.write(ByteBuffer.wrap(request));
            channel.configureBlocking(false);
            channel.register(clients.selector, SelectionKey.OP_READ, new Rest());
            if (i % CONNECT_AT_ONCE == 0) {
                clients.read(System.nanoTime());
            }
        }
        return clients;
    }

    /** Reads for some time and returns the latencies of the changes in milliseconds, one for each client and change. */
    public Histogram listen(Duration length) throws IOException {
        latencies = new Histogram(3);
        read(System.nanoTime() + length.toNanos());
        return latencies;
    }

    private void read(long end) throws IOException {
        long left = end - System.nanoTime();
        do {
            selector.select(key -> readFrom(key), Math.max(1, left / 1_000_000));
            left = end - System.nanoTime();
        } while (left > 0);
    }

    private void readFrom(SelectionKey key) {
        Rest rest = (Rest) key.attachment();
        buffer.clear().put(rest.bytes);
        try {
            if (((SocketChannel) key.channel()).read(buffer) < 0) {
                throw new IllegalStateException("the bridge closed a stream");
            }
        } catch (IOException e) {
            throw new IllegalStateException("a stream failed", e);
        }
        int done = recordAll(buffer.array(), buffer.position(), System.currentTimeMillis());
        int kept = Math.max(done, buffer.position() - OBSERVED.length - LONGEST_INSTANT);
        rest.bytes = Arrays.copyOfRange(buffer.array(), kept, buffer.position());
    }

    /** Returns the end of the last time that was recorded. */
    private int recordAll(byte[] in, int length, long now) {
        int done = 0;
        for (int i = 0; i <= length - OBSERVED.length; i++) {
            if (in[i] == '"' && isAt(in, i)) {
                int from = i + OBSERVED.length;
                int to = from;
                while (to < length && in[to] != '"') {
                    to++;
                }
                if (to < length) {
                    Instant observed = Instant.parse(new String(in, from, to - from, StandardCharsets.US_ASCII));
                    latencies.recordValue(Math.max(0, now - observed.toEpochMilli()));
                    done = to;
                    i = to;
                }
            }
        }
        return done;
    }

    private static boolean isAt(byte[] in, int at) {
        for (int k = 0; k < OBSERVED.length; k++) {
            if (in[at + k] != OBSERVED[k]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
