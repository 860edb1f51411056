package io.github.printer2mqtt.simulator;

import io.github.printer2mqtt.simulator.server.PrinterServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** A client on a plain socket with a read timeout, for tests that check every byte. */
public final class SocketClient implements AutoCloseable {
    /** How the read ended. */
    public enum End {
        CLOSED,
        RESET,
        /** The read timed out. */
        QUIET
    }

    private static final int CONNECT_MILLIS = 1_000;

    private final Socket socket = new Socket();
    private End end = End.QUIET;

    private SocketClient() {}

    public static SocketClient to(String host, int port) throws IOException {
        SocketClient wire = new SocketClient();
        wire.socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
        return wire;
    }

    public static SocketClient to(PrinterServer server) throws IOException {
        return to("127.0.0.1", server.port());
    }

    public SocketClient get(String target, String... headers) throws IOException {
        StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: printer\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        return send(request + "\r\n");
    }

    public SocketClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Reads one response to its end. */
    public RawResponse readResponse() throws IOException {
        socket.setSoTimeout(5_000);
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!isComplete(bytes)) {
            int next = in.read();
            if (next < 0) {
                end = End.CLOSED;
                break;
            }
            bytes.write(next);
        }
        return RawResponse.parse(bytes.toByteArray());
    }

    /** Reads this many bytes. */
    public byte[] first(int count) throws IOException {
        socket.setSoTimeout(5_000);
        return socket.getInputStream().readNBytes(count);
    }

    /** Whether the first byte of a response arrives in time; consumes it. */
    boolean beginsWithin(Duration limit) throws IOException {
        socket.setSoTimeout((int) limit.toMillis());
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** Reads until the connection closes or nothing arrives for this long. */
    public byte[] rest(Duration quiet) throws IOException {
        socket.setSoTimeout((int) quiet.toMillis());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] part = new byte[64 * 1024];
        try {
            int count = socket.getInputStream().read(part);
            while (count >= 0) {
                bytes.write(part, 0, count);
                count = socket.getInputStream().read(part);
            }
            end = End.CLOSED;
        } catch (SocketTimeoutException e) {
            end = End.QUIET;
        } catch (IOException e) {
            end = End.RESET;
        }
        return bytes.toByteArray();
    }

    /** How the last read ended. */
    public End end() {
        return end;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static boolean isComplete(ByteArrayOutputStream bytes) {
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        if (head < 0) {
            return false;
        }
        String lower = text.substring(0, head).toLowerCase(Locale.ROOT);
        if (lower.contains("transfer-encoding: chunked")) {
            return text.endsWith("\r\n0\r\n\r\n");
        }
        int length = lower.indexOf("content-length: ");
        if (length < 0) {
            return false;
        }
        String digits = lower.substring(length + 16).split("\r\n", 2)[0];
        return text.length() >= head + 4 + Integer.parseInt(digits);
    }
}
