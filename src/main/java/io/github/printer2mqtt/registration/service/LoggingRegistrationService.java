package io.github.printer2mqtt.registration.service;

import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.model.access.Origin;
import io.github.printer2mqtt.registration.ProbeReport;
import io.github.printer2mqtt.registration.RegistrationService;
import io.github.printer2mqtt.registration.discovery.DiscoveryReport;
import io.github.printer2mqtt.text.CountText;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs every change of a registration with its origin; credentials are not logged. Thread-safe.
 *
 * @param registrations carries out the changes
 * @param origin of every change made through this object
 */
public record LoggingRegistrationService(RegistrationService registrations, Origin origin)
        implements RegistrationService {
    private static final Logger LOG = LoggerFactory.getLogger(LoggingRegistrationService.class);

    @Override
    public List<Registration> all() {
        return registrations.all();
    }

    @Override
    public @Nullable Registration find(PrinterId printer) {
        return registrations.find(printer);
    }

    @Override
    public Future<Registration> add(JsonObject registration) {
        return registrations.add(registration).onSuccess(added -> {
            Printer printer = added.printer();
            LOG.info("registered {} ({} at {}) from {}", printer.id(), printer.driver(), printer.address(), origin);
        });
    }

    @Override
    public Future<Registration> change(PrinterId printer, JsonObject patch) {
        return registrations
                .change(printer, patch)
                .onSuccess(changed ->
                        LOG.info("changed {} of {} from {}", new TreeSet<>(patch.fieldNames()), printer, origin));
    }

    @Override
    public Future<Void> remove(PrinterId printer) {
        return registrations.remove(printer).onSuccess(removed -> LOG.info("removed {} from {}", printer, origin));
    }

    @Override
    public Future<ProbeReport> probe(JsonObject request) {
        return registrations.probe(request);
    }

    @Override
    public Future<DiscoveryReport> discover(JsonObject request) {
        return registrations
                .discover(request)
                .onSuccess(report -> LOG.info(
                        "a search found {} (scanned: {} of {}) for {}",
                        CountText.of(report.printers().size(), "printer"),
                        CountText.of(report.addresses(), "address", "addresses"),
                        report.networks(),
                        origin));
    }

    @Override
    public Future<List<Registration>> importAll(JsonArray rows) {
        return registrations
                .importAll(rows)
                .onSuccess(
                        imported -> LOG.info("imported {} from {}", CountText.of(imported.size(), "printer"), origin));
    }

    @Override
    public Future<List<Registration>> previewImport(JsonArray rows) {
        return registrations.previewImport(rows);
    }
}
