package io.github.printer2mqtt.bench.farm;

import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * A minimal subscriber (MQTT 3.1.1, QoS 0) that measures the latency of responses from printer to subscriber, and records
 * which printers were seen and which healthy ones were reported offline. Reconnects by itself. Thread-safe.
 */
final class LatencySubscriber implements Runnable {
    private static final int PUBLISH = 3;
    private static final int MOST_BYTES = 4_000_000;
    private static final byte[] BED = bytes("\"bed\":{\"actual\":");
    private static final byte[] OFFLINE = bytes("\"state\":\"offline\"");
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final InetSocketAddress broker;
    private final String base;
    private final List<FarmPrinter> printers;
    private final ResponseTimestamps timestamps;
    private final int healthy;
    private final Histogram latencies = new Histogram(3);
    private final BitSet seen = new BitSet();
    private final BitSet falselyOffline = new BitSet();
    private long messages;
    private long marked = System.nanoTime();
    private long complete;

    LatencySubscriber(
            InetSocketAddress broker, String base, List<FarmPrinter> printers, ResponseTimestamps timestamps) {
        this.broker = broker;
        this.base = base;
        this.printers = printers;
        this.timestamps = timestamps;
        healthy = (int) printers.stream()
                .filter(printer -> printer.behaviour() == PrinterBehaviour.HEALTHY)
                .count();
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try (Socket socket = new Socket()) {
                socket.connect(broker, 1_000);
                socket.setTcpNoDelay(true);
                listen(socket);
            } catch (IOException e) {
                // The broker is unavailable; the loop reconnects.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void listen(Socket socket) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 65_536));
        out.write(packet(
                0x10,
                text("MQTT"),
                new byte[] {4, 2, 0, 0},
                text("farm-" + ProcessHandle.current().pid())));
        out.write(packet(
                0x82,
                new byte[] {0, 1},
                text(base + "/printers/+/state"),
                new byte[] {0},
                text(base + "/printers/+/availability"),
                new byte[] {0}));
        while (true) {
            int first = in.readUnsignedByte();
            byte[] rest = new byte[length(in)];
            in.readFully(rest);
            if (first >> 4 == PUBLISH) {
                hear(rest, (first & 1) == 1, System.nanoTime());
            }
        }
    }

    private static int length(DataInputStream in) throws IOException {
        int length = 0;
        int shift = 0;
        int next;
        do {
            next = in.readUnsignedByte();
            length |= (next & 0x7f) << shift;
            shift += 7;
        } while ((next & 0x80) != 0 && shift < 28);
        if (length > MOST_BYTES) {
            throw new IOException("the broker sends " + length + " bytes at once");
        }
        return length;
    }

    /** @param message topic and payload of a publish with QoS 0 */
    private synchronized void hear(byte[] message, boolean retained, long now) {
        int topicEnd = 2 + (((message[0] & 0xff) << 8) | (message[1] & 0xff));
        String topic = new String(message, 2, topicEnd - 2, StandardCharsets.UTF_8);
        int number = number(topic);
        if (number < 0) {
            return;
        }
        boolean isHealthy = printers.get(number).behaviour() == PrinterBehaviour.HEALTHY;
        if (topic.endsWith("/availability")) {
            if (isHealthy && find(message, OFFLINE, topicEnd) >= 0) {
                falselyOffline.set(number);
            }
            return;
        }
        messages++;
        int bed = find(message, BED, topicEnd);
        if (bed >= 0 && isHealthy && !retained) {
            reading(number, decimal(message, bed + BED.length), now);
        }
    }

    private void reading(int number, double bed, long now) {
        if (!seen.get(number)) {
            seen.set(number);
            if (seen.cardinality() == healthy) {
                complete = now;
            }
        }
        int counter = FarmResponses.counterOf(bed);
        long left = counter < 0 ? 0 : timestamps.take(number, counter);
        if (left != 0) {
            latencies.recordValue(Math.max(0, now - left));
        }
    }

    private int number(String topic) {
        int from = base.length() + "/printers/p-".length();
        int to = topic.lastIndexOf('/');
        if (to <= from || !topic.startsWith("/printers/p-", base.length())) {
            return -1;
        }
        String digits = topic.substring(from, to);
        int number = digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : -1;
        return number < printers.size() ? number : -1;
    }

    private static int find(byte[] in, byte[] what, int from) {
        for (int i = from; i <= in.length - what.length; i++) {
            int k = 0;
            while (k < what.length && in[i + k] == what[k]) {
                k++;
            }
            if (k == what.length) {
                return i;
            }
        }
        return -1;
    }

    private static double decimal(byte[] in, int from) {
        int to = from;
        while (to < in.length && (in[to] == '.' || (in[to] >= '0' && in[to] <= '9'))) {
            to++;
        }
        return to == from ? -1 : Double.parseDouble(new String(in, from, to - from, StandardCharsets.US_ASCII));
    }

    private static byte[] packet(int first, byte[]... parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            body.writeBytes(part);
        }
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(first);
        int length = body.size();
        while (length >= 0x80) {
            packet.write((length & 0x7f) | 0x80);
            length >>= 7;
        }
        packet.write(length);
        packet.writeBytes(body.toByteArray());
        return packet.toByteArray();
    }

    private static byte[] text(String text) {
        byte[] bytes = bytes(text);
        byte[] all = new byte[bytes.length + 2];
        all[0] = (byte) (bytes.length >> 8);
        all[1] = (byte) bytes.length;
        System.arraycopy(bytes, 0, all, 2, bytes.length);
        return all;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Forgets which printers were seen and reported offline. */
    synchronized void reset() {
        seen.clear();
        falselyOffline.clear();
        complete = 0;
        marked = System.nanoTime();
        latencies.reset();
        messages = 0;
    }

    /** Starts a window. */
    synchronized void open() {
        latencies.reset();
        messages = 0;
    }

    /** Ends the window and starts the next. */
    synchronized void close(JsonObject window) {
        JsonObject latency = new JsonObject().put("count", latencies.getTotalCount());
        if (latencies.getTotalCount() > 0) {
            latency.put("p50", latencies.getValueAtPercentile(50) / 1e6)
                    .put("p99", latencies.getValueAtPercentile(99) / 1e6)
                    .put("max", latencies.getMaxValue() / 1e6);
        }
        window.put("messages", messages)
                .put("e2e_ms", latency)
                .put("seen", seen.cardinality())
                .put("picture_ms", complete == 0 ? null : (complete - marked) / 1e6)
                .put("false_offline", falselyOffline.cardinality())
                .put(
                        "false_offline_ids",
                        falselyOffline.stream().limit(5).mapToObj(n -> "p-" + n).toList());
        open();
    }
}
