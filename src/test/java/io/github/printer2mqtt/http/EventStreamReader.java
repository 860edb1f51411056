package io.github.printer2mqtt.http;

import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A client of the event stream, on a raw socket so that it can stop reading. Waits at most 20 s for a message. */
final class EventStreamReader implements AutoCloseable {
    private static final int SMALL_BUFFER = 4096;
    private static final int MAX_TEXT = 20_000;
    private static final Duration MAX_WAIT = Duration.ofSeconds(20);

    /** A dispatched event with the last id that was sent. */
    record Message(String id, String name, String data) {
        JsonObject json() {
            return new JsonObject(data);
        }

        String printer() {
            return json().getString("id");
        }
    }

    private final Socket socket;
    private final InputStream in;
    private String head = "";
    private boolean chunked;
    private int chunkLeft;
    private boolean ended;
    private long bytes;
    private final StringBuilder text = new StringBuilder();
    private String lastId = "";

    private EventStreamReader(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), SMALL_BUFFER);
    }

    /** Connects and reads the head of the response, which must have the status 200. */
    static EventStreamReader open(int port, String query, String... headers) throws IOException {
        return openPath(port, "/api/stream" + query, headers);
    }

    /** As {@link #open}, of another stream. */
    static EventStreamReader openPath(int port, String path, String... headers) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(SMALL_BUFFER);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
        socket.setSoTimeout((int) MAX_WAIT.toMillis());
        EventStreamReader reader = new EventStreamReader(socket);
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        reader.readHead();
        return reader;
    }

    /** Connects and continues after a message; from the beginning if it is empty. */
    static EventStreamReader resume(int port, String query, String lastEventId) throws IOException {
        return lastEventId.isEmpty() ? open(port, query) : open(port, query, "Last-Event-ID: " + lastEventId);
    }

    private void readHead() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!read.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after: " + read);
            }
            read.write(next);
        }
        head = read.toString(StandardCharsets.UTF_8);
        if (RawClient.status(head) != 200) {
            throw new IOException("the response is " + head);
        }
        chunked = head.toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding: chunked");
    }

    /** Status line and headers. */
    String head() {
        return head;
    }

    /** The id of the last message that was read; empty before the first. */
    String lastId() {
        return lastId;
    }

    /** The beginning of the body as far as it was read, a character for each byte. */
    String text() {
        return text.toString();
    }

    /** The bytes of the body that were read. */
    long bytes() {
        return bytes;
    }

    /** The next message; null at the proper end of the stream. */
    @Nullable Message nextOrEnd() throws IOException {
        long end = System.nanoTime() + MAX_WAIT.toNanos();
        String name = "message";
        String data = "";
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty() && !data.isEmpty()) {
                return new Message(lastId, name, data);
            } else if (System.nanoTime() - end > 0) {
                // Heartbeats arrive meanwhile, so no single read times out.
                throw new AssertionError("no message within " + MAX_WAIT + " after " + lastId);
            } else if (line.startsWith("id: ")) {
                lastId = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            }
        }
        return null;
    }

    Message next() throws IOException {
        return Objects.requireNonNull(nextOrEnd(), "the stream has ended");
    }

    /** The next message, which must have this name. */
    Message next(String name) throws IOException {
        Message message = next();
        if (!message.name().equals(name)) {
            throw new AssertionError("expected " + name + ", got " + message);
        }
        return message;
    }

    /** The names of the next messages. */
    List<String> nextNames(int count) throws IOException {
        String[] names = new String[count];
        for (int i = 0; i < count; i++) {
            names[i] = next().name();
        }
        return List.of(names);
    }

    /** Reads until a line of the text, which may be a comment. */
    void readUntilLine(String expected) throws IOException {
        for (String line = line(); !expected.equals(line); line = line()) {
            if (line == null) {
                throw new IOException("the stream has ended");
            }
        }
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = read(); next != '\n'; next = read()) {
            if (next < 0) {
                return null;
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private int read() throws IOException {
        if (ended) {
            return -1;
        }
        if (chunked && chunkLeft == 0) {
            chunkLeft = Integer.parseInt(rawLine(), 16);
            if (chunkLeft == 0) {
                rawLine();
                ended = true;
                return -1;
            }
        }
        int next = in.read();
        if (next < 0) {
            throw new IOException("the connection was closed in the middle");
        }
        bytes++;
        if (text.length() < MAX_TEXT) {
            text.append((char) next);
        }
        if (chunked && --chunkLeft == 0) {
            rawLine();
        }
        return next;
    }

    private String rawLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection was closed in the middle");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
