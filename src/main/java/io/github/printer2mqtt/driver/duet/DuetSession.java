package io.github.printer2mqtt.driver.duet;

import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.driver.ReadingDeadline;
import io.github.printer2mqtt.driver.WebSocketFallback;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One printer with RepRapFirmware: with an SBC over its web socket, or by HTTP where {@link WebSocketFallback} decides so; a
 * standalone board has HTTP only. Belongs to the event loop of its {@link PrinterHttp}.
 */
final class DuetSession implements PushedSession {
    private final DuetServers servers;
    private final PrinterHttp http;
    private final Duration timeout;
    private final LongSupplier nanos;
    private final StatusReader reader;
    private final SbcSocket socket;
    private final WebSocketFallback<Reading> fallback;

    /** Null until one has answered. */
    private @Nullable DuetServer server;

    /** Of the running poll. */
    private long end;

    DuetSession(DuetServers servers, PrinterHttp http, Duration timeout, LongSupplier nanos) {
        this.servers = servers;
        this.http = http;
        this.timeout = timeout;
        this.nanos = nanos;
        this.reader = new StatusReader(nanos);
        this.fallback = new WebSocketFallback<>(nanos, this::isOpen, this::pollWebSocket, this::pollByHttp);
        this.socket = new SbcSocket(http, nanos, reader, fallback);
    }

    @Override
    public void listen(PushedSession.Listener monitor) {
        fallback.listen(monitor);
    }

    @Override
    public boolean hasPush() {
        return server instanceof SbcServer;
    }

    @Override
    public boolean isPushing() {
        return socket.isPushing();
    }

    @Override
    public @Nullable String fallback() {
        return fallback.reason();
    }

    @Override
    public Future<Reading> latest() {
        return socket.latest();
    }

    @Override
    public Future<Reading> poll() {
        end = nanos.getAsLong() + timeout.toNanos();
        DuetServer known = server;
        Future<DuetServer> open = known == null ? http.within(timeout, this::server) : Future.succeededFuture(known);
        return open.compose(found -> found instanceof SbcServer ? fallback.poll() : pollByHttp())
                .onFailure(this::onFailure);
    }

    private boolean isOpen() {
        return socket.isOpen();
    }

    private Future<Reading> pollWebSocket() {
        return server instanceof SbcServer sbc
                ? socket.poll(sbc, end)
                : Future.failedFuture(new PrinterException(FailureReason.UNREADABLE, "no server has answered"));
    }

    private Future<Reading> pollByHttp() {
        socket.close();
        ReadingDeadline deadline = new ReadingDeadline(http, left(), nanos);
        return http.within(
                        left(),
                        exchange -> server(exchange)
                                .compose(open -> open.read(exchange).map(model -> new Answer(open, model))))
                .compose(answer -> answer.server()
                        .complete(answer.model(), deadline)
                        .map(model -> reader.read(answer.server(), model)));
    }

    private record Answer(DuetServer server, DuetModel model) {}

    private Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, end - nanos.getAsLong()));
    }

    private Future<DuetServer> server(Exchange exchange) {
        DuetServer known = server;
        return known == null
                ? servers.open(exchange).onSuccess(opened -> server = opened)
                : Future.succeededFuture(known);
    }

    private void onFailure(Throwable failure) {
        reader.onGap();
        if (failure instanceof PrinterException known && known.failure().reason() == FailureReason.UNREADABLE) {
            server = null; // the board may have another interface after an update
        }
    }

    /** The firmware cancels only a paused print, so that a moving one is paused first. */
    @Override
    public Future<Void> execute(PrinterCommand command) {
        String gcode = DuetCommands.gcode(command, reader.currentTool());
        if (command.capability() != Capability.CANCEL || reader.isPaused()) {
            return send(gcode);
        }
        PendingCancel known = reader.pendingCancel();
        if (known != null) {
            return known.result();
        }
        PendingCancel cancel = new PendingCancel(() -> send(gcode), nanos);
        reader.await(cancel);
        send(DuetCommands.PAUSE).onFailure(cancel::fail);
        return cancel.result();
    }

    private Future<Void> send(String gcode) {
        return http.onSecondConnection(
                COMMAND_LIMIT, exchange -> server(exchange).compose(open -> open.send(exchange, gcode)));
    }

    @Override
    public void close() {
        PendingCancel waiting = reader.pendingCancel();
        if (waiting != null) {
            waiting.fail(new Exchange.AbortedException(PrinterException.Delivery.POSSIBLE));
        }
        socket.close();
        http.close();
    }
}
