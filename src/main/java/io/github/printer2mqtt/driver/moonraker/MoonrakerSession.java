package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.ApiKeyHeaders;
import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.net.websocket.WebSocketUnavailableException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One printer behind Moonraker: over its web socket, or by HTTP where the web socket is refused or does not work. Then the
 * web socket is tried again after half a minute, and up to ten minutes later each time. Belongs to the event loop of its
 * {@link PrinterHttp}.
 */
final class MoonrakerSession implements PushedSession, PushedSession.Listener {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(30);
    private static final Duration LAST_RETRY = Duration.ofMinutes(10);

    /** A web socket that closes earlier does not work, if it does so repeatedly. */
    private static final Duration SHORT_LIFE = Duration.ofSeconds(10);

    private static final int MAX_SHORT_LIVES = 3;

    /** Failures of a web socket that HTTP may not have. */
    private static final Set<FailureReason> OF_WEB_SOCKET =
            EnumSet.of(FailureReason.TIMEOUT, FailureReason.UNREADABLE, FailureReason.TOO_LARGE);

    private final Credentials credentials;
    private final Map<String, String> headers;
    private final PrinterHttp http;
    private final LongSupplier nanos;
    private final MoonrakerPoller poller;
    private final MoonrakerSocket socket;

    private PushedSession.@Nullable Listener listener;
    private @Nullable String fallback;

    /** Why the next poll is by HTTP; null if it is not. */
    private @Nullable String doubt;

    private long socketSince;
    private long retryAt;
    private Duration retryAfter = FIRST_RETRY;
    private int shortLives;

    MoonrakerSession(Credentials credentials, PrinterHttp http, Duration timeout, LongSupplier nanos) {
        this.credentials = credentials;
        this.headers = ApiKeyHeaders.of(credentials);
        this.http = http;
        this.nanos = nanos;
        StatusReader reader = new StatusReader(nanos);
        this.poller = new MoonrakerPoller(headers, credentialsAdvice(), http, timeout, nanos, reader);
        this.socket =
                new MoonrakerSocket(headers, credentials, credentialsAdvice(), http, timeout, nanos, reader, this);
    }

    @Override
    public void listen(PushedSession.Listener monitor) {
        listener = monitor;
    }

    @Override
    public boolean isPushing() {
        return socket.isPushing();
    }

    @Override
    public @Nullable String fallback() {
        return fallback;
    }

    @Override
    public Future<Reading> latest() {
        return socket.latest();
    }

    @Override
    public Future<Reading> poll() {
        String reason = fallback == null ? doubt : fallback;
        doubt = null;
        boolean isRetry = fallback != null && nanos.getAsLong() - retryAt >= 0;
        return reason != null && !isRetry ? pollByHttp(reason) : pollSocket(reason);
    }

    private Future<Reading> pollSocket(@Nullable String lastReason) {
        boolean wasOpen = socket.isOpen();
        return socket.poll()
                .onSuccess(reading -> {
                    fallback = null;
                    socketSince = wasOpen ? socketSince : nanos.getAsLong();
                })
                .recover(failure -> {
                    if (failure instanceof WebSocketUnavailableException) {
                        return pollByHttp(String.valueOf(failure.getMessage()));
                    }
                    String why = faultOfWebSocket(failure);
                    if (why != null && lastReason != null) {
                        return pollByHttp(lastReason);
                    }
                    doubt = why;
                    return Future.failedFuture(failure);
                });
    }

    /** Null if HTTP would fail as well. */
    private static @Nullable String faultOfWebSocket(Throwable failure) {
        if (!(failure instanceof PrinterException exception) || exception.delivery() == Delivery.NOT_SENT) {
            return null;
        }
        PollFailure found = exception.failure();
        return OF_WEB_SOCKET.contains(found.reason())
                ? "the web socket does not work: "
                        + (found.detail() == null ? found.reason().wireName() : found.detail())
                : null;
    }

    private Future<Reading> pollByHttp(String reason) {
        socket.close();
        return poller.poll().onSuccess(reading -> startFallback(reason)).onFailure(failure -> fallback = null);
    }

    private void startFallback(String reason) {
        long now = nanos.getAsLong();
        if (fallback == null || now - retryAt >= 0) {
            retryAt = now + retryAfter.toNanos();
            Duration doubled = retryAfter.multipliedBy(2);
            retryAfter = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
        }
        fallback = reason;
    }

    @Override
    public void onUpdate() {
        if (listener != null) {
            listener.onUpdate();
        }
    }

    @Override
    public void onPollNeeded() {
        if (listener != null) {
            listener.onPollNeeded();
        }
    }

    @Override
    public void onLost() {
        boolean isShort = nanos.getAsLong() - socketSince < SHORT_LIFE.toNanos();
        shortLives = isShort ? shortLives + 1 : 0;
        if (isShort && shortLives >= MAX_SHORT_LIVES) {
            doubt = "the web socket does not stay open";
        } else if (!isShort) {
            retryAfter = FIRST_RETRY;
        }
        if (listener != null) {
            listener.onLost();
        }
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
