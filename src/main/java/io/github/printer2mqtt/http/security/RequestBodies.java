package io.github.printer2mqtt.http.security;

import io.github.printer2mqtt.http.message.FieldElement;
import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.json.ClientJson;
import io.github.printer2mqtt.json.ClientJson.InvalidJsonException;
import io.github.printer2mqtt.net.http.FieldLines;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads request bodies within a size limit and the memory that all clients share. A body needs a Content-Type that an HTML form
 * cannot send. Problems never quote a body, which may contain credentials.
 */
public final class RequestBodies {
    public static final int MAX_BODY = 1024 * 1024;
    public static final int MAX_IMPORT = 5 * 1024 * 1024;
    public static final String JSON = "application/json";
    public static final String MERGE_PATCH = "application/merge-patch+json";

    /** Larger bodies are parsed on a worker thread. */
    private static final int MAX_INLINE_PARSE = 64 * 1024;

    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

    private final Vertx vertx;
    private final ClientConnections connections;
    private final RequestMemory memory;

    public RequestBodies(Vertx vertx, ClientConnections connections, RequestMemory memory) {
        this.vertx = vertx;
        this.connections = connections;
        this.memory = memory;
    }

    /** Reads a JSON object. */
    public Future<JsonObject> readObject(RoutingContext request, Set<String> types) {
        return readBytes(request, types, MAX_BODY).compose(this::parseJson).map(RequestBodies::asObject);
    }

    /** Reads a JSON object; without a body, returns an empty one and ignores the Content-Type. */
    public Future<JsonObject> readOptionalObject(RoutingContext request) {
        HttpServerRequest http = request.request();
        return read(request, MAX_BODY).compose(bytes -> {
            if (bytes.length() == 0) {
                return Future.succeededFuture(new JsonObject());
            }
            Problem rejection = rejection(http, Set.of(JSON));
            if (rejection != null) {
                return Future.failedFuture(rejection.asException());
            }
            return parseJson(bytes).map(RequestBodies::asObject);
        });
    }

    /** Reads a body of one of the types up to a size in bytes. */
    public Future<Buffer> readBytes(RoutingContext request, Set<String> types, int limit) {
        Problem rejection = rejection(request.request(), types);
        return rejection == null ? read(request, limit) : Future.failedFuture(rejection.asException());
    }

    /** The Content-Type without parameters, in lower case; empty if absent or repeated. */
    public static String contentType(HttpServerRequest request) {
        List<String> lines = request.headers().getAll(HttpHeaders.CONTENT_TYPE);
        return lines.size() == 1 ? FieldElement.parse(lines.get(0)).value() : "";
    }

    /** Parses JSON to a JsonObject, JsonArray, String, Number or Boolean. */
    public Future<Object> parseJson(Buffer body) {
        return body.length() <= MAX_INLINE_PARSE
                ? Future.succeededFuture(parse(body))
                : vertx.executeBlocking(() -> parse(body), false);
    }

    public static Problem.HttpProblemException expectedJson(String expected) {
        return Problem.of(400, "malformed_json", "expected the body to be " + expected)
                .asException();
    }

    private Future<Buffer> read(RoutingContext context, int max) {
        HttpServerRequest request = context.request();
        int limit = (int) Math.min(max, memory.maxBody());
        OptionalLong contentLength = contentLength(request);
        RequestMemory.Reservation reserved = memory.reservation(contentLength);
        context.addEndHandler(sent -> reserved.release());
        Promise<Buffer> body = Promise.promise();
        Buffer read = Buffer.buffer();
        request.handler(chunk -> {
            // Data beyond the limit is read and dropped, because a client that still sends would not see the response.
            if (body.future().isComplete()) {
                return;
            }
            if (read.length() + chunk.length() > limit) {
                body.tryFail(tooLarge(limit));
            } else if (contentLength.isEmpty() && !reserved.grow(chunk.length())) {
                body.tryFail(busy());
            } else {
                read.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(failure ->
                body.tryFail(Problem.of(400, "bad_request", "the connection ended before the body was complete")
                        .asException()));
        request.endHandler(end -> {
            connections.onBody(request);
            body.tryComplete(read);
        });
        if (contentLength.orElse(0) > limit) {
            body.tryFail(tooLarge(limit));
        } else if (!reserved.grow(contentLength.orElse(0))) {
            body.tryFail(busy());
        } else if (FieldLines.containsToken(request.headers().getAll(HttpHeaders.EXPECT), "100-continue")) {
            request.response().writeContinue();
        }
        return body.future();
    }

    private static OptionalLong contentLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && DIGITS.matcher(length).matches()
                ? OptionalLong.of(Long.parseLong(length))
                : OptionalLong.empty();
    }

    private static Object parse(Buffer body) {
        Object value;
        try {
            value = ClientJson.read(body.getBytes());
        } catch (InvalidJsonException e) {
            throw Problem.of(400, "malformed_json", "invalid JSON in the body: " + e.getMessage())
                    .asException();
        }
        if (value == null) {
            throw expectedJson("a JSON object, found null");
        }
        return value;
    }

    private static JsonObject asObject(Object value) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw expectedJson("a JSON object");
    }

    private static Problem.HttpProblemException tooLarge(int limit) {
        return Problem.of(413, "body_too_large", "expected a body of at most " + limit + " bytes")
                .asException();
    }

    private static Problem.HttpProblemException busy() {
        return Problem.of(503, "busy", "other uploads use the memory for requests; try again later")
                .withHeader("Retry-After", "5")
                .asException();
    }

    private static @Nullable Problem rejection(HttpServerRequest request, Set<String> types) {
        List<String> codings = FieldLines.elements(request.headers().getAll(HttpHeaders.CONTENT_ENCODING));
        if (codings.stream().anyMatch(coding -> !coding.equalsIgnoreCase("identity"))) {
            return unsupported("the Content-Encoding " + QuotedText.of(String.join(", ", codings)), "none");
        }
        String found = contentType(request);
        if (types.contains(found)) {
            return null;
        }
        return unsupported(
                found.isEmpty() ? "no single Content-Type" : "the Content-Type " + QuotedText.of(found),
                String.join(" or ", types.stream().sorted().toList()));
    }

    private static Problem unsupported(String found, String expected) {
        return Problem.of(415, "unsupported_media_type", "found " + found + ", expected " + expected);
    }
}
