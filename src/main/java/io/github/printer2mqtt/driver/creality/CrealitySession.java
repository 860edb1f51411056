package io.github.printer2mqtt.driver.creality;

import io.github.printer2mqtt.driver.FoundPicture;
import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One Creality printer over its web socket. Belongs to the event loop of its {@link PrinterHttp}. */
final class CrealitySession implements PushedSession, CrealityConnection.Listener {
    private final PrinterHttp http;
    private final Duration timeout;
    private final Duration confirmLimit;
    private final LongSupplier nanos;

    private PushedSession.@Nullable Listener listener;
    private @Nullable CrealityConnection connection;

    /** Whether the connection brought a reading, so that a loss of it ends the session. */
    private boolean isEstablished;

    /** @param confirmLimit for the effect of a command */
    CrealitySession(PrinterHttp http, Duration timeout, Duration confirmLimit, LongSupplier nanos) {
        this.http = http;
        this.timeout = timeout;
        this.confirmLimit = confirmLimit;
        this.nanos = nanos;
    }

    @Override
    public void listen(PushedSession.Listener monitor) {
        listener = monitor;
    }

    @Override
    public boolean isPushing() {
        return connection != null && connection.isReady();
    }

    @Override
    public @Nullable String fallback() {
        return null;
    }

    @Override
    public Future<Reading> latest() {
        CrealityConnection open = connection;
        return open == null || !open.isReady()
                ? Future.failedFuture(new PrinterException(FailureReason.UNREADABLE, "not connected"))
                : Future.succeededFuture(open.reading());
    }

    @Override
    public Future<Reading> poll() {
        CrealityConnection open = connection;
        Future<CrealityConnection> checked =
                open != null && open.isReady() ? open.check(timeout).map(open) : connected();
        return checked.map(CrealityConnection::reading).onSuccess(reading -> isEstablished = isPushing());
    }

    private Future<CrealityConnection> connected() {
        CrealityConnection opening = new CrealityConnection(nanos, confirmLimit, this);
        connection = opening;
        isEstablished = false;
        return opening.open(http, timeout).map(opening);
    }

    @Override
    public void onUpdate() {
        if (listener != null) {
            listener.onUpdate();
        }
    }

    @Override
    public void onClosed(CrealityConnection source) {
        if (connection != source) {
            return;
        }
        boolean wasEstablished = isEstablished;
        connection = null;
        isEstablished = false;
        if (wasEstablished && listener != null) {
            listener.onLost();
        }
    }

    @Override
    public Future<Void> execute(PrinterCommand command) {
        CrealityConnection open = connection;
        return open == null
                ? Future.failedFuture(new PrinterException(FailureReason.DISCONNECTED, "not connected to the printer")
                        .with(Delivery.NOT_SENT))
                : open.execute(command);
    }

    /** Both are on servers of their own; K2 models have no server for snapshots. */
    @Override
    public Future<FoundPicture> findPicture(FoundPicture.Kind kind, Duration limit) {
        return Future.succeededFuture(
                kind == FoundPicture.Kind.SNAPSHOT
                        ? new FoundPicture.AtPort(8080, "/?action=snapshot")
                        : new FoundPicture.AtPort(80, "/downloads/original/current_print_image.png"));
    }

    @Override
    public void close() {
        CrealityConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
        http.close();
    }
}
