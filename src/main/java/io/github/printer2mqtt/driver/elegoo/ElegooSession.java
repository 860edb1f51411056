package io.github.printer2mqtt.driver.elegoo;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.websocket.WebSocketUnavailableException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One Elegoo printer over its only web socket, commands included: the printer serves few clients. Belongs to the event loop of its {@link
 * PrinterHttp}.
 */
final class ElegooSession implements PushedSession, SdcpChannel.Listener {
    private static final String PATH = "/websocket";

    private final PrinterHttp http;
    private final Duration timeout;
    private final LongSupplier nanos;

    private PushedSession.@Nullable Listener listener;
    private @Nullable SdcpChannel channel;
    private PrintMemory memory = new PrintMemory();
    private @Nullable LenientJson status;
    private @Nullable String model;

    /** Whether the connection brought a reading, so that a loss of it ends the session. */
    private boolean isEstablished;

    ElegooSession(PrinterHttp http, Duration timeout, LongSupplier nanos) {
        this.http = http;
        this.timeout = timeout;
        this.nanos = nanos;
    }

    @Override
    public void listen(PushedSession.Listener monitor) {
        listener = monitor;
    }

    @Override
    public boolean isPushing() {
        return channel != null && channel.isReady();
    }

    @Override
    public @Nullable String fallback() {
        return null;
    }

    @Override
    public Future<Reading> latest() {
        LenientJson newest = status;
        return newest == null
                ? Future.failedFuture(new PrinterException(FailureReason.UNREADABLE, "not connected"))
                : Future.succeededFuture(ElegooMapper.reading(newest, memory, model));
    }

    /** Connects if necessary, and requests the status, which also keeps the printer from dropping the connection. */
    @Override
    public Future<Reading> poll() {
        long end = nanos.getAsLong() + timeout.toNanos();
        return opened().compose(open -> open.requestStatus(left(end)))
                .compose(received -> latest())
                .onSuccess(reading -> isEstablished = isPushing())
                .onFailure(failure -> closeAndReport());
    }

    private Duration left(long end) {
        return Duration.ofNanos(Math.max(1_000_000, end - nanos.getAsLong()));
    }

    private Future<SdcpChannel> opened() {
        SdcpChannel open = channel;
        if (open != null && open.isOpen()) {
            return Future.succeededFuture(open);
        }
        forget();
        return open(http, timeout, nanos, this).onSuccess(opened -> channel = opened);
    }

    /** Connects. Fails with a {@link PrinterException}. */
    static Future<SdcpChannel> open(
            PrinterHttp http, Duration limit, LongSupplier nanos, SdcpChannel.Listener listener) {
        SdcpChannel opening = new SdcpChannel(nanos, listener);
        return http.openWebSocket(PATH, Map.of(), limit, opening)
                .map(socket -> {
                    opening.attach(socket);
                    return opening;
                })
                .recover(failure -> Future.failedFuture(
                        failure instanceof WebSocketUnavailableException refused ? unavailable(refused) : failure));
    }

    private static PrinterException unavailable(WebSocketUnavailableException refused) {
        Integer code = refused.status();
        return code != null && code == 500
                ? new PrinterException(
                        FailureReason.BUSY,
                        "the printer serves no more clients (HTTP 500): close other programs, or switch it off and on")
                : new PrinterException(FailureReason.UNREADABLE, refused.getMessage());
    }

    @Override
    public void onStatus(LenientJson newest) {
        memory.update(newest);
        status = newest;
        if (listener != null) {
            listener.onUpdate();
        }
    }

    @Override
    public void onAttributes(LenientJson attributes) {
        model = attributes.text("MachineName");
        if (status != null && listener != null) {
            listener.onUpdate();
        }
    }

    @Override
    public void onClosed(SdcpChannel source) {
        if (source == channel) {
            onLost();
        }
    }

    private void onLost() {
        boolean wasEstablished = isEstablished;
        forget();
        if (wasEstablished && listener != null) {
            listener.onLost();
        }
    }

    private void closeAndReport() {
        if (channel != null) {
            channel.close();
        }
        onLost();
    }

    private void forget() {
        channel = null;
        status = null;
        memory = new PrintMemory();
        isEstablished = false;
    }

    @Override
    public Future<Void> execute(PrinterCommand command) {
        SdcpCommand request = SdcpCommand.of(command);
        SdcpChannel open = channel;
        return open == null || !open.isReady()
                ? Future.failedFuture(new PrinterException(FailureReason.DISCONNECTED, "not connected to the printer")
                        .with(Delivery.NOT_SENT))
                : open.execute(request);
    }

    @Override
    public void close() {
        SdcpChannel open = channel;
        forget();
        if (open != null) {
            open.close();
        }
        http.close();
    }
}
