package io.github.printer2mqtt;

import io.github.printer2mqtt.cli.OfflineDoor;
import io.github.printer2mqtt.cli.StartFailure;
import io.github.printer2mqtt.cli.TableFormat;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.files.TemporaryFolder;
import io.github.printer2mqtt.files.TemporaryFolderException;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.net.PrinterNetwork;
import io.github.printer2mqtt.printer.InvalidValueException;
import io.github.printer2mqtt.printer.PrinterId;
import io.github.printer2mqtt.registration.Dialler;
import io.github.printer2mqtt.registration.ProbeDocument;
import io.github.printer2mqtt.registration.RegistrationCsv;
import io.github.printer2mqtt.registration.RegistrationDocument;
import io.github.printer2mqtt.registration.RegistrationHall;
import io.github.printer2mqtt.registration.RegistrationProblem;
import io.github.printer2mqtt.registration.RegistrationProblem.Code;
import io.github.printer2mqtt.registration.Registrations;
import io.github.printer2mqtt.registry.Registry;
import io.github.printer2mqtt.store.Store;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The registered printers while no bridge runs: the same hall and database, and nobody who polls. */
final class OfflineBridge implements OfflineDoor {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final Store store;
    private final PrinterNetwork network;
    private final Registrations registrations;

    private OfflineBridge(Vertx vertx, Store store, PrinterNetwork network, Registrations registrations) {
        this.vertx = vertx;
        this.store = store;
        this.network = network;
        this.registrations = registrations;
    }

    /** @throws StartFailure if the database is unusable */
    static OfflineBridge open(BridgeConfig config) {
        Vertx vertx = vertx();
        try {
            Store store = Bounded.await(Store.open(vertx, config.database().path()), LIMIT);
            Registry registry = new Registry(store);
            Bounded.await(registry.load(), LIMIT);
            Loopback loopback = config.security().allowLoopbackPrinters() ? Loopback.ALLOWED : Loopback.REFUSED;
            Set<Integer> ownPorts = Set.of(config.http().port(), config.broker().port());
            AddressPolicy policy = new AddressPolicy(loopback, () -> ownPorts);
            PrinterNetwork network = PrinterNetwork.create(vertx, policy);
            Registrations hall = new RegistrationHall(
                    vertx, registry, new NobodyPolls(), Drivers.all(), Dialler.over(network), policy);
            return new OfflineBridge(vertx, store, network, hall);
        } catch (RuntimeException e) {
            Bounded.await(vertx.close(), LONGEST_CLOSE);
            throw StartProblems.of(e);
        }
    }

    private static Vertx vertx() {
        try {
            TemporaryFolder.ofProcess();
            return Vertx.vertx();
        } catch (TemporaryFolderException e) {
            throw StartProblems.of(e);
        }
    }

    @Override
    public JsonObject list() {
        JsonArray printers = new JsonArray();
        registrations.all().forEach(registered -> printers.add(RegistrationDocument.of(registered)));
        return new JsonObject().put("printers", printers);
    }

    @Override
    public JsonObject add(JsonObject registration) {
        return RegistrationDocument.of(Bounded.await(registrations.add(registration), LIMIT));
    }

    @Override
    public Optional<JsonObject> status(String id) {
        return Optional.empty();
    }

    @Override
    public JsonObject change(String id, JsonObject patch) {
        return RegistrationDocument.of(Bounded.await(registrations.change(idOf(id), patch), LIMIT));
    }

    @Override
    public JsonObject importAll(TableFormat format, byte[] content) {
        JsonArray printers = new JsonArray();
        OfflineImport.run(registrations, format, content, LIMIT)
                .forEach(registered -> printers.add(RegistrationDocument.of(registered)));
        return new JsonObject().put("imported", printers.size()).put("printers", printers);
    }

    @Override
    public String export(TableFormat format) {
        if (format == TableFormat.CSV) {
            return RegistrationCsv.write(registrations.all());
        }
        JsonArray printers = new JsonArray();
        registrations.all().forEach(registered -> printers.add(RegistrationDocument.of(registered.printer())));
        return new JsonObject().put("printers", printers).encodePrettily();
    }

    @Override
    public void remove(String id) {
        Bounded.await(registrations.remove(idOf(id)), LIMIT);
    }

    @Override
    public JsonObject probe(JsonObject request) {
        return new JsonObject(Buffer.buffer(ProbeDocument.of(Bounded.await(registrations.probe(request), LIMIT))));
    }

    private static PrinterId idOf(String id) {
        try {
            return new PrinterId(id);
        } catch (InvalidValueException e) {
            throw new RegistrationProblem(Code.PRINTER_NOT_FOUND, null, "no printer has the id " + e.getMessage());
        }
    }

    @Override
    public void close() {
        Bounded.await(store.close(), LONGEST_CLOSE);
        network.close();
        Bounded.await(vertx.close(), LONGEST_CLOSE);
    }
}
