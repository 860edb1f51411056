package io.github.printer2mqtt.cli;

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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server that answers in the shapes of the HTTP API what a test tells it to, and remembers what it was asked. */
final class AnsweringBridge implements AutoCloseable {
    /**
     * A request as it came.
     *
     * @param line method and path
     * @param authorization that header; null if it was missing
     * @param body as text
     */
    record Asked(String line, @Nullable String authorization, String body) {}

    private record Answer(int status, String type, Buffer body) {}

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>(
            Map.of("GET /api/printers/export", new Answer(200, "application/json", Buffer.buffer("{}"))));
    private final Map<String, Queue<JsonObject>> later = new ConcurrentHashMap<>();
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();

    AnsweringBridge() {
        server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    AnsweringBridge answers(String line, int status, JsonObject document) {
        return answers(line, status, "application/json", document.toBuffer());
    }

    AnsweringBridge refuses(String line, int status, String code, String detail) {
        return refuses(line, status, new JsonObject().put("code", code).put("detail", detail));
    }

    AnsweringBridge refuses(String line, int status, JsonObject problem) {
        return answers(line, status, "application/problem+json", problem.toBuffer());
    }

    AnsweringBridge answers(String line, int status, String type, Buffer body) {
        answers.put(line, new Answer(status, type, body));
        return this;
    }

    /** The next answer each time it is asked, and the last one from then on. */
    AnsweringBridge answersInTurn(String line, JsonObject... documents) {
        answers(line, 200, documents[0]);
        later.put(line, new ConcurrentLinkedQueue<>(List.of(documents).subList(1, documents.length)));
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    String port() {
        return Integer.toString(server.actualPort());
    }

    /** The next request in the order they came. */
    Asked asked() {
        return asked.remove();
    }

    private void handle(HttpServerRequest request) {
        String line = request.method() + " " + request.path();
        request.body().onSuccess(body -> {
            asked.add(new Asked(line, request.getHeader("Authorization"), body.toString()));
            Answer answer = answers.getOrDefault(line, new Answer(404, "text/html", Buffer.buffer("<h1>no</h1>")));
            JsonObject next =
                    later.getOrDefault(line, new ConcurrentLinkedQueue<>()).poll();
            if (next != null) {
                answers(line, 200, next);
            }
            request.response().setStatusCode(answer.status());
            if (answer.status() == 302) {
                request.response().putHeader("Location", "/elsewhere");
            }
            if (answer.status() == 204) {
                request.response().end();
            } else {
                request.response().putHeader("Content-Type", answer.type()).end(answer.body());
            }
        });
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
