package io.github.printer2mqtt.testing;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A client of a printer's server with its API key. It uses {@link HttpURLConnection}, because the JDK's newer client reuses
 * HTTP/1.0 connections.
 *
 * @param port on 127.0.0.1
 * @param apiKey for X-Api-Key
 */
record PeerHttpClient(int port, String apiKey) {
    private static final int LONGEST_REQUEST_MILLIS = 20_000;
    private static final long QUESTION_PAUSE_NANOS = 100_000_000;
    private static final String BOUNDARY = "----printer2mqtt-upload";

    /**
     * A response.
     *
     * @param body empty if there was none
     */
    record Response(int status, String body) {
        Response expect(int expected) {
            if (status != expected) {
                throw new AssertionError("expected " + expected + ", got " + status + " " + body);
            }
            return this;
        }
    }

    /** True if it responds with 200; pauses first, so that polling leaves the server CPU time. */
    boolean isOk(String path) {
        LockSupport.parkNanos(QUESTION_PAUSE_NANOS);
        try {
            return send("GET", path, Map.of(), null).status() == 200;
        } catch (UncheckedIOException e) {
            return false; // it does not listen yet
        }
    }

    JsonObject get(String path) {
        return new JsonObject(send("GET", path, Map.of(), null).expect(200).body());
    }

    Response post(String path, String json) {
        return send("POST", path, Map.of("Content-Type", "application/json"), json);
    }

    /** Uploads a file as a browser does, with further fields of the form. */
    Response upload(String path, String file, String content, Map<String, String> fields) {
        StringBuilder body = new StringBuilder(part("file\"; filename=\"" + file, content));
        fields.forEach((name, value) -> body.append(part(name, value)));
        body.append("--" + BOUNDARY + "--\r\n");
        return send("POST", path, Map.of("Content-Type", "multipart/form-data; boundary=" + BOUNDARY), body.toString());
    }

    Response send(String method, String path, Map<String, String> headers, @Nullable String body) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
            connection.setConnectTimeout(LONGEST_REQUEST_MILLIS);
            connection.setReadTimeout(LONGEST_REQUEST_MILLIS);
            connection.setRequestMethod(method);
            connection.setRequestProperty("X-Api-Key", apiKey);
            headers.forEach(connection::setRequestProperty);
            if (body != null) {
                connection.setDoOutput(true);
                connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            }
            int status = connection.getResponseCode();
            try (InputStream content = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                return new Response(
                        status, content == null ? "" : new String(content.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        }
    }

    private static String part(String name, String content) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
    }
}
