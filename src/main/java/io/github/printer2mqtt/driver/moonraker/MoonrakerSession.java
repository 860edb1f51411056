package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.ApiKeyHeaders;
import io.github.printer2mqtt.driver.FoundPicture;
import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.driver.WebSocketFallback;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One printer behind Moonraker: over its web socket, or by HTTP where {@link WebSocketFallback} decides so. Belongs to the
 * event loop of its {@link PrinterHttp}.
 */
final class MoonrakerSession implements PushedSession {
    private final Credentials credentials;
    private final Map<String, String> headers;
    private final PrinterHttp http;
    private final MoonrakerPoller poller;
    private final MoonrakerSocket socket;
    private final WebSocketFallback<Reading> fallback;

    MoonrakerSession(Credentials credentials, PrinterHttp http, Duration timeout, LongSupplier nanos) {
        this.credentials = credentials;
        this.headers = ApiKeyHeaders.of(credentials);
        this.http = http;
        StatusReader reader = new StatusReader(nanos);
        this.poller = new MoonrakerPoller(headers, credentialsAdvice(), http, timeout, nanos, reader);
        this.fallback = new WebSocketFallback<>(nanos, this::isOpen, this::pollWebSocket, this::pollByHttp);
        this.socket =
                new MoonrakerSocket(headers, credentials, credentialsAdvice(), http, timeout, nanos, reader, fallback);
    }

    @Override
    public void listen(PushedSession.Listener monitor) {
        fallback.listen(monitor);
    }

    @Override
    public boolean isPushing() {
        return socket.isPushing();
    }

    @Override
    public @Nullable String fallback() {
        return fallback.reason();
    }

    @Override
    public Future<Reading> latest() {
        return socket.latest();
    }

    @Override
    public Future<Reading> poll() {
        return fallback.poll();
    }

    private boolean isOpen() {
        return socket.isOpen();
    }

    private Future<Reading> pollWebSocket() {
        return socket.poll();
    }

    private Future<Reading> pollByHttp() {
        socket.close();
        return poller.poll();
    }

    /** Uses JSON-RPC, whose errors contain Klipper's message, unlike many of the HTTP API. */
    @Override
    public Future<Void> execute(PrinterCommand command) {
        PrinterRequest request =
                PrinterRequest.postJson("/server/jsonrpc", headers, MoonrakerCommandRequest.body(command));
        return http.onSecondConnection(COMMAND_LIMIT, exchange -> exchange.send(request))
                .compose(response -> {
                    RuntimeException failure = MoonrakerErrorMapper.of(response, credentialsAdvice());
                    return failure == null ? Future.succeededFuture() : Future.failedFuture(failure);
                });
    }

    @Override
    public Future<FoundPicture> findPicture(FoundPicture.Kind kind, Duration limit) {
        MoonrakerPictures pictures = new MoonrakerPictures(headers, credentialsAdvice());
        return http.onSecondConnection(
                limit,
                exchange -> kind == FoundPicture.Kind.THUMBNAIL
                        ? pictures.thumbnail(exchange)
                        : pictures.snapshot(exchange));
    }

    private String credentialsAdvice() {
        return credentials.apiKey() == null
                ? "Moonraker requires an API key: add api_key to the credentials or this host to its trusted_clients"
                : "Moonraker refuses the API key: it is wrong";
    }

    @Override
    public void close() {
        socket.close();
        http.close();
    }
}
