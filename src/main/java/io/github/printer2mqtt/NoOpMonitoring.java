package io.github.printer2mqtt;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.monitor.MonitoredPrinters;
import io.vertx.core.Future;

/** Monitors nothing while no bridge runs; the next bridge monitors what was registered meanwhile. */
final class NoOpMonitoring implements MonitoredPrinters {
    @Override
    public Future<Void> monitor(Printer printer, Credentials credentials) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> unregister(PrinterId printer) {
        return Future.succeededFuture();
    }
}
