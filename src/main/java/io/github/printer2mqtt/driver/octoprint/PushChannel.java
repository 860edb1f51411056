package io.github.printer2mqtt.driver.octoprint;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.BoundedJson;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.websocket.BoundedWebSocket;
import io.github.printer2mqtt.net.websocket.WebSocketUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one connection to OctoPrint's push socket, without the framing of SockJS. Belongs to the event loop of the
 * web socket.
 *
 * <p>OctoPrint answers the begin of a subscription with the whole status ({@code history}). After that it sends the status
 * once a second while a printer is connected ({@code current}), and a change of the state at once ({@code event}). Source:
 * {@code src/octoprint/server/util/sockjs.py} (1.11.8 and 2.0.0rc7).
 */
final class PushChannel implements BoundedWebSocket.Listener {
    /** The least time between two {@code current} messages, in halves of a second. */
    private static final String THROTTLE = "{\"throttle\":2}";

    private static final String SUBSCRIBE = "{\"subscribe\":{\"state\":{\"logs\":false,\"messages\":false},"
            + "\"events\":[\"PrinterStateChanged\",\"PrinterProfileModified\"],\"plugins\":false}}";
    private static final String UNSUBSCRIBE = "{\"subscribe\":{\"state\":false,\"events\":[],\"plugins\":false}}";

    /** Of a {@code current}, which holds the temperatures since the one before. */
    private static final int MAX_CURRENT_BYTES = 256 * 1024;

    /** What OctoPrint sends. */
    interface Listener {
        /** The requested status. */
        void onHistory(LenientJson status);

        /** A status that was not requested. */
        void onCurrent(LenientJson status);

        /** @param type the name of the event; null if there is none */
        void onEvent(@Nullable String type, LenientJson payload);

        /** OctoPrint sends nothing more without another login. */
        void onLoginLost();

        /** The web socket closed by itself. */
        void onClosed();
    }

    private final Listener listener;
    private @Nullable BoundedWebSocket socket;
    private @Nullable Promise<Void> expectedHistory;
    private boolean isSubscribed;
    private boolean wasGreeted;

    PushChannel(Listener listener) {
        this.listener = listener;
    }

    /** Must be called before the first request. */
    void attach(BoundedWebSocket opened) {
        socket = opened;
    }

    boolean isOpen() {
        return socket != null && socket.isOpen();
    }

    void close() {
        if (socket != null) {
            socket.close();
        }
    }

    /**
     * Requests the whole status, and completes after the listener has got it. Fails as {@link BoundedWebSocket#within} does,
     * and with a {@link WebSocketUnavailableException} if OctoPrint does not accept the login.
     *
     * @param login the message that logs in; empty if that is not necessary
     */
    Future<Void> requestHistory(Optional<String> login, Duration limit) {
        BoundedWebSocket open = socket;
        if (open == null || !open.isOpen()) {
            return Future.failedFuture(
                    new PrinterException(FailureReason.UNREADABLE, "the printer closed the web socket"));
        }
        return open.within(limit, () -> {
            Promise<Void> history = Promise.promise();
            expectedHistory = history;
            if (isSubscribed) {
                login.ifPresent(open::send);
                open.send(UNSUBSCRIBE);
                open.send(SUBSCRIBE);
            } else {
                // In this order OctoPrint sends neither its log nor the history twice.
                open.send(THROTTLE);
                open.send(SUBSCRIBE);
                login.ifPresent(open::send);
                isSubscribed = true;
            }
            return history.future();
        });
    }

    @Override
    public void onMessage(Buffer text) {
        Map<String, Object> members = BoundedJson.objectWithLastOf("temps", text);
        if (members == null) {
            throw new PrinterException(FailureReason.UNREADABLE, "a message of the web socket is no JSON object");
        }
        LenientJson message = LenientJson.of(members);
        if (message.at("current").isObject()) {
            onCurrent(message.at("current"), text.length());
        } else if (message.at("history").isObject()) {
            onHistory(message.at("history"));
        } else if (message.at("event").isObject()) {
            listener.onEvent(message.text("event", "type"), message.at("event", "payload"));
        } else if (message.at("reauthRequired").isObject()) {
            onLoginLost();
        } else if (message.at("connected").isObject()) {
            onGreeting();
        }
    }

    private void onCurrent(LenientJson current, int bytes) {
        if (bytes > MAX_CURRENT_BYTES) {
            throw new PrinterException(FailureReason.TOO_LARGE, "a status is larger than 256 KiB");
        }
        listener.onCurrent(current);
    }

    private void onHistory(LenientJson history) {
        Promise<Void> expected = expectedHistory;
        expectedHistory = null;
        if (expected == null) {
            listener.onCurrent(history);
        } else {
            listener.onHistory(history);
            expected.tryComplete();
        }
    }

    /** OctoPrint greets once a connection; a second greeting comes from one that was restarted behind a proxy. */
    private void onGreeting() {
        if (wasGreeted) {
            onLoginLost();
        }
        wasGreeted = true;
    }

    private void onLoginLost() {
        Promise<Void> expected = expectedHistory;
        expectedHistory = null;
        if (expected == null) {
            listener.onLoginLost();
        } else {
            expected.tryFail(WebSocketUnavailableException.withoutLogin("OctoPrint does not accept it"));
        }
    }

    @Override
    public void onClosed(PrinterException why) {
        listener.onClosed();
        if (expectedHistory != null) {
            expectedHistory.tryFail(why);
        }
    }
}
