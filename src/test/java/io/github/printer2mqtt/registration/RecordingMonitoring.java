package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.monitor.MonitoredPrinters;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Monitors nothing and records what it was asked to monitor. */
final class RecordingMonitoring implements MonitoredPrinters {
    final Map<PrinterId, Printer> monitored = new ConcurrentHashMap<>();
    final Map<PrinterId, Credentials> credentials = new ConcurrentHashMap<>();
    final List<String> names = new CopyOnWriteArrayList<>();
    volatile Future<Void> result = Future.succeededFuture();

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
}
