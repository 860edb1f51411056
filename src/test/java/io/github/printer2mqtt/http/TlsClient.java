package io.github.printer2mqtt.http;

import io.github.printer2mqtt.net.tls.PinnedTrustManager;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** Sends requests to an API over TLS, byte by byte. */
final class TlsClient {
    private TlsClient() {}

    /** Connects without checking the certificate. */
    static SSLSocket connect(RunningApi api) throws IOException, GeneralSecurityException {
        SSLContext any = SSLContext.getInstance("TLS");
        any.init(null, new TrustManager[] {PinnedTrustManager.any()}, null);
        SSLSocket socket = (SSLSocket) any.getSocketFactory().createSocket("127.0.0.1", api.port());
        socket.setSoTimeout(30_000);
        socket.startHandshake();
        return socket;
    }

    /** The head of the response to one request on a connection of its own. */
    static String answer(RunningApi api, String target, String headers) throws Exception {
        try (SSLSocket client = connect(api)) {
            return get(client, target, headers);
        }
    }

    /** The head of the response; its body is read. */
    static String get(SSLSocket client, String target, String headers) throws IOException {
        return exchange(client, "GET " + target, headers, "");
    }

    /** The head of the response; its body is read. */
    static String exchange(SSLSocket client, String line, String headers, String json) throws IOException {
        String content =
                json.isEmpty() ? "" : "Content-Type: application/json\r\nContent-Length: " + json.length() + "\r\n";
        String host = "Host: 127.0.0.1:" + client.getPort() + "\r\n";
        send(client, line + " HTTP/1.1\r\n" + host + headers + content + "\r\n" + json);
        StringBuilder response = new StringBuilder();
        while (response.indexOf("\r\n\r\n") < 0) {
            read(client, response);
        }
        int body = response.indexOf("\r\n\r\n") + 4;
        int at = response.indexOf("content-length: ") + 16;
        int length = Integer.parseInt(response.substring(at, response.indexOf("\r\n", at)));
        while (response.length() < body + length) {
            read(client, response);
        }
        return response.substring(0, body);
    }

    private static void read(Socket client, StringBuilder into) throws IOException {
        int next = client.getInputStream().read();
        if (next < 0) {
            throw new IOException("closed after: " + into);
        }
        into.append((char) next);
    }

    static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }
}
