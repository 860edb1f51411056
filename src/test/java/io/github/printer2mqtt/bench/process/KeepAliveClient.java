package io.github.printer2mqtt.bench.process;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A minimal HTTP client with one connection and sequential requests, so that the client adds little to what is measured.
 * Not thread-safe.
 */
public final class KeepAliveClient implements Closeable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private KeepAliveClient(Socket socket, InputStream in, OutputStream out) {
        this.socket = socket;
        this.in = in;
        this.out = out;
    }

    /** A response with its body. */
    public record Response(int status, String text) {}

    public static KeepAliveClient connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new KeepAliveClient(
                socket, new BufferedInputStream(socket.getInputStream(), 65_536), socket.getOutputStream());
    }

    public Response get(String path) throws IOException {
        out.write(ascii("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + socket.getPort() + "\r\n\r\n"));
        return readResponse();
    }

    /** Sends an additional header, such as {@code Accept-Encoding: gzip}. */
    public Response get(String path, String header) throws IOException {
        out.write(ascii(
                "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + socket.getPort() + "\r\n" + header + "\r\n\r\n"));
        return readResponse();
    }

    Response post(String path, byte[] json) throws IOException {
        return send("POST", path, "application/json", json);
    }

    public Response send(String method, String path, String type, byte[] body) throws IOException {
        out.write(ascii(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + socket.getPort() + "\r\nContent-Type: "
                + type + "\r\nContent-Length: " + body.length + "\r\n\r\n"));
        out.write(body);
        return readResponse();
    }

    private Response readResponse() throws IOException {
        String[] statusLine = line().split(" ", 3);
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            }
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new IOException("the bridge closed the connection before the end of a response");
        }
        return new Response(Integer.parseInt(statusLine[1]), new String(body, StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the bridge closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
