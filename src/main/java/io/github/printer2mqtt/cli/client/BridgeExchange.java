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
 * One request to a running bridge and its answer. Blocks, with a bound. The token goes to the bridge and nowhere else: no
 * redirect is followed and no proxy asked.
 */
final class BridgeExchange {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final long LARGEST_ANSWER = 64L * 1024 * 1024;

    private final BridgeEndpoint bridge;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(CONNECT)
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

    /** The answer, if the bridge accepts the request. */
    HttpResponse<byte[]> accepted(HttpRequest.Builder request, Duration bound) {
        HttpResponse<byte[]> response = send(request, bound);
        if (response.statusCode() < 200 || response.statusCode() > 299) {
            throw refusal(response);
        }
        return response;
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request, Duration bound) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request.build(), info -> new BoundedBodyHandler(LARGEST_ANSWER));
        try {
            return answer.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new CliException(
                    ExitCode.NOT_READY, "no answer from " + bridge.base() + " within " + bound.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
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
            throw stranger(response);
        }
    }

    RuntimeException refusal(HttpResponse<byte[]> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        return type.startsWith("application/problem+json")
                ? BridgeResponseException.of(response.statusCode(), document(response))
                : stranger(response);
    }

    private RuntimeException failure(ExecutionException failed) {
        Throwable cause = failed.getCause();
        if (cause instanceof ConnectException && !isUnresolved(cause)) {
            return new BridgeNotRunningException(bridge.base());
        }
        if (cause instanceof IOException) {
            String why = isUnresolved(cause) ? "the name has no address" : String.valueOf(cause.getMessage());
            return new CliException(
                    ExitCode.NOT_READY, "cannot ask " + bridge.base() + ": " + TerminalText.line(why), cause);
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

    private CliException stranger(HttpResponse<byte[]> response) {
        return new CliException(
                ExitCode.NOT_READY,
                "what answers at " + bridge.base() + " is no printer2mqtt (status " + response.statusCode() + ")");
    }
}
