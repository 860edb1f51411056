package io.github.printer2mqtt.driver.elegoo;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.ReplyTimer;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.BoundedJson;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.websocket.BoundedWebSocket;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The messages of one web socket. Belongs to its event loop. */
final class SdcpChannel implements BoundedWebSocket.Listener {
    /** The printer drops a client that has sent nothing for about a minute, also while it reports. */
    private static final Duration SEND_WITHIN = Duration.ofSeconds(30);

    private static final Duration REPLY_LIMIT = Duration.ofSeconds(10);

    /** What the printer sends. */
    interface Listener {
        void onStatus(LenientJson status);

        void onAttributes(LenientJson attributes);

        /** The web socket closed by itself. */
        void onClosed(SdcpChannel source);
    }

    private final LongSupplier nanos;
    private final Listener listener;

    /** Commands without an acknowledgement, each at most for {@link #REPLY_LIMIT}, by request. */
    private final Map<String, Promise<Void>> commands = new HashMap<>();

    private @Nullable BoundedWebSocket socket;
    private @Nullable String mainboard;
    private @Nullable Promise<Void> expectedStatus;
    private @Nullable Promise<LenientJson> expectedAttributes;
    private @Nullable String statusRequest;
    private boolean hasStatus;
    private long sentAt;

    SdcpChannel(LongSupplier nanos, Listener listener) {
        this.nanos = nanos;
        this.listener = listener;
    }

    /** Must be called before the first request. */
    void attach(BoundedWebSocket opened) {
        socket = opened;
    }

    boolean isOpen() {
        return socket != null && socket.isOpen();
    }

    /** Whether the printer reports by itself. */
    boolean isReady() {
        return hasStatus && isOpen();
    }

    void close() {
        if (socket != null) {
            socket.close();
        }
        failAll(new PrinterException(FailureReason.DISCONNECTED, "the session was closed"));
    }

    /**
     * Completes after the listener has got a status; once it has one, the acknowledgement is enough, since changes are reported
     * anyway. Fails as {@link BoundedWebSocket#within} does.
     */
    Future<Void> requestStatus(Duration limit) {
        return within(limit, () -> {
            Promise<Void> status = Promise.promise();
            expectedStatus = status;
            if (!hasStatus) {
                send(SdcpCommand.attributes());
            }
            statusRequest = send(SdcpCommand.status());
            return status.future();
        });
    }

    /** The attributes. Fails as {@link BoundedWebSocket#within} does. */
    Future<LenientJson> requestAttributes(Duration limit) {
        return within(limit, () -> {
            Promise<LenientJson> attributes = Promise.promise();
            expectedAttributes = attributes;
            send(SdcpCommand.attributes());
            return attributes.future();
        });
    }

    private <T> Future<T> within(Duration limit, Supplier<Future<T>> work) {
        BoundedWebSocket open = socket;
        return open == null || !open.isOpen()
                ? Future.failedFuture(
                        new PrinterException(FailureReason.UNREADABLE, "the printer closed the web socket"))
                : open.within(limit, work);
    }

    /** Fails with a {@link CommandRefusedException}, or with a {@link PrinterException} if nothing says that it was done. */
    Future<Void> execute(SdcpCommand command) {
        String request = send(command);
        Promise<Void> reply = Promise.promise();
        commands.put(request, reply);
        return ReplyTimer.within(REPLY_LIMIT, reply.future(), () -> {
            commands.remove(request);
            return new PrinterException(
                    FailureReason.TIMEOUT, "the printer did not reply within " + REPLY_LIMIT.toSeconds() + " s");
        });
    }

    private String send(SdcpCommand command) {
        String request = UUID.randomUUID().toString().replace("-", "");
        sentAt = nanos.getAsLong();
        if (socket != null) {
            socket.send(command.message(
                    request, mainboard, InstantSource.system().instant().getEpochSecond()));
        }
        return request;
    }

    /** Texts that are no JSON, such as an answer to a ping, are skipped. */
    @Override
    public void onMessage(Buffer text) {
        Map<String, Object> members = BoundedJson.object(text);
        if (members == null) {
            return;
        }
        LenientJson message = LenientJson.of(members);
        String id = message.text("MainboardID");
        mainboard = id == null ? mainboard : id;
        if (message.at("Status").isObject()) {
            onStatus(message.at("Status"));
        } else if (message.at("Attributes").isObject()) {
            onAttributes(message.at("Attributes"));
        } else if (message.text("Data", "RequestID") != null) {
            onAcknowledged(message.at("Data"));
        }
    }

    private void onStatus(LenientJson status) {
        if (SdcpStatus.of(status).machine() == null) {
            return; // no whole status
        }
        hasStatus = true;
        listener.onStatus(status);
        completeStatus();
        if (nanos.getAsLong() - sentAt >= SEND_WITHIN.toNanos()) {
            send(SdcpCommand.status());
        }
    }

    private void completeStatus() {
        Promise<Void> expected = expectedStatus;
        expectedStatus = null;
        if (expected != null) {
            expected.tryComplete();
        }
    }

    private void onAttributes(LenientJson attributes) {
        listener.onAttributes(attributes);
        Promise<LenientJson> expected = expectedAttributes;
        expectedAttributes = null;
        if (expected != null) {
            expected.tryComplete(attributes);
        }
    }

    private void onAcknowledged(LenientJson data) {
        String request = data.text("RequestID");
        if (request != null && request.equals(statusRequest) && hasStatus) {
            completeStatus();
        }
        Promise<Void> reply = commands.remove(request);
        if (reply == null) {
            return;
        }
        Integer ack = data.integer("Data", "Ack");
        String refusal = ack == null ? "the printer does not say whether it accepts it" : SdcpCommand.refusal(ack);
        if (refusal == null) {
            reply.tryComplete();
        } else {
            CommandRefusedException.Reason reason = ack != null && ack == 1
                    ? CommandRefusedException.Reason.STATE
                    : CommandRefusedException.Reason.OTHER;
            reply.tryFail(new CommandRefusedException(reason, refusal));
        }
    }

    @Override
    public void onClosed(PrinterException why) {
        listener.onClosed(this);
        failAll(why);
    }

    private void failAll(PrinterException why) {
        if (expectedStatus != null) {
            expectedStatus.tryFail(why);
        }
        if (expectedAttributes != null) {
            expectedAttributes.tryFail(why);
        }
        commands.values().forEach(command -> command.tryFail(why));
        commands.clear();
    }
}
