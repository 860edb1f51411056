package io.github.printer2mqtt.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that sends raw bytes. Every read times out after 20 s. */
final class RawClient implements AutoCloseable {
    private final Socket socket;

    RawClient(int port) throws IOException {
        this("127.0.0.1", port);
    }

    RawClient(String address, int port) throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true); // a second small write would wait 40 ms for an acknowledgement
        socket.connect(new InetSocketAddress(address, port), 5_000);
        socket.setSoTimeout(20_000);
    }

    /** A client whose own address is 127.0.0.2. */
    static RawClient fromAnotherAddress(int port) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
        socket.setSoTimeout(20_000);
        return new RawClient(socket);
    }

    private RawClient(Socket socket) {
        this.socket = socket;
    }

    /** Sends one request and reads until the server closes the connection. */
    static String exchange(int port, String request) throws IOException {
        try (RawClient client = new RawClient(port)) {
            client.write(request);
            return client.readToEnd();
        }
    }

    static int status(String response) {
        return Integer.parseInt(response.substring(9, 12));
    }

    void write(String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Whether the text could be written. */
    boolean accepts(String text) {
        try {
            write(text);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    String readToEnd() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] chunk = new byte[8192];
        try {
            for (int n = socket.getInputStream().read(chunk);
                    n >= 0;
                    n = socket.getInputStream().read(chunk)) {
                all.write(chunk, 0, n);
            }
        } catch (SocketException e) {
            return all.toString(
                    StandardCharsets.UTF_8); // reset after the response, because the server left bytes unread
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    /** Reads until the text has arrived. */
    void readUntil(String text) throws IOException {
        StringBuilder all = new StringBuilder();
        while (all.indexOf(text) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed after: " + all);
            }
            all.append((char) next);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
