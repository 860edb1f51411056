package io.github.printer2mqtt.registration.service;

import io.github.printer2mqtt.config.BridgeConfig.Security.Follow;
import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.PrinterSession;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.persistence.PrinterRepository;
import io.github.printer2mqtt.registration.detection.PrinterConnector;
import io.github.printer2mqtt.registration.discovery.DiscoveryReport.FoundPrinter;
import io.github.printer2mqtt.text.IpLiteral;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a registration the address at which a search found its printer, where the configuration allows it and the printer has proven
 * its serial number there. Belongs to the event loop of the registration service.
 */
final class PrinterFollower {
    private static final Logger LOG = LoggerFactory.getLogger(PrinterFollower.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int AT_ONCE = 8;

    /** More are followed by the next search. */
    private static final int MOST = 32;

    private final Map<String, Driver> drivers;
    private final PrinterConnector connector;
    private final PrinterRepository repository;
    private final Following following;
    private final Storage storage;
    private final BoundedTaskQueue polls = new BoundedTaskQueue(AT_ONCE, MOST, "followed printers");

    /** Stores a new address. */
    interface Storage {
        /** Completes with false if the registration has changed or another one has the address. */
        Future<Boolean> move(Printer before, PrinterAddress to);
    }

    private record Move(Printer before, PrinterAddress to) {}

    PrinterFollower(
            List<Driver> drivers,
            PrinterConnector connector,
            PrinterRepository repository,
            Following following,
            Storage storage) {
        this.drivers = drivers.stream().collect(Collectors.toMap(Driver::id, Function.identity()));
        this.connector = connector;
        this.repository = repository;
        this.following = following;
        this.storage = storage;
    }

    /** Whether the bridge itself should listen for a printer. Safe for every thread. */
    boolean isSearchDue() {
        return following.mode() == Follow.OFFLINE
                && repository.all().stream().map(Registration::printer).anyMatch(this::mayBeFollowed);
    }

    /** The ids of the printers that were followed. Never fails. */
    Future<List<PrinterId>> follow(List<FoundPrinter> found) {
        if (following.mode() == Follow.NEVER) {
            return Future.succeededFuture(List.of());
        }
        List<Future<Boolean>> moved = new ArrayList<>();
        List<PrinterId> followed = new ArrayList<>();
        found.stream()
                .map(this::move)
                .filter(Objects::nonNull)
                .limit(MOST)
                .forEach(move -> moved.add(polls.run(() -> follow(move)).onSuccess(done -> {
                    if (done) {
                        followed.add(move.before.id());
                    }
                })));
        return Future.join(moved).transform((all, failure) -> Future.succeededFuture(List.copyOf(followed)));
    }

    private @Nullable Move move(FoundPrinter found) {
        PrinterId id = found.registered();
        Registration registration = id == null ? null : repository.find(id);
        if (registration == null || !found.isConfirmed()) {
            return null;
        }
        Printer printer = registration.printer();
        PrinterAddress from = printer.address();
        String serial = found.identity().serialNumber();
        boolean isSame = serial != null
                && serial.equalsIgnoreCase(repository.credentials(printer.id()).username());
        boolean isElsewhere = !from.host().equals(found.address().host())
                && from.port() == found.address().port();
        return isSame && isElsewhere && found.driver().equals(printer.driver()) && mayBeFollowed(printer)
                ? new Move(
                        printer,
                        new PrinterAddress(from.scheme(), found.address().host(), from.port(), from.path()))
                : null;
    }

    /** A host name is followed by its name server, and a printer that answers is where it should be. */
    private boolean mayBeFollowed(Printer printer) {
        Driver driver = drivers.get(printer.driver());
        return driver != null
                && driver.provesSerialNumber()
                && printer.enabled()
                && IpLiteral.parse(printer.address().host()) != null
                && following.isUnreachable().test(printer.id());
    }

    /** Polls at the new address: the driver sends the credentials only after the proof. */
    private Future<Boolean> follow(Move move) {
        Printer moved = move.before.at(move.to);
        Driver driver = Objects.requireNonNull(drivers.get(moved.driver()));
        Credentials credentials = repository.credentials(moved.id());
        PrinterHttp http = connector.open(driver.server(moved.address()), moved.fingerprint());
        PrinterSession session = driver.open(moved, credentials, http, LIMIT);
        return session.poll()
                .timeout(LIMIT.toMillis() + 500, TimeUnit.MILLISECONDS)
                .onComplete(done -> {
                    session.close();
                    http.close();
                })
                .compose(reading -> storage.move(move.before, move.to))
                .onSuccess(stored -> report(move, stored))
                .onFailure(failure -> LOG.info(
                        "{} seems to be at {} now but was not followed: {}",
                        move.before.id(),
                        move.to,
                        failure.getMessage()));
    }

    private void report(Move move, boolean isStored) {
        if (isStored) {
            LOG.info(
                    "followed {} from {} to {}, where it proved its serial number",
                    move.before.id(),
                    move.before.address(),
                    move.to);
            following.audit().accept("printers/" + move.before.id() + " followed to " + move.to);
        }
    }
}
