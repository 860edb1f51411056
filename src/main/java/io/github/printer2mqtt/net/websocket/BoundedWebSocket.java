package io.github.printer2mqtt.net.websocket;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.Deadline;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.ReceiveLimit;
import io.github.printer2mqtt.net.ReceivedMessages;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.github.printer2mqtt.vertx.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open web socket to a printer. A message has at most 1 MiB, {@link ReceiveLimit} limits how much arrives in a second,
 * and a printer that is silent for 30 seconds and does not answer a ping is disconnected. Belongs to the event loop of its
 * socket: every method is called there, and so is the listener.
 */
public final class BoundedWebSocket {
    private static final Logger LOG = LoggerFactory.getLogger(BoundedWebSocket.class);
    private static final int MAX_MESSAGE_BYTES = 1024 * 1024;

    /** Receives what a printer sends. */
    public interface Listener {
        /**
         * A complete text message, as the bytes of its UTF-8. A {@link PrinterException} that this throws closes the web
         * socket with that failure.
         */
        void onMessage(Buffer text);

        /** The web socket is closed, by the printer or because it broke a rule. Not called after {@link #close}. */
        void onClosed(PrinterException why);
    }

    private final NetSocket socket;
    private final Runnable closeConnection;
    private final LoopTimers timers;
    private final ReceivedMessages received;
    private final Listener listener;
    private final WebSocketCodec codec = WebSocketCodec.client(MAX_MESSAGE_BYTES);
    private final ReceiveLimit limit;
    private final KeepAlive keepAlive;
    private Timers.@Nullable Timer keepAliveTimer;
    private Timers.@Nullable Timer pause;
    private boolean closed;

    private BoundedWebSocket(
            NetSocket socket,
            Runnable closeConnection,
            LoopTimers timers,
            ReceivedMessages received,
            Listener listener) {
        this.socket = socket;
        this.closeConnection = closeConnection;
        this.timers = timers;
        this.received = received;
        this.listener = listener;
        this.limit = new ReceiveLimit(timers.nanos());
        this.keepAlive = new KeepAlive(timers.nanos());
    }

    /**
     * Takes over a connection after the opening handshake.
     *
     * @param closeConnection closes the connection below the socket at once
     * @param received counts what arrives
     */
    public static BoundedWebSocket open(
            NetSocket socket,
            Runnable closeConnection,
            LoopTimers timers,
            ReceivedMessages received,
            Listener listener) {
        BoundedWebSocket open = new BoundedWebSocket(socket, closeConnection, timers, received, listener);
        socket.exceptionHandler(failure -> open.onConnectionClosed());
        socket.closeHandler(gone -> open.onConnectionClosed());
        socket.handler(open::onBytes);
        open.scheduleKeepAlive();
        return open;
    }

    public boolean isOpen() {
        return !closed;
    }

    /** Sends a text message; a printer that reads nothing is disconnected. Does nothing once the web socket is closed. */
    public void send(String text) {
        send(WebSocketCodec.Message.text(text));
    }

    /**
     * Waits for work that needs messages of the printer. If it is not done within the limit, the web socket is closed and
     * the future fails with {@code TIMEOUT}.
     */
    public <T> Future<T> within(Duration limit, Supplier<Future<T>> work) {
        Promise<T> result = Promise.promise();
        Deadline deadline = Deadline.start(timers, limit, () -> {
            PrinterException late = new PrinterException(
                    FailureReason.TIMEOUT, "no complete answer within " + limit.toMillis() + " ms");
            result.tryFail(late);
            fail(late);
        });
        work.get().onComplete((value, failure) -> {
            deadline.cancel();
            if (failure == null) {
                result.tryComplete(value);
            } else {
                result.tryFail(failure);
            }
        });
        return result.future();
    }

    /** Closes the connection without waiting for the printer. May be called more than once. */
    public void close() {
        if (!closed) {
            send(WebSocketCodec.Message.control(WebSocketCodec.Kind.CLOSE));
            end();
        }
    }

    /** The connection below was closed. */
    public void onConnectionClosed() {
        fail(new PrinterException(FailureReason.UNREADABLE, "the printer closed the web socket"));
    }

    private void fail(PrinterException why) {
        if (!closed) {
            end();
            listener.onClosed(why);
        }
    }

    private void end() {
        closed = true;
        cancel(keepAliveTimer);
        if (pause != null) {
            pause.cancel();
            socket.resume(); // Vert.x does not release what has arrived at a connection that is closed while it is
            // paused
        }
        codec.close();
        closeConnection.run();
    }

    private static void cancel(Timers.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void send(WebSocketCodec.Message message) {
        if (closed) {
            return;
        }
        if (socket.writeQueueFull()) {
            fail(new PrinterException(FailureReason.TIMEOUT, "the printer does not read what the bridge sends"));
            return;
        }
        socket.write(codec.encode(message));
    }

    private void onBytes(Buffer bytes) {
        if (closed) {
            return;
        }
        long now = timers.nanos();
        keepAlive.onReceived(now);
        try {
            List<WebSocketCodec.Message> messages = codec.decode(bytes);
            received.add(messages.size(), bytes.length());
            Duration wait = limit.onReceived(messages.size(), bytes.length(), now);
            if (!wait.isZero()) {
                pauseReading(wait);
            }
            messages.forEach(this::onMessage);
            answerLastPing(messages);
        } catch (PrinterException e) {
            fail(e);
        } catch (RuntimeException e) {
            LOG.error("a message of a web socket could not be handled", e);
            fail(new PrinterException(FailureReason.UNREADABLE, "internal error of the bridge, see its log"));
        }
    }

    private void onMessage(WebSocketCodec.Message message) {
        if (closed) {
            return;
        }
        switch (message.kind()) {
            case TEXT -> listener.onMessage(message.payload());
            case CLOSE -> onConnectionClosed();
            case BINARY, PING, PONG -> {}
        }
    }

    /** Of several pings only the last needs an answer (RFC 6455, section 5.5.3). */
    private void answerLastPing(List<WebSocketCodec.Message> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).kind() == WebSocketCodec.Kind.PING) {
                send(new WebSocketCodec.Message(
                        WebSocketCodec.Kind.PONG, messages.get(i).payload()));
                return;
            }
        }
    }

    private void pauseReading(Duration wait) {
        if (pause == null) {
            socket.pause();
            pause = timers.after(wait, () -> {
                pause = null;
                socket.resume();
            });
        }
    }

    private void scheduleKeepAlive() {
        keepAliveTimer = timers.after(KeepAlive.INTERVAL, () -> {
            switch (keepAlive.check(timers.nanos())) {
                case PING -> send(WebSocketCodec.Message.control(WebSocketCodec.Kind.PING));
                case CLOSE -> fail(new PrinterException(FailureReason.TIMEOUT, "the printer does not answer a ping"));
                case NOTHING -> {}
            }
            if (!closed) {
                scheduleKeepAlive();
            }
        });
    }
}
