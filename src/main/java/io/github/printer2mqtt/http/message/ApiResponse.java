package io.github.printer2mqtt.http.message;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer, complete: handlers make one and the route table sends it.
 *
 * @param status the HTTP status
 * @param body null for none; it may be shared by many answers and is not changed
 * @param headers of the answer, beside those that every answer has
 */
public record ApiResponse(int status, @Nullable Buffer body, Map<String, String> headers) {
    public static final String JSON = "application/json";

    public static ApiResponse json(int status, byte[] document) {
        return of(status, JSON, document).with("Cache-Control", "no-store");
    }

    public static ApiResponse of(int status, String contentType, byte[] document) {
        return of(status, contentType, Buffer.buffer(document));
    }

    public static ApiResponse of(int status, String contentType, Buffer document) {
        return new ApiResponse(status, document, Map.of("Content-Type", contentType));
    }

    public static ApiResponse empty(int status) {
        return new ApiResponse(status, null, Map.of());
    }

    public ApiResponse with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new ApiResponse(status, body, more);
    }

    /** Sends the answer on the request's own loop; a HEAD request gets the headers only. */
    public void send(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return; // the client went away, or a failure came after the answer
        }
        response.setStatusCode(status);
        headers.forEach(response::putHeader);
        if (body == null) {
            response.end();
        } else if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
                    .end();
        } else if (body.length() <= StreamedBody.CHUNK_SIZE) {
            response.end(body);
        } else {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
            new StreamedBody(response, body).writeNext();
        }
    }
}
