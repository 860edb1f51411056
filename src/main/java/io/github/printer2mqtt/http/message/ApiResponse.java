package io.github.printer2mqtt.http.message;

import io.github.printer2mqtt.json.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A response of the API. Routes return one and the route table sends it.
 *
 * @param status the HTTP status
 * @param headers in addition to those that every response has
 */
public record ApiResponse(int status, Body body, Map<String, String> headers) {
    public static final String JSON = "application/json";

    /** Larger bodies are written in chunks of this size. */
    private static final int CHUNK_SIZE = 128 * 1024;

    /**
     * What follows the headers. The route returns a response, and the body writes itself.
     */
    public sealed interface Body {
        /** Writes the body after the status and headers have been set; a HEAD request gets its length only. */
        void send(HttpServerResponse response, HttpMethod method);
    }

    private record NoBody() implements Body {
        @Override
        public void send(HttpServerResponse response, HttpMethod method) {
            response.end();
        }
    }

    /** @param bytes may be shared by many responses; do not change them */
    private record Bytes(Buffer bytes) implements Body {
        @Override
        public void send(HttpServerResponse response, HttpMethod method) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length()));
            if (method.equals(HttpMethod.HEAD)) {
                response.end();
            } else {
                sendFrom(0, response);
            }
        }

        /** Chunks wait for the client to read, because Vert.x copies whatever waits in a connection out of the heap. */
        private void sendFrom(int start, HttpServerResponse response) {
            int sent = start;
            while (!response.closed() && bytes.length() - sent > CHUNK_SIZE) {
                if (response.writeQueueFull()) {
                    int next = sent;
                    response.drainHandler(drained -> sendFrom(next, response));
                    return;
                }
                response.write(bytes.slice(sent, sent + CHUNK_SIZE));
                sent += CHUNK_SIZE;
            }
            if (!response.closed()) {
                response.end(bytes.slice(sent, bytes.length()));
            }
        }
    }

    /** @param path a complete file, which does not change */
    private record WholeFile(Path path) implements Body {
        @Override
        public void send(HttpServerResponse response, HttpMethod method) {
            if (method.equals(HttpMethod.HEAD)) {
                response.end();
            } else {
                response.sendFile(path.toString());
            }
        }
    }

    /** @param writer takes over a response whose headers are set, and ends it some time later */
    private record Continuous(Consumer<HttpServerResponse> writer) implements Body {
        @Override
        public void send(HttpServerResponse response, HttpMethod method) {
            if (method.equals(HttpMethod.HEAD)) {
                response.end();
            } else {
                // HTTP/1.0 has no chunks: there the body ends with the connection.
                writer.accept(response.setChunked(true));
            }
        }
    }

    public static ApiResponse json(int status, JsonObject document) {
        return json(status, Json.bytes(document));
    }

    public static ApiResponse json(int status, byte[] document) {
        return of(status, JSON, document).withHeader("Cache-Control", "no-store");
    }

    public static ApiResponse of(int status, String contentType, byte[] document) {
        return of(status, contentType, Buffer.buffer(document));
    }

    public static ApiResponse of(int status, String contentType, Buffer document) {
        return new ApiResponse(status, new Bytes(document), Map.of("Content-Type", contentType));
    }

    /**
     * A response that is written over time.
     *
     * @param writer called on the event loop of the request when the headers are set, unless it is a HEAD request
     */
    public static ApiResponse continuous(String contentType, Consumer<HttpServerResponse> writer) {
        return new ApiResponse(200, new Continuous(writer), Map.of("Content-Type", contentType));
    }

    /** A response with the content of a file. */
    public static ApiResponse file(String contentType, Path file) {
        return new ApiResponse(200, new WholeFile(file), Map.of("Content-Type", contentType));
    }

    public static ApiResponse empty(int status) {
        return new ApiResponse(status, new NoBody(), Map.of());
    }

    public ApiResponse withHeader(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new ApiResponse(status, body, more);
    }

    /** Sends the response on the event loop of the request. Does nothing if one was sent or the client is gone. */
    public void send(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status);
        headers.forEach(response::putHeader);
        body.send(response, request.method());
    }
}
