package io.github.printer2mqtt.cli;

import io.github.printer2mqtt.net.BearerToken;
import io.github.printer2mqtt.printer.Secret;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a running bridge over its HTTP API. Every call blocks, with a bound. The token goes to the bridge and nowhere
 * else: no redirect is followed and no proxy asked.
 */
final class BridgeClient implements PrintersDoor {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final long LARGEST_ANSWER = 64L * 1024 * 1024;
    private static final String PRINTERS = "/api/printers";

    /**
     * How long an answer may take as a whole.
     *
     * @param usual from what the bridge knows
     * @param detection where the bridge asks a printer first, on several ports with a deadline each
     */
    record Patience(Duration usual, Duration detection) {
        static Patience standard() {
            return new Patience(Duration.ofSeconds(10), Duration.ofSeconds(60));
        }
    }

    private final BridgeEndpoint bridge;
    private final Patience patience;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(CONNECT)
            .build();

    BridgeClient(BridgeEndpoint bridge, Patience patience) {
        this.bridge = bridge;
        this.patience = patience;
    }

    /**
     * How the bridge is.
     *
     * @param isReady whether it can serve
     * @param document what it says of its parts
     */
    record Readiness(boolean isReady, JsonObject document) {}

    Readiness readiness() {
        HttpResponse<byte[]> response = send(request("/health/ready").GET(), patience.usual());
        boolean isReady = response.statusCode() == 200;
        if (!isReady && response.statusCode() != 503) {
            throw refusal(response);
        }
        return new Readiness(isReady, document(response));
    }

    @Override
    public JsonObject list() {
        return document(accepted(request(PRINTERS).GET(), patience.usual()));
    }

    @Override
    public JsonObject add(JsonObject registration) {
        return document(accepted(post(PRINTERS, registration), patience.detection()));
    }

    @Override
    public void remove(String id) {
        accepted(request(PRINTERS + "/" + id).DELETE(), patience.usual());
    }

    @Override
    public JsonObject probe(JsonObject request) {
        return document(accepted(post(PRINTERS + "/probe", request), patience.detection()));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(bridge.base() + path)).header("Accept", "application/json");
        Secret token = bridge.token();
        if (token != null) {
            BearerToken.putOn(request, token);
        }
        return request;
    }

    private HttpRequest.Builder post(String path, JsonObject body) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body.toBuffer().getBytes()));
    }

    private HttpResponse<byte[]> accepted(HttpRequest.Builder request, Duration bound) {
        HttpResponse<byte[]> response = send(request, bound);
        if (response.statusCode() < 200 || response.statusCode() > 299) {
            throw refusal(response);
        }
        return response;
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request, Duration bound) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request.build(), info -> new BoundedBody(LARGEST_ANSWER));
        try {
            return answer.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new CliFailure(
                    ExitCode.NOT_READY, "no answer from " + bridge.base() + " within " + bound.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new CliFailure(ExitCode.FAILURE, "interrupted while waiting for " + bridge.base(), e);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private RuntimeException failure(ExecutionException failed) {
        Throwable cause = failed.getCause();
        if (cause instanceof ConnectException && !isUnresolved(cause)) {
            return new NothingRunsException(bridge.base());
        }
        if (cause instanceof IOException) {
            String why = isUnresolved(cause) ? "the name has no address" : String.valueOf(cause.getMessage());
            return new CliFailure(ExitCode.NOT_READY, "cannot ask " + bridge.base() + ": " + Shown.line(why), cause);
        }
        return new IllegalStateException("asking " + bridge.base() + " failed", cause);
    }

    private static boolean isUnresolved(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof UnresolvedAddressException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    private RuntimeException refusal(HttpResponse<byte[]> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (!type.startsWith("application/problem+json")) {
            return stranger(response);
        }
        JsonObject problem = document(response);
        String field = Shown.text(problem, "field");
        String detail = Shown.text(problem, "detail");
        return new BridgeRefusal(
                response.statusCode(),
                String.valueOf(Shown.text(problem, "code")),
                field,
                detail == null ? "the bridge answered " + response.statusCode() : detail);
    }

    private JsonObject document(HttpResponse<byte[]> response) {
        try {
            return Buffer.buffer(response.body()).toJsonObject();
        } catch (DecodeException | ClassCastException e) {
            throw stranger(response);
        }
    }

    private CliFailure stranger(HttpResponse<byte[]> response) {
        return new CliFailure(
                ExitCode.NOT_READY,
                "what answers at " + bridge.base() + " is no printer2mqtt (status " + response.statusCode() + ")");
    }
}
