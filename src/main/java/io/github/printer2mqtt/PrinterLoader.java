package io.github.printer2mqtt;

import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.monitor.MonitoringLoops;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.github.printer2mqtt.persistence.sql.SqlJobRepository;
import io.github.printer2mqtt.persistence.sql.SqlPlateRepository;
import io.github.printer2mqtt.persistence.sql.SqlPrinterRepository;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the registered printers, their last jobs and their plates from the database and starts to monitor them. */
record PrinterLoader(
        SqlPrinterRepository printers,
        SqlJobRepository jobs,
        SqlPlateRepository plates,
        FleetState fleet,
        MonitoringLoops monitoring,
        PrinterNetwork network) {
    private static final Logger LOG = LoggerFactory.getLogger(PrinterLoader.class);

    Future<Void> load() {
        return printers.load()
                .compose(loaded -> restore())
                .compose(restored -> monitoring.start())
                .onSuccess(started -> registerUnusable())
                .compose(started -> watch());
    }

    private Future<Void> restore() {
        return jobs.load()
                .compose(storedJobs -> plates.load()
                        .compose(storedPlates -> jobs.loadPrints().map(storedPrints -> {
                            fleet.restore(storedJobs, storedPlates, storedPrints);
                            return null;
                        })));
    }

    /** A printer that cannot be polled is listed as disabled with the reason. */
    private void registerUnusable() {
        for (Registration registration : printers.all()) {
            String fault = fault(registration.printer());
            if (fault != null) {
                fleet.registerUnusable(registration.printer(), fault);
            }
        }
    }

    private Future<Void> watch() {
        Map<Printer, Credentials> usable = new LinkedHashMap<>();
        for (Registration registration : printers.all()) {
            Printer printer = registration.printer();
            if (fault(printer) == null) {
                usable.put(printer, printers.credentials(printer.id()));
            }
        }
        return monitoring.monitorAll(usable);
    }

    /** Logs a warning if the process can open too few files for all printers that are registered now. */
    void warnOfFewFiles() {
        String shortage = network.shortageOfFiles(printers.all().size());
        if (shortage != null) {
            LOG.warn(shortage);
        }
    }

    private @Nullable String fault(Printer printer) {
        String unreadable = printers.readError(printer.id());
        return unreadable == null && !Drivers.byId().containsKey(printer.driver())
                ? "this version has no driver called " + QuotedText.of(printer.driver())
                : unreadable;
    }
}
