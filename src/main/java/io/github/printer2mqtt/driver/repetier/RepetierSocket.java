package io.github.printer2mqtt.driver.repetier;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.ReplyTimer;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.BoundedJson;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.websocket.BoundedWebSocket;
import io.github.printer2mqtt.net.websocket.WebSocketUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls and events over one web socket of a server. Belongs to the event loop of the web socket. Source: the vendor's text on
 * the API, and {@code RepetierConnection.cs} of RepetierSharp.
 */
final class RepetierSocket implements BoundedWebSocket.Listener {
    private static final int MAX_PENDING = 16;

    /** Of events, which are kept; several of them come in a message. */
    private static final int MAX_EVENT_BYTES = 256 * 1024;

    /** What the server sends unasked. */
    interface Listener {
        void onEvent(String name, String slug, LenientJson data);

        /** A message was handled, whatever it was. */
        void onMessage();

        /** The web socket closed by itself. */
        void onClosed();
    }

    private final Listener listener;
    private final Map<Long, Promise<LenientJson>> pending = new HashMap<>();
    private @Nullable BoundedWebSocket socket;
    private long lastId;

    RepetierSocket(Listener listener) {
        this.listener = listener;
    }

    /** Must be called before the first call. */
    void attach(BoundedWebSocket opened) {
        socket = opened;
    }

    boolean isOpen() {
        return socket != null && socket.isOpen();
    }

    /**
     * Calls an action, and completes with the whole message of the reply. Fails with a {@link WebSocketUnavailableException} if
     * the server does not accept the key for it. Waits until the web socket closes, so that a caller sets its own limit.
     *
     * @param data JSON text
     * @param slug of the printer; empty for the server
     */
    Future<LenientJson> call(String action, String data, String slug) {
        BoundedWebSocket open = socket;
        if (open == null || !open.isOpen() || pending.size() >= MAX_PENDING) {
            return Future.failedFuture(new PrinterException(FailureReason.UNREADABLE, "the web socket cannot be used"));
        }
        long id = ++lastId;
        Promise<LenientJson> reply = Promise.promise();
        pending.put(id, reply);
        open.send(message(action, data, slug, id));
        return reply.future();
    }

    /** The same, but a missing reply fails the call only. */
    Future<LenientJson> call(String action, String data, String slug, Duration limit) {
        long id = lastId + 1;
        return ReplyTimer.within(limit, call(action, data, slug), () -> {
            pending.remove(id);
            return new PrinterException(FailureReason.TIMEOUT, "no answer within " + limit.toMillis() + " ms");
        });
    }

    /** Reads what the server says of its printers. Fails as {@link #call} does. */
    Future<RepetierSnapshot> snapshot() {
        return call("listPrinter", "{}", "").compose(list -> {
            RepetierSnapshot listed = new RepetierSnapshot(RepetierRequests.elements(list), LenientJson.empty());
            String slug = listed.anySlug();
            return slug == null
                    ? Future.succeededFuture(listed)
                    : call("stateList", RepetierRequests.NO_HISTORY, slug)
                            .map(states -> new RepetierSnapshot(listed.printers(), states.at("data")));
        });
    }

    /** Sends an action of the server, and ignores the reply. */
    void send(String action, String data) {
        BoundedWebSocket open = socket;
        if (open != null) {
            lastId++;
            open.send(message(action, data, "", lastId));
        }
    }

    private static String message(String action, String data, String slug, long id) {
        return new JsonObject()
                .put("action", action)
                .put("data", new JsonObject(data))
                .put("printer", slug)
                .put("callback_id", id)
                .encode();
    }

    /** As {@link BoundedWebSocket#within}. */
    <T> Future<T> within(Duration limit, Supplier<Future<T>> work) {
        BoundedWebSocket open = socket;
        return open == null
                ? Future.failedFuture(new PrinterException(FailureReason.UNREADABLE, "the web socket cannot be used"))
                : open.within(limit, work);
    }

    /** @param why the calls without a reply fail */
    void close(Throwable why) {
        if (socket != null) {
            socket.close();
        }
        failPending(why);
    }

    @Override
    public void onMessage(Buffer text) {
        Map<String, Object> members = BoundedJson.object(text);
        if (members == null) {
            throw new PrinterException(FailureReason.UNREADABLE, "a message of the web socket is no JSON object");
        }
        LenientJson message = LenientJson.of(members);
        Long id = message.whole("callback_id");
        Promise<LenientJson> reply = id == null ? null : pending.remove(id);
        if (reply != null) {
            onReply(reply, message);
        } else if (text.length() > MAX_EVENT_BYTES) {
            throw new PrinterException(FailureReason.TOO_LARGE, "events are larger than 256 KiB");
        } else {
            message.elements("data").forEach(this::onEvent);
        }
        listener.onMessage();
    }

    private static void onReply(Promise<LenientJson> reply, LenientJson message) {
        String error = RepetierRequests.error(message);
        if (error != null || message.isTrue("data", "permissionDenied")) {
            reply.tryFail(withoutLogin());
        } else {
            reply.tryComplete(message);
        }
    }

    private static WebSocketUnavailableException withoutLogin() {
        return WebSocketUnavailableException.withoutLogin("Repetier-Server does not accept the key there");
    }

    private void onEvent(LenientJson event) {
        String name = event.text("event");
        if ("loginRequired".equals(name)) {
            failPending(withoutLogin());
            throw new PrinterException(FailureReason.UNREADABLE, "the server requires a login");
        } else if (name != null) {
            String slug = event.text("printer");
            listener.onEvent(name, slug == null ? "" : slug, event.at("data"));
        }
    }

    @Override
    public void onClosed(PrinterException why) {
        listener.onClosed();
        failPending(why);
    }

    private void failPending(Throwable why) {
        List<Promise<LenientJson>> failed = new ArrayList<>(pending.values());
        pending.clear();
        failed.forEach(reply -> reply.tryFail(why));
    }
}
