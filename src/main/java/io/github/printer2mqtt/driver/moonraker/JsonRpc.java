package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.BoundedJson;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.websocket.BoundedWebSocket;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** JSON-RPC 2.0 over one web socket. Belongs to the event loop of the web socket. */
final class JsonRpc implements BoundedWebSocket.Listener {
    /** Of calls without an answer; a reading has one at a time, and lookups that took too long. */
    private static final int MAX_PENDING = 16;

    /** What the server sends unasked. */
    interface Listener {
        /**
         * @param params as parsed; empty if there are none
         * @param bytes the size of the message
         */
        void onNotification(String method, List<?> params, int bytes);

        /** The web socket closed by itself. */
        void onClosed();
    }

    private final Listener listener;
    private final Map<Long, Promise<LenientJson>> pending = new HashMap<>();
    private @Nullable BoundedWebSocket socket;
    private long lastId;

    JsonRpc(Listener listener) {
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
     * Calls a method; the response has {@code result} or {@code error}. Waits until the web socket closes, so a caller sets
     * its own limit.
     *
     * @param params JSON text
     */
    Future<LenientJson> call(String method, String params) {
        BoundedWebSocket open = socket;
        if (open == null || !open.isOpen() || pending.size() >= MAX_PENDING) {
            return Future.failedFuture(new PrinterException(FailureReason.UNREADABLE, "the web socket cannot be used"));
        }
        long id = ++lastId;
        Promise<LenientJson> response = Promise.promise();
        pending.put(id, response);
        open.send("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":" + params + ",\"id\":" + id + "}");
        return response.future();
    }

    /** As {@link BoundedWebSocket#within}. */
    <T> Future<T> within(Duration limit, Supplier<Future<T>> work) {
        BoundedWebSocket open = socket;
        return open == null
                ? Future.failedFuture(new PrinterException(FailureReason.UNREADABLE, "the web socket cannot be used"))
                : open.within(limit, work);
    }

    void close() {
        if (socket != null) {
            socket.close();
        }
        failPending(new PrinterException(FailureReason.UNREADABLE, "the web socket was closed"));
    }

    @Override
    public void onMessage(Buffer text) {
        Map<String, Object> message = BoundedJson.object(text);
        if (message == null) {
            throw new PrinterException(FailureReason.UNREADABLE, "a message of the web socket is no JSON object");
        }
        if (message.get("method") instanceof String method) {
            List<?> params = message.get("params") instanceof List<?> given ? given : List.of();
            listener.onNotification(method, params, text.length());
        } else if (message.get("id") instanceof Number id) {
            Promise<LenientJson> response = pending.remove(id.longValue());
            if (response != null) {
                response.complete(LenientJson.of(message));
            }
        }
    }

    @Override
    public void onClosed(PrinterException why) {
        failPending(why);
        listener.onClosed();
    }

    private void failPending(PrinterException why) {
        List<Promise<LenientJson>> failed = new ArrayList<>(pending.values());
        pending.clear();
        failed.forEach(response -> response.tryFail(why));
    }
}
