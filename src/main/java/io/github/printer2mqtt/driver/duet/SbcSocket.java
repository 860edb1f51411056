package io.github.printer2mqtt.driver.duet;

import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.BoundedJson;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.websocket.BoundedWebSocket;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the object model over the web socket of DuetSoftwareFramework. Belongs to the session's event loop.
 *
 * <p>The server sends the whole model, and then one change for each {@code OK}. It is sent once the model was read, so that
 * the monitor's limit of readings is also that of the changes. Source: {@code WebSocketController.cs} of DuetWebServer.
 */
final class SbcSocket implements BoundedWebSocket.Listener {
    private static final String ACKNOWLEDGE = "OK\n";
    private static final String PING = "PING\n";
    private static final String PONG = "PONG";

    /** The board counts the seconds, so that a change comes each second. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final PrinterHttp http;
    private final LongSupplier nanos;
    private final StatusReader reader;
    private final PushedSession.Listener listener;

    private @Nullable SbcServer server;
    private @Nullable BoundedWebSocket socket;
    private @Nullable SbcModel model;
    private @Nullable Promise<Void> expectedModel;
    private @Nullable Promise<Void> expectedPong;
    private boolean isUnread;
    private long heardAt;

    /** Whether the connection brought a reading, so that a loss of it ends the session. */
    private boolean isEstablished;

    SbcSocket(PrinterHttp http, LongSupplier nanos, StatusReader reader, PushedSession.Listener listener) {
        this.http = http;
        this.nanos = nanos;
        this.reader = reader;
        this.listener = listener;
    }

    boolean isPushing() {
        return isOpen() && model != null && model.hasPrinter();
    }

    boolean isOpen() {
        return socket != null && socket.isOpen();
    }

    /**
     * Connects, or checks that the server still answers. Fails like {@link PrinterHttp#openWebSocket}, too.
     *
     * @param end of the time for it
     */
    Future<Reading> poll(SbcServer of, long end) {
        server = of;
        return (isOpen() ? checked(of, end) : connected(of, end))
                .compose(done -> latest())
                .onSuccess(reading -> isEstablished = isOpen())
                .onFailure(this::onFailedPoll);
    }

    private Future<Void> connected(SbcServer of, long end) {
        forget();
        Promise<Void> whole = Promise.promise();
        expectedModel = whole;
        return http.within(left(end), of::webSocketPath)
                .compose(path -> http.openWebSocket(path, Map.of(), left(end), this))
                .compose(opened -> {
                    socket = opened;
                    return opened.within(left(end), whole::future);
                });
    }

    /** A server that answers may have stopped to observe the board: after silence the model is read from its source. */
    private Future<Void> checked(SbcServer of, long end) {
        BoundedWebSocket open = socket;
        if (open == null) {
            return Future.failedFuture(notConnected());
        }
        boolean isQuiet = nanos.getAsLong() - heardAt >= QUIET.toNanos();
        Future<Void> answered = open.within(left(end), () -> {
            Promise<Void> pong = Promise.promise();
            expectedPong = pong;
            open.send(PING);
            return pong.future();
        });
        return isQuiet
                ? answered.compose(pong -> http.besideWebSocket(left(end), of::document))
                        .map(document -> {
                            model = SbcModel.of(document);
                            return null;
                        })
                : answered;
    }

    private Duration left(long end) {
        return Duration.ofNanos(Math.max(1_000_000, end - nanos.getAsLong()));
    }

    /** The newest status by the changes so far; the next change may come. */
    Future<Reading> latest() {
        SbcModel known = model;
        SbcServer of = server;
        BoundedWebSocket open = socket;
        if (known == null || of == null || open == null) {
            return Future.failedFuture(notConnected());
        }
        acknowledge(open);
        return Future.succeededFuture(known).map(read -> reader.read(of, read.model()));
    }

    private static PrinterException notConnected() {
        return new PrinterException(FailureReason.UNREADABLE, "the web socket is not open");
    }

    private void acknowledge(BoundedWebSocket open) {
        if (isUnread) {
            isUnread = false;
            open.send(ACKNOWLEDGE);
        }
    }

    void close() {
        BoundedWebSocket open = socket;
        forget();
        if (open != null) {
            open.close();
        }
    }

    /** Without a board the web socket stays open, because the server reports when it is back. */
    private void onFailedPoll(Throwable failure) {
        boolean isWithoutPrinter = failure instanceof PrinterException exception
                && exception.failure().reason() == FailureReason.DISCONNECTED;
        if (!isWithoutPrinter || !isOpen()) {
            boolean wasEstablished = isEstablished;
            close();
            reportLoss(wasEstablished);
        }
    }

    @Override
    public void onMessage(Buffer text) {
        heardAt = nanos.getAsLong();
        if (server != null) {
            server.onPush();
        }
        if (isPong(text)) {
            if (expectedPong != null) {
                expectedPong.tryComplete();
            }
            return;
        }
        Map<String, Object> message = BoundedJson.object(text);
        if (message == null) {
            throw new PrinterException(FailureReason.UNREADABLE, "a message of the web socket is no JSON object");
        }
        isUnread = true;
        if (model == null) {
            model = SbcModel.of(message);
            if (expectedModel != null) {
                expectedModel.tryComplete();
            }
        } else {
            onChange(model, message);
        }
    }

    private static boolean isPong(Buffer text) {
        return text.length() <= PONG.length() + 2
                && text.toString(StandardCharsets.UTF_8).strip().equals(PONG);
    }

    private void onChange(SbcModel known, Map<String, Object> change) {
        boolean hadPrinter = known.hasPrinter();
        known.merge(change);
        if (known.hasPrinter() != hadPrinter) {
            listener.onPollNeeded();
        } else if (hadPrinter) {
            listener.onUpdate();
        } else if (socket != null) {
            acknowledge(socket); // nobody reads what is no status
        }
    }

    @Override
    public void onClosed(PrinterException why) {
        boolean wasEstablished = isEstablished;
        Promise<Void> whole = expectedModel;
        Promise<Void> pong = expectedPong;
        forget();
        reportLoss(wasEstablished);
        if (whole != null) {
            whole.tryFail(why);
        }
        if (pong != null) {
            pong.tryFail(why);
        }
    }

    private void reportLoss(boolean wasEstablished) {
        if (wasEstablished) {
            reader.onGap();
            listener.onLost();
        }
    }

    private void forget() {
        socket = null;
        model = null;
        expectedModel = null;
        expectedPong = null;
        isUnread = false;
        isEstablished = false;
    }
}
