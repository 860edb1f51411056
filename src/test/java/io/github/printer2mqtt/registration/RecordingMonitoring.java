package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.monitor.MonitoringService;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Monitors nothing and records what it was asked to monitor. */
final class RecordingMonitoring implements MonitoringService {
    final Map<PrinterId, Printer> monitored = new ConcurrentHashMap<>();
    final Map<PrinterId, Credentials> credentials = new ConcurrentHashMap<>();
    final List<String> names = new CopyOnWriteArrayList<>();
    volatile Future<Void> result = Future.succeededFuture();

    @Override
    public Future<Void> register(Printer printer) {
        throw new AssertionError("registration always monitors");
    }

    @Override
    public Future<Void> monitor(Printer printer, Credentials secrets) {
        monitored.put(printer.id(), printer);
        credentials.put(printer.id(), secrets);
        names.add(printer.name());
        return result;
    }

    @Override
    public Future<Void> unregister(PrinterId printer) {
        monitored.remove(printer);
        credentials.remove(printer);
        return result;
    }

    @Override
    public Future<Void> pollAll() {
        throw new AssertionError("a registration does not poll all printers");
    }

    @Override
    public Future<Void> pollNow(PrinterId printer) {
        throw new AssertionError("a registration does not poll immediately");
    }

    @Override
    public void pollEarly(PrinterId printer) {
        throw new AssertionError("a registration does not schedule a poll");
    }

    @Override
    public Future<Void> execute(PrinterId printer, Command command) {
        throw new AssertionError("a registration sends no command");
    }

    @Override
    public Future<List<MonitoringService.PollRecord>> recentPolls(PrinterId printer) {
        return Future.succeededFuture(List.of());
    }
}
