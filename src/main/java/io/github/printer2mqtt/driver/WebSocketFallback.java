package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.net.websocket.WebSocketUnavailableException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each poll of a printer that has a web socket and an HTTP API which of them it uses: the web socket, or HTTP
 * where the web socket is refused or does not work. Then the web socket is tried again after half a minute, and up to ten
 * minutes later each time. Belongs to the event loop of its session.
 *
 * @param <T> what a poll brings
 */
public final class WebSocketFallback<T> implements PushedSession.Listener {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(30);
    private static final Duration LAST_RETRY = Duration.ofMinutes(10);

    /** A web socket that closes earlier does not work, if it does so repeatedly. */
    private static final Duration SHORT_LIFE = Duration.ofSeconds(10);

    private static final int MAX_SHORT_LIVES = 3;

    /** Failures of a web socket that HTTP may not have. */
    private static final Set<FailureReason> OF_WEB_SOCKET =
            EnumSet.of(FailureReason.TIMEOUT, FailureReason.UNREADABLE, FailureReason.TOO_LARGE);

    private final LongSupplier nanos;
    private final BooleanSupplier isOpen;
    private final Supplier<Future<T>> overWebSocket;
    private final Supplier<Future<T>> byHttp;

    private PushedSession.@Nullable Listener listener;
    private @Nullable String fallback;

    /** Why the next poll is by HTTP; null if it is not. */
    private @Nullable String doubt;

    private long openSince;
    private long retryAt;
    private Duration retryAfter = FIRST_RETRY;
    private int shortLives;

    /**
     * @param nanos monotonic time
     * @param isOpen whether the web socket is open
     * @param overWebSocket polls over the web socket, which it opens if necessary
     * @param byHttp closes the web socket and polls by HTTP
     */
    public WebSocketFallback(
            LongSupplier nanos, BooleanSupplier isOpen, Supplier<Future<T>> overWebSocket, Supplier<Future<T>> byHttp) {
        this.nanos = nanos;
        this.isOpen = isOpen;
        this.overWebSocket = overWebSocket;
        this.byHttp = byHttp;
    }

    /** Must be called before the first poll; it gets what the web socket reports. */
    public void listen(PushedSession.Listener monitor) {
        listener = monitor;
    }

    /** Why polls are by HTTP, in one line; null if they are not. */
    public @Nullable String reason() {
        return fallback;
    }

    public Future<T> poll() {
        String reason = fallback == null ? doubt : fallback;
        doubt = null;
        boolean isRetry = fallback != null && nanos.getAsLong() - retryAt >= 0;
        return reason != null && !isRetry ? pollByHttp(reason) : pollWebSocket(reason);
    }

    private Future<T> pollWebSocket(@Nullable String lastReason) {
        boolean wasOpen = isOpen.getAsBoolean();
        return overWebSocket
                .get()
                .onSuccess(reading -> {
                    fallback = null;
                    openSince = wasOpen ? openSince : nanos.getAsLong();
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

    private Future<T> pollByHttp(String reason) {
        return byHttp.get().onSuccess(reading -> start(reason)).onFailure(failure -> fallback = null);
    }

    private void start(String reason) {
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

    /** A web socket that had brought a reading was closed. */
    @Override
    public void onLost() {
        boolean isShort = nanos.getAsLong() - openSince < SHORT_LIFE.toNanos();
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
}
