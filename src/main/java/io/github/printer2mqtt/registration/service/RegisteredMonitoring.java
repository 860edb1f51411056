package io.github.printer2mqtt.registration.service;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.monitor.MonitoredPrinters;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops the monitoring of printers whose change is stored. An internal failure is logged and does not fail the
 * request, because the change is stored. Belongs to the event loop of the registrations.
 */
final class RegisteredMonitoring {
    private static final Logger LOG = LoggerFactory.getLogger(RegisteredMonitoring.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final MonitoredPrinters printers;
    private final ContextExecutor loop;

    RegisteredMonitoring(MonitoredPrinters printers, ContextExecutor loop) {
        this.printers = printers;
        this.loop = loop;
    }

    /** Starts, or starts again after a change. */
    Future<Registration> start(Printer printer, Credentials credentials) {
        return bounded(
                        printers.monitor(printer, credentials),
                        "printer {} was registered, but its monitor did not start",
                        printer.id())
                .map(done -> new Registration(printer, !credentials.isEmpty()));
    }

    /** Starts many in several turns of the event loop. */
    Future<List<Registration>> startAll(Map<Printer, Credentials> stored) {
        return startRest(stored.entrySet().iterator(), new ArrayList<>());
    }

    private Future<List<Registration>> startRest(
            Iterator<Map.Entry<Printer, Credentials>> rest, List<Registration> done) {
        List<Future<Registration>> started = new ArrayList<>();
        while (rest.hasNext() && started.size() < ImportBatch.ROWS_PER_TURN) {
            Map.Entry<Printer, Credentials> next = rest.next();
            started.add(start(next.getKey(), next.getValue()));
        }
        if (started.isEmpty()) {
            return Future.succeededFuture(done);
        }
        return Future.join(started).compose(all -> {
            done.addAll(all.list());
            return loop.call(() -> startRest(rest, done));
        });
    }

    Future<Void> stop(PrinterId printer) {
        return bounded(printers.unregister(printer), "printer {} was removed, but its monitor did not stop", printer);
    }

    private static Future<Void> bounded(Future<Void> change, String logLine, PrinterId printer) {
        return change.timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).otherwise(failure -> {
            LOG.error(logLine, printer, failure);
            return null;
        });
    }
}
