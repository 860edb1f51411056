package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterAddress;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.monitor.MonitoringService;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.PrinterRepository;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.detection.DriverDetector;
import io.github.printer2mqtt.registration.detection.PrinterConnector;
import io.github.printer2mqtt.registration.detection.ProbeReport;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one hall behind all doors. Whatever waits for a network is done first; then one registration after the other is
 * checked against the others, stored and watched, so that changes keep their order. Its state belongs to one loop; safe
 * for every thread, and futures complete on the caller's context.
 */
public final class DefaultRegistrationService implements RegistrationService {
    private static final Logger LOG = LoggerFactory.getLogger(DefaultRegistrationService.class);
    private static final Duration WATCH_LIMIT = Duration.ofSeconds(5);
    private static final int MOST_WAITING = 200;

    /** Each opens up to five connections for up to three seconds: nobody shall use the bridge to scan a network. */
    private static final int TRIALS_AT_ONCE = 8;

    private static final int TRIALS_WAITING = 32;

    private final Vertx vertx;
    private final ContextExecutor loop;
    private final PrinterRepository registry;
    private final MonitoringService polling;
    private final TargetResolver locator;
    private final Prober prober;
    private final BoundedTaskQueue line = new BoundedTaskQueue(1, MOST_WAITING, "registrations");
    private final BoundedTaskQueue trials = new BoundedTaskQueue(TRIALS_AT_ONCE, TRIALS_WAITING, "addresses to try");

    /**
     * @param registry loaded
     * @param drivers all of them
     */
    public DefaultRegistrationService(
            Vertx vertx,
            PrinterRepository registry,
            MonitoringService polling,
            List<Driver> drivers,
            PrinterConnector connector,
            AddressPolicy policy) {
        this.vertx = vertx;
        this.loop = ContextExecutor.here(vertx);
        this.registry = registry;
        this.polling = polling;
        DriverDetector detection = new DriverDetector(drivers, connector, policy);
        this.locator = new TargetResolver(drivers, detection, policy, trials);
        this.prober = new Prober(detection, connector);
    }

    @Override
    public List<Registration> all() {
        return registry.all().stream()
                .map(DefaultRegistrationService::registered)
                .toList();
    }

    @Override
    public @Nullable Registration find(PrinterId printer) {
        Registration stored = registry.find(printer);
        return stored == null ? null : registered(stored);
    }

    private static Registration registered(Registration stored) {
        return new Registration(stored.printer(), stored.hasCredentials());
    }

    @Override
    public Future<Registration> add(JsonObject registration) {
        return loop.call(() -> {
            RegistrationRequest form = RegistrationRequest.parse(registration);
            return locator.locate(form).compose(located -> line.run(() -> addNow(form, located)));
        });
    }

    @Override
    public Future<Registration> change(PrinterId printer, JsonObject patch) {
        return loop.call(() -> {
            Printer seen = existing(printer).printer();
            return locator.relocate(patched(seen, patch), seen)
                    .compose(located -> line.run(() -> changeNow(seen, patch, located)));
        });
    }

    /** In its turn. Somebody else's change may have come meanwhile, which is rare enough to wait for the network again. */
    private Future<Registration> changeNow(Printer seen, JsonObject patch, TargetResolver.ProbeTarget located) {
        Printer before = existing(seen.id()).printer();
        RegistrationRequest form = patched(before, patch);
        Future<TargetResolver.ProbeTarget> place =
                before.equals(seen) ? Future.succeededFuture(located) : locator.relocate(form, before);
        return place.compose(found -> replaceNow(movedTo(found, form, before, patch), before, found));
    }

    /** Another server never gets the stored key: only credentials that come with its address are sent there. */
    private static RegistrationRequest movedTo(
            TargetResolver.ProbeTarget found, RegistrationRequest form, Printer before, JsonObject patch) {
        return found.address().isSameOrigin(before.address())
                ? form
                : RegistrationRequest.patched(before, Credentials.none(), patch);
    }

    private RegistrationRequest patched(Printer before, JsonObject patch) {
        return RegistrationRequest.patched(before, registry.credentials(before.id()), patch);
    }

    @Override
    public Future<Void> remove(PrinterId printer) {
        return loop.call(() -> line.run(() -> {
            existing(printer);
            return registry.remove(printer)
                    .recover(DefaultRegistrationService::told)
                    .compose(removed -> unwatch(printer));
        }));
    }

    @Override
    public Future<ProbeReport> probe(JsonObject request) {
        return loop.call(() -> {
            RegistrationRequest form = RegistrationRequest.parseTrial(request);
            if (TargetResolver.isAuto(form)) {
                return trials.run(() -> prober.probeAny(form));
            }
            Driver driver = locator.driver(form);
            PrinterAddress address = locator.address(form, driver);
            return trials.run(() -> prober.probe(form, driver, address));
        });
    }

    @Override
    public Future<List<Registration>> importAll(JsonArray rows) {
        // Ten thousand rows are more than one turn of a loop may do, so whatever is pure is done beside it.
        return loop.call(() -> vertx.executeBlocking(() -> ImportBatch.parse(rows))
                .compose(list -> list.locate(locator, loop))
                .compose(located -> line.run(() ->
                        vertx.executeBlocking(() -> located.against(printers())).compose(this::addAllNow))));
    }

    private Future<Registration> addNow(RegistrationRequest form, TargetResolver.ProbeTarget located) {
        Set<PrinterId> taken =
                registry.all().stream().map(each -> each.printer().id()).collect(Collectors.toSet());
        PrinterIdAllocator ids = new PrinterIdAllocator(taken);
        PrinterId given = form.id();
        if (given != null && !ids.take(given)) {
            throw duplicateId(given, "id");
        }
        PrinterId id = given == null ? ids.takeFor(form.name()) : given;
        expectFree(located.address(), id);
        Printer printer = form.printer(id, located.driver(), located.address());
        return registry.add(printer, form.credentials())
                .recover(DefaultRegistrationService::told)
                .compose(stored -> watch(printer, form.credentials()));
    }

    private Future<Registration> replaceNow(
            RegistrationRequest form, Printer before, TargetResolver.ProbeTarget located) {
        expectFree(located.address(), before.id());
        Printer printer = form.printer(before.id(), located.driver(), located.address());
        return registry.replace(printer, form.credentials())
                .recover(DefaultRegistrationService::told)
                .compose(stored -> watch(printer, form.credentials()));
    }

    private Registration existing(PrinterId printer) {
        Registration stored = registry.find(printer);
        if (stored == null) {
            throw new RegistrationException(Code.PRINTER_NOT_FOUND, null, "there is no printer " + printer);
        }
        return stored;
    }

    private List<Printer> printers() {
        return registry.all().stream().map(Registration::printer).toList();
    }

    private void expectFree(PrinterAddress address, PrinterId forWhom) {
        PrinterId holder = registry.findByAddress(address);
        if (holder != null && !holder.equals(forWhom)) {
            throw duplicateAddress(address, holder, "address");
        }
    }

    private Future<List<Registration>> addAllNow(Map<Printer, Credentials> printers) {
        return vertx.executeBlocking(() -> registry.addAll(printers))
                .compose(storing -> storing)
                .recover(DefaultRegistrationService::told)
                .compose(stored -> watchFrom(printers.entrySet().iterator(), new ArrayList<>()));
    }

    private Future<List<Registration>> watchFrom(
            Iterator<Map.Entry<Printer, Credentials>> rest, List<Registration> done) {
        List<Future<Registration>> watches = new ArrayList<>();
        while (rest.hasNext() && watches.size() < ImportBatch.TURN) {
            Map.Entry<Printer, Credentials> next = rest.next();
            watches.add(watch(next.getKey(), next.getValue()));
        }
        if (watches.isEmpty()) {
            return Future.succeededFuture(done);
        }
        return Future.join(watches).compose(all -> {
            done.addAll(all.list());
            return loop.call(() -> watchFrom(rest, done));
        });
    }

    /** It is stored: a fault of ours here must not make anybody register it again. */
    private Future<Registration> watch(Printer printer, Credentials credentials) {
        return polling.watch(printer, credentials)
                .timeout(WATCH_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .otherwise(failure -> {
                    LOG.error("printer {} is registered and could not be watched", printer.id(), failure);
                    return null;
                })
                .map(watched -> new Registration(printer, !credentials.isEmpty()));
    }

    private Future<Void> unwatch(PrinterId printer) {
        return polling.unwatch(printer)
                .timeout(WATCH_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .otherwise(failure -> {
                    LOG.error("printer {} is removed and could not be left alone", printer, failure);
                    return null;
                });
    }

    /** What the database refuses, in words for whoever registers; a fault of ours stays one. */
    private static <T> Future<T> told(Throwable failure) {
        return Future.failedFuture(failure instanceof DatabaseException problem ? told(problem) : failure);
    }

    private static RuntimeException told(DatabaseException problem) {
        return switch (problem.kind()) {
            // Another program may have written the database behind our back.
            case CONSTRAINT ->
                String.valueOf(problem.getMessage()).contains("printer_address")
                        ? new RegistrationException(
                                Code.DUPLICATE_ADDRESS, "address", "the address is registered already")
                        : new RegistrationException(Code.DUPLICATE_ID, "id", "the id exists already");
            case DISK_FULL -> notStored(problem, "the disk is full");
            case UNUSABLE_PATH, DISK_FAILED -> notStored(problem, "the database cannot be written");
            case LOST -> notStored(problem, "the database was deleted or replaced while the bridge runs");
            case DAMAGED -> notStored(problem, "the database is damaged");
            case BUSY, TIMEOUT -> notStored(problem, "the database is busy");
            default -> problem;
        };
    }

    private static RegistrationException notStored(DatabaseException problem, String why) {
        LOG.warn("a registration was not stored: {}", problem.getMessage());
        return new RegistrationException(Code.NOT_STORED, null, why + "; nothing was stored");
    }

    static RegistrationException duplicateId(PrinterId id, String field) {
        return new RegistrationException(Code.DUPLICATE_ID, field, "found " + id + ", which exists already");
    }

    static RegistrationException duplicateAddress(PrinterAddress address, PrinterId holder, String field) {
        return new RegistrationException(
                Code.DUPLICATE_ADDRESS, field, "found " + address + ", which is the address of " + holder + " already");
    }
}
