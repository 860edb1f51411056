package io.github.printer2mqtt.cli.client;

import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.TerminalText;
import io.github.printer2mqtt.cli.Version;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.ApiClient;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Sends requests to a running bridge and blocks for a bounded time. The token goes to the bridge and nowhere else. */
final class BridgeExchange implements AutoCloseable {
    private static final int MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

    private final BridgeEndpoint bridge;
    private final Vertx vertx;
    private final ApiClient http;

    private BridgeExchange(BridgeEndpoint bridge, Vertx vertx, ApiClient http) {
        this.bridge = bridge;
        this.vertx = vertx;
        this.http = http;
    }

    /** Starts the threads of a client, which {@link #close()} ends. */
    static BridgeExchange to(BridgeEndpoint bridge) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        return new BridgeExchange(bridge, vertx, ApiClient.create(vertx, MAX_RESPONSE_BYTES, bridge.trust()));
    }

    /**
     * A request to the bridge.
     *
     * @param path with leading slash and query
     * @param contentType of the body; null without one
     * @param body null for none
     */
    record Request(
            HttpMethod method,
            String path,
            @Nullable String contentType,
            @Nullable Buffer body) {
        static Request of(HttpMethod method, String path) {
            return new Request(method, path, null, null);
        }
    }

    /** Sends a request and throws if the bridge does not respond with success. */
    ApiClient.Response sendAccepted(Request request, Duration timeout) {
        ApiClient.Response response = send(request, timeout);
        if (response.status() < 200 || response.status() > 299) {
            throw exception(response);
        }
        return response;
    }

    ApiClient.Response send(Request request, Duration timeout) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", "application/json");
        headers.put("User-Agent", "printer2mqtt-cli/" + Version.text());
        if (request.contentType() != null) {
            headers.put("Content-Type", request.contentType());
        }
        URI uri = URI.create(bridge.base() + request.path());
        try {
            return http.send(
                            new ApiClient.Request(request.method(), uri, headers, bridge.token(), request.body()),
                            timeout)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.FAILURE, "interrupted while waiting for " + bridge.base(), e);
        } catch (ExecutionException e) {
            throw failure(e, timeout);
        }
    }

    JsonObject document(ApiClient.Response response) {
        try {
            return response.body().toJsonObject();
        } catch (DecodeException | ClassCastException e) {
            throw notABridge(response);
        }
    }

    RuntimeException exception(ApiClient.Response response) {
        return response.contentType().startsWith("application/problem+json")
                ? BridgeResponseException.of(response.status(), document(response))
                : notABridge(response);
    }

    private RuntimeException failure(ExecutionException failed, Duration timeout) {
        if (!(failed.getCause() instanceof PrinterException cause)) {
            return new IllegalStateException("the request to " + bridge.base() + " failed", failed);
        }
        PollFailure failure = cause.failure();
        return switch (failure.reason()) {
            case REFUSED, UNREACHABLE -> new BridgeNotRunningException(bridge.base());
            case TIMEOUT -> notReady(bridge.base() + " did not respond within " + timeout.toMillis() + " ms", cause);
            case TLS -> notReady(untrusted(String.valueOf(failure.detail())), cause);
            case DNS -> notReady("cannot reach " + bridge.base() + ": the host name has no address", cause);
            default ->
                notReady(
                        "cannot reach " + bridge.base() + ": " + TerminalText.line(String.valueOf(failure.detail())),
                        cause);
        };
    }

    private String untrusted(String detail) {
        String start = "cannot trust the certificate of " + bridge.base();
        return bridge.trust() instanceof ApiClient.Trust.Pinned pinned
                ? start + ": its fingerprint is not " + pinned.fingerprint()
                : start + " (" + TerminalText.line(detail) + "); name its authority with --ca, or its fingerprint with"
                        + " --fingerprint";
    }

    private static CliException notReady(String message, Throwable cause) {
        return new CliException(ExitCode.NOT_READY, message, cause);
    }

    private CliException notABridge(ApiClient.Response response) {
        return new CliException(
                ExitCode.NOT_READY,
                "the server at " + bridge.base() + " is not printer2mqtt (HTTP status " + response.status()
                        + "); check the URL");
    }

    /** The process ends soon after it, so nothing waits for the threads. */
    @Override
    public void close() {
        vertx.close();
    }
}
