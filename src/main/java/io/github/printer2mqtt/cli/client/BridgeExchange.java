package io.github.printer2mqtt.cli.client;

import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.TerminalText;
import io.github.printer2mqtt.cli.Version;
import io.github.printer2mqtt.net.http.BearerToken;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests to a running bridge and blocks for a bounded time. The token goes to the bridge and nowhere else: no
 * redirect is followed and no proxy is used.
 */
final class BridgeExchange {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final long MAX_RESPONSE_BYTES = 64L * 1024 * 1024;

    private final BridgeEndpoint bridge;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    BridgeExchange(BridgeEndpoint bridge) {
        this.bridge = bridge;
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(bridge.base() + path))
                .header("Accept", "application/json")
                .header("User-Agent", "printer2mqtt-cli/" + Version.text());
        Secret token = bridge.token();
        if (token != null) {
            BearerToken.putOn(request, token);
        }
        return request;
    }

    /** Sends a request and throws if the bridge does not respond with success. */
    HttpResponse<byte[]> sendAccepted(HttpRequest.Builder request, Duration timeout) {
        HttpResponse<byte[]> response = send(request, timeout);
        if (response.statusCode() < 200 || response.statusCode() > 299) {
            throw exception(response);
        }
        return response;
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request, Duration timeout) {
        CompletableFuture<HttpResponse<byte[]>> pending =
                http.sendAsync(request.build(), info -> new BoundedBodyHandler(MAX_RESPONSE_BYTES));
        try {
            return pending.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw new CliException(
                    ExitCode.NOT_READY, bridge.base() + " did not respond within " + timeout.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.FAILURE, "interrupted while waiting for " + bridge.base(), e);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    JsonObject document(HttpResponse<byte[]> response) {
        try {
            return Buffer.buffer(response.body()).toJsonObject();
        } catch (DecodeException | ClassCastException e) {
            throw notABridge(response);
        }
    }

    RuntimeException exception(HttpResponse<byte[]> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        return type.startsWith("application/problem+json")
                ? BridgeResponseException.of(response.statusCode(), document(response))
                : notABridge(response);
    }

    private RuntimeException failure(ExecutionException failed) {
        Throwable cause = failed.getCause();
        if (cause instanceof ConnectException && !isUnresolved(cause)) {
            return new BridgeNotRunningException(bridge.base());
        }
        if (cause instanceof IOException) {
            String why = isUnresolved(cause) ? "the host name has no address" : String.valueOf(cause.getMessage());
            return new CliException(
                    ExitCode.NOT_READY, "cannot reach " + bridge.base() + ": " + TerminalText.line(why), cause);
        }
        return new IllegalStateException("the request to " + bridge.base() + " failed", cause);
    }

    private static boolean isUnresolved(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof UnresolvedAddressException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    private CliException notABridge(HttpResponse<byte[]> response) {
        return new CliException(
                ExitCode.NOT_READY,
                "the server at " + bridge.base() + " is not printer2mqtt (HTTP status " + response.statusCode()
                        + "); check the URL");
    }
}
