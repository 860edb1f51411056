package io.github.printer2mqtt;

import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.monitor.MonitoringService;
import io.vertx.core.Future;
import java.util.List;
import java.util.NoSuchElementException;

/** Monitors nothing while no bridge runs; the next bridge monitors what was registered meanwhile. */
final class NoOpMonitoring implements MonitoringService {
    @Override
    public Future<Void> register(Printer printer) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> monitor(Printer printer, Credentials credentials) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> unregister(PrinterId printer) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> pollAll() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> pollNow(PrinterId printer) {
        return Future.succeededFuture();
    }

    @Override
    public void pollEarly(PrinterId printer) {
        // No printer is monitored.
    }

    @Override
    public Future<Void> execute(PrinterId printer, Command command) {
        return Future.failedFuture(new NoSuchElementException("no bridge runs"));
    }

    @Override
    public Future<List<MonitoringService.PollRecord>> recentPolls(PrinterId printer) {
        return Future.succeededFuture(List.of());
    }
}
