package io.github.printer2mqtt.registration.service;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.monitor.MonitoredPrinters;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.persistence.PrinterRepository;
import io.github.printer2mqtt.registration.ProbeReport;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.RegistrationRequest;
import io.github.printer2mqtt.registration.RegistrationService;
import io.github.printer2mqtt.registration.detection.DriverDetector;
import io.github.printer2mqtt.registration.detection.PrinterConnector;
import io.github.printer2mqtt.registration.diagnosis.Diagnoser;
import io.github.printer2mqtt.registration.discovery.DiscoveryReport;
import io.github.printer2mqtt.registration.service.TargetResolver.ProbeTarget;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stores registrations and starts their monitoring. Network waits come first and run in parallel; then one change after
 * the other is checked against the others and stored, so that changes keep their order. State is confined to one event
 * loop; the methods are thread-safe and their futures complete on the caller's context.
 */
public final class DefaultRegistrationService implements RegistrationService {
    private static final int MAX_WAITING_WRITES = 200;

    /** Each probe opens up to seven connections at once, twice for up to three seconds; the limit prevents network scans. */
    private static final int MAX_RUNNING_PROBES = 8;

    private static final int MAX_WAITING_PROBES = 32;

    private final Vertx vertx;
    private final ContextExecutor loop;
    private final PrinterRepository repository;
    private final RegisteredMonitoring monitoring;
    private final TargetResolver resolver;
    private final Prober prober;
    private final PrinterFollower follower;
    private final PrinterDiscovery discovery;
    private final InstantSource clock;
    private final BoundedTaskQueue writeQueue = new BoundedTaskQueue(1, MAX_WAITING_WRITES, "registrations");
    private final BoundedTaskQueue probeQueue = new BoundedTaskQueue(MAX_RUNNING_PROBES, MAX_WAITING_PROBES, "probes");

    /** @param repository already loaded */
    public DefaultRegistrationService(
            Vertx vertx,
            PrinterRepository repository,
            MonitoredPrinters monitoring,
            List<Driver> drivers,
            PrinterConnector connector,
            AddressPolicy policy,
            InstantSource clock,
            Following following) {
        this.vertx = vertx;
        this.loop = ContextExecutor.ofCurrent(vertx);
        this.repository = repository;
        this.monitoring = new RegisteredMonitoring(monitoring, loop);
        DriverDetector detector = new DriverDetector(drivers, connector, policy);
        this.resolver = new TargetResolver(drivers, detector, policy, probeQueue);
        this.prober = new Prober(detector, new Diagnoser(drivers, connector, System::nanoTime, clock));
        this.follower = new PrinterFollower(drivers, connector, repository, following, this::move);
        this.discovery = PrinterDiscovery.create(vertx, drivers, connector, detector, policy, repository, follower);
        this.clock = clock;
    }

    @Override
    public List<Registration> all() {
        return repository.all();
    }

    @Override
    public @Nullable Registration find(PrinterId printer) {
        return repository.find(printer);
    }

    @Override
    public Future<Registration> add(JsonObject registration) {
        return loop.call(() -> {
            RegistrationRequest request = RegistrationRequest.parse(registration);
            return resolver.resolve(request).compose(target -> writeQueue.run(() -> addNow(request, target)));
        });
    }

    @Override
    public Future<Registration> change(PrinterId printer, JsonObject patch) {
        return loop.call(() -> {
            Printer known = existing(printer).printer();
            return resolver.resolveChange(patched(known, patch), known)
                    .compose(target -> writeQueue.run(() -> changeNow(known, patch, target)));
        });
    }

    /** Resolves the target again if another change came first, which is rare. */
    private Future<Registration> changeNow(Printer known, JsonObject patch, ProbeTarget target) {
        Printer before = existing(known.id()).printer();
        RegistrationRequest request = patched(before, patch);
        Future<ProbeTarget> resolution =
                before.equals(known) ? Future.succeededFuture(target) : resolver.resolveChange(request, before);
        return resolution.compose(resolved ->
                replaceNow(withoutOldCredentialsIfMoved(resolved, request, before, patch), before, resolved));
    }

    /** Stored credentials are never sent to another server: a new address needs new credentials. */
    private static RegistrationRequest withoutOldCredentialsIfMoved(
            ProbeTarget target, RegistrationRequest request, Printer before, JsonObject patch) {
        return target.address().isSameOrigin(before.address())
                ? request
                : RegistrationRequest.patched(before, Credentials.none(), patch);
    }

    private RegistrationRequest patched(Printer before, JsonObject patch) {
        return RegistrationRequest.patched(before, repository.credentials(before.id()), patch);
    }

    @Override
    public Future<Void> remove(PrinterId printer) {
        return loop.call(() -> writeQueue.run(() -> {
            existing(printer);
            return repository
                    .remove(printer)
                    .recover(StorageFailures::translated)
                    .compose(removed -> monitoring.stop(printer));
        }));
    }

    @Override
    public Future<ProbeReport> probe(JsonObject request) {
        return loop.call(() -> {
            RegistrationRequest probe = RegistrationRequest.parseProbe(request);
            if (TargetResolver.isAutomatic(probe)) {
                return probeQueue.run(() -> prober.probeAny(probe));
            }
            Driver driver = resolver.driver(probe);
            PrinterAddress address = resolver.address(probe, driver);
            return probeQueue.run(() -> prober.probe(probe, driver, address));
        });
    }

    @Override
    public Future<DiscoveryReport> discover(JsonObject request) {
        return loop.call(() -> discovery.discover(request));
    }

    /** Whether the configuration wants the bridge itself to listen for a printer that is offline now. Safe for every thread. */
    public boolean isSearchForOfflinePrintersDue() {
        return follower.isSearchDue();
    }

    /** The credentials stay: the printer has proven to be the same. */
    private Future<Boolean> move(Printer before, PrinterAddress to) {
        return writeQueue.run(() -> {
            Registration now = repository.find(before.id());
            if (now == null || !now.printer().equals(before) || repository.findByAddress(to) != null) {
                return Future.succeededFuture(false);
            }
            Printer moved = before.at(to);
            Credentials credentials = repository.credentials(before.id());
            return monitorOnceStored(repository.replace(moved, credentials), moved, credentials)
                    .map(true);
        });
    }

    @Override
    public Future<List<Registration>> importAll(JsonArray rows) {
        return checkedImport(rows, this::addAllNow);
    }

    @Override
    public Future<List<Registration>> previewImport(JsonArray rows) {
        return checkedImport(
                rows,
                printers -> Future.succeededFuture(printers.entrySet().stream()
                        .map(each ->
                                new Registration(each.getKey(), !each.getValue().isEmpty()))
                        .toList()));
    }

    /** Parsing and checking 10,000 rows would block the event loop. */
    private Future<List<Registration>> checkedImport(
            JsonArray rows, Function<Map<Printer, Credentials>, Future<List<Registration>>> step) {
        return loop.call(() -> vertx.executeBlocking(() -> ImportBatch.parse(rows))
                .compose(batch -> batch.resolve(resolver, loop)
                        .compose(targets -> writeQueue.run(() -> vertx.executeBlocking(
                                        () -> batch.toPrinters(targets, printers(), clock.instant()))
                                .compose(step)))));
    }

    private Future<Registration> addNow(RegistrationRequest request, ProbeTarget target) {
        Set<PrinterId> taken =
                repository.all().stream().map(each -> each.printer().id()).collect(Collectors.toSet());
        PrinterIdAllocator ids = new PrinterIdAllocator(taken);
        PrinterId given = request.id();
        if (given != null && !ids.take(given)) {
            throw duplicateId(given, "id");
        }
        PrinterId id = given == null ? ids.takeFor(request.name()) : given;
        requireFree(target.address(), id);
        Printer printer =
                request.printer(id, target.driver(), target.address(), request.maintenance(null, clock.instant()));
        return monitorOnceStored(repository.add(printer, request.credentials()), printer, request.credentials());
    }

    private Future<Registration> replaceNow(RegistrationRequest request, Printer before, ProbeTarget target) {
        requireFree(target.address(), before.id());
        Printer printer = request.printer(
                before.id(),
                target.driver(),
                target.address(),
                request.maintenance(before.maintenance(), clock.instant()));
        return monitorOnceStored(repository.replace(printer, request.credentials()), printer, request.credentials());
    }

    private Future<Registration> monitorOnceStored(Future<Void> write, Printer printer, Credentials credentials) {
        return write.recover(StorageFailures::translated).compose(stored -> monitoring.start(printer, credentials));
    }

    private Registration existing(PrinterId printer) {
        Registration stored = repository.find(printer);
        if (stored == null) {
            throw new RegistrationException(Code.PRINTER_NOT_FOUND, null, "no printer has the id " + printer);
        }
        return stored;
    }

    private List<Printer> printers() {
        return repository.all().stream().map(Registration::printer).toList();
    }

    private void requireFree(PrinterAddress address, PrinterId printer) {
        PrinterId owner = repository.findByAddress(address);
        if (owner != null && !owner.equals(printer)) {
            throw duplicateAddress(address, owner, "address");
        }
    }

    private Future<List<Registration>> addAllNow(Map<Printer, Credentials> printers) {
        return vertx.executeBlocking(() -> repository.addAll(printers))
                .compose(Function.identity())
                .recover(StorageFailures::translated)
                .compose(stored -> monitoring.startAll(printers));
    }

    static RegistrationException duplicateId(PrinterId id, String field) {
        return new RegistrationException(
                Code.DUPLICATE_ID, field, "found " + id + ", which another printer already has; choose another id");
    }

    static RegistrationException duplicateAddress(PrinterAddress address, PrinterId owner, String field) {
        return new RegistrationException(
                Code.DUPLICATE_ADDRESS, field, "found " + address + ", which is already registered as " + owner);
    }
}
