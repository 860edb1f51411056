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

/** Watches nothing and remembers what it was told to watch. */
final class RecordingMonitoring implements MonitoringService {
    final Map<PrinterId, Printer> watched = new ConcurrentHashMap<>();
    final Map<PrinterId, Credentials> credentials = new ConcurrentHashMap<>();
    final List<String> names = new CopyOnWriteArrayList<>();
    volatile Future<Void> answer = Future.succeededFuture();

    @Override
    public Future<Void> watch(Printer printer, Credentials secrets) {
        watched.put(printer.id(), printer);
        credentials.put(printer.id(), secrets);
        names.add(printer.name());
        return answer;
    }

    @Override
    public Future<Void> unwatch(PrinterId printer) {
        watched.remove(printer);
        credentials.remove(printer);
        return answer;
    }

    @Override
    public Future<Void> pollAll() {
        throw new AssertionError("nobody registers to poll all");
    }

    @Override
    public Future<Void> pollNow(PrinterId printer) {
        throw new AssertionError("nobody registers to poll now");
    }

    @Override
    public void pollSoon(PrinterId printer) {
        throw new AssertionError("nobody registers to poll");
    }

    @Override
    public Future<Void> execute(PrinterId printer, Command command) {
        throw new AssertionError("nobody registers to command");
    }

    @Override
    public Future<List<MonitoringService.PollRecord>> polls(PrinterId printer) {
        return Future.succeededFuture(List.of());
    }
}
