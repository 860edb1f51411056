package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.vertx.core.Future;

/** The printers that are monitored. Thread-safe; futures complete on the caller's context. */
public interface MonitoredPrinters {
    /**
     * Registers a printer in the fleet and monitors it; its session goes on where the connection is unchanged. A disabled
     * printer is only registered, as by {@link MonitoringService#register}.
     */
    Future<Void> monitor(Printer printer, Credentials credentials);

    /** Stops monitoring a printer and removes it from the fleet. An unknown printer is no error. */
    Future<Void> unregister(PrinterId printer);
}
