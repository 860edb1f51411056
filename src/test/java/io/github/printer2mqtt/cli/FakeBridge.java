package io.github.printer2mqtt.cli;

import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.TestResource;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A server with the responses that a test gives it, which records the requests it receives. */
final class FakeBridge implements TestResource {
    /**
     * A request as it was received.
     *
     * @param line method and path
     * @param authorization the header; null if missing
     * @param body as text
     */
    record ReceivedRequest(String line, @Nullable String authorization, String body) {}

    private record Response(int status, String type, Buffer body) {}

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final Map<String, Response> responses = new ConcurrentHashMap<>(
            Map.of("GET /api/printers/export", new Response(200, "application/json", Buffer.buffer("{}"))));
    private final Map<String, Queue<JsonObject>> nextResponses = new ConcurrentHashMap<>();
    private final Queue<ReceivedRequest> requests = new ConcurrentLinkedQueue<>();

    FakeBridge() {
        server =
                Await.done(vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1"));
    }

    FakeBridge responds(String line, int status, JsonObject document) {
        return responds(line, status, "application/json", document.toBuffer());
    }

    FakeBridge rejects(String line, int status, String code, String detail) {
        return rejects(line, status, new JsonObject().put("code", code).put("detail", detail));
    }

    FakeBridge rejects(String line, int status, JsonObject problem) {
        return responds(line, status, "application/problem+json", problem.toBuffer());
    }

    FakeBridge responds(String line, int status, String type, Buffer body) {
        responses.put(line, new Response(status, type, body));
        return this;
    }

    /** Responds with the next document each time, and with the last one from then on. */
    FakeBridge respondsInTurn(String line, JsonObject... documents) {
        responds(line, 200, documents[0]);
        nextResponses.put(line, new ConcurrentLinkedQueue<>(List.of(documents).subList(1, documents.length)));
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    String port() {
        return Integer.toString(server.actualPort());
    }

    /** The next request in the order of arrival. */
    ReceivedRequest nextRequest() {
        return requests.remove();
    }

    private void handle(HttpServerRequest request) {
        String line = request.method() + " " + request.path();
        request.body().onSuccess(body -> {
            requests.add(new ReceivedRequest(line, request.getHeader("Authorization"), body.toString()));
            Response response =
                    responses.getOrDefault(line, new Response(404, "text/html", Buffer.buffer("<h1>no</h1>")));
            JsonObject next = nextResponses
                    .getOrDefault(line, new ConcurrentLinkedQueue<>())
                    .poll();
            if (next != null) {
                responds(line, 200, next);
            }
            request.response().setStatusCode(response.status());
            if (response.status() == 302) {
                request.response().putHeader("Location", "/elsewhere");
            }
            if (response.status() == 204) {
                request.response().end();
            } else {
                request.response().putHeader("Content-Type", response.type()).end(response.body());
            }
        });
    }

    @Override
    public void close() {
        Await.done(vertx.close());
    }
}
