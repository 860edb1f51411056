package io.github.printer2mqtt.command;

import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.monitor.MonitoringService;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Records commands and early polls; fails for anything else. */
final class RecordingMonitoring implements MonitoringService {
    final List<Command> executed = new CopyOnWriteArrayList<>();
    final List<PrinterId> polledEarly = new CopyOnWriteArrayList<>();
    /** Result of the commands. */
    Future<Void> result = Future.succeededFuture();

    /** Thrown by {@link #execute}, if set. */
    @Nullable RuntimeException fault;

    @Override
    public void handOnMessages(MessageReceiver receiver) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> execute(PrinterId printer, PrinterCommand command) {
        executed.add(command);
        if (fault != null) {
            throw fault;
        }
        return result;
    }

    @Override
    public void pollEarly(PrinterId printer) {
        polledEarly.add(printer);
    }

    @Override
    public Future<Void> register(Printer printer) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> monitor(Printer printer, Credentials credentials) {
        throw new AssertionError("a command monitors nothing");
    }

    @Override
    public Future<Void> unregister(PrinterId printer) {
        throw new AssertionError("a command unregisters nothing");
    }

    @Override
    public Future<Void> pollAll() {
        throw new AssertionError("a command polls one printer");
    }

    @Override
    public Future<Void> pollNow(PrinterId printer) {
        throw new AssertionError("a command waits for no poll");
    }

    @Override
    public Future<MonitoringService.RecentPolls> recentPolls(PrinterId printer) {
        throw new AssertionError("a command reads no poll history");
    }
}
