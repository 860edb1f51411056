package io.github.printer2mqtt.driver.duet;

import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.driver.ReadingDeadline;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One printer with RepRapFirmware. Belongs to the event loop of its {@link PrinterHttp}. */
final class DuetSession implements PolledSession {
    private final DuetServers servers;
    private final PrinterHttp http;
    private final Duration timeout;
    private final LongSupplier nanos;

    /** Null until one has answered. */
    private @Nullable DuetServer server;

    private PrintEnd previous = PrintEnd.NONE;

    /** By the newest reading; empty before the first. */
    private String status = "";

    private @Nullable Integer currentTool;
    private @Nullable PendingCancel pendingCancel;

    DuetSession(DuetServers servers, PrinterHttp http, Duration timeout, LongSupplier nanos) {
        this.servers = servers;
        this.http = http;
        this.timeout = timeout;
        this.nanos = nanos;
    }

    @Override
    public Future<Reading> poll() {
        ReadingDeadline deadline = new ReadingDeadline(http, timeout, nanos);
        return http.within(
                        timeout,
                        exchange -> server(exchange)
                                .compose(open -> open.read(exchange).map(model -> new Answer(open, model))))
                .compose(answer -> answer.server()
                        .complete(answer.model(), deadline)
                        .map(model -> read(model, answer.server().statesResults())))
                .onFailure(this::onFailure);
    }

    private record Answer(DuetServer server, DuetModel model) {}

    private Future<DuetServer> server(Exchange exchange) {
        DuetServer known = server;
        return known == null
                ? servers.open(exchange).onSuccess(opened -> server = opened)
                : Future.succeededFuture(known);
    }

    private Reading read(DuetModel model, boolean statesResults) {
        JobResult result = previous.result(model, statesResults);
        PrintEnd next = previous.next(model, statesResults);
        Reading reading = next.awaitsResult() ? DuetMapper.undecided(model) : DuetMapper.reading(model, result);
        previous = next;
        currentTool = model.currentTool();
        status = model.status();
        if (pendingCancel != null) {
            pendingCancel.onStatus(status);
        }
        return reading;
    }

    /** What happens while the printer is not readable proves nothing about the end of a print. */
    private void onFailure(Throwable failure) {
        previous = PrintEnd.NONE;
        if (failure instanceof PrinterException known && known.failure().reason() == FailureReason.UNREADABLE) {
            server = null; // the board may have another interface after an update
        }
        if (pendingCancel != null) {
            pendingCancel.onTime();
        }
    }

    /** The firmware cancels only a paused print, so that a moving one is paused first. */
    @Override
    public Future<Void> execute(PrinterCommand command) {
        String gcode = DuetCommands.gcode(command, currentTool);
        if (command.capability() != Capability.CANCEL || status.equals("paused")) {
            return send(gcode);
        }
        PendingCancel known = pendingCancel;
        if (known != null && !known.isOver()) {
            return known.result();
        }
        PendingCancel cancel = new PendingCancel(() -> send(gcode), nanos);
        pendingCancel = cancel;
        send(DuetCommands.PAUSE).onFailure(cancel::fail);
        return cancel.result();
    }

    private Future<Void> send(String gcode) {
        return http.onSecondConnection(
                COMMAND_LIMIT, exchange -> server(exchange).compose(open -> open.send(exchange, gcode)));
    }

    @Override
    public void close() {
        if (pendingCancel != null) {
            pendingCancel.fail(new Exchange.AbortedException(PrinterException.Delivery.POSSIBLE));
        }
        http.close();
    }
}
