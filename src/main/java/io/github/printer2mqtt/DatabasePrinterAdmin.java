package io.github.printer2mqtt;

import io.github.printer2mqtt.cli.PrinterAdmin;
import io.github.printer2mqtt.cli.RegistrationFormat;
import io.github.printer2mqtt.cli.StartException;
import io.github.printer2mqtt.cli.Version;
import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.files.TemporaryFolder;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.SqlPrinterRepository;
import io.github.printer2mqtt.registration.DiagnosisService;
import io.github.printer2mqtt.registration.ProbeDocument;
import io.github.printer2mqtt.registration.RegistrationDocument;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.RegistrationService;
import io.github.printer2mqtt.registration.csv.RegistrationCsv;
import io.github.printer2mqtt.registration.csv.RegistrationRows;
import io.github.printer2mqtt.registration.detection.PrinterConnector;
import io.github.printer2mqtt.registration.diagnosis.Diagnoser;
import io.github.printer2mqtt.registration.diagnosis.DiagnosisDocument;
import io.github.printer2mqtt.registration.discovery.DiscoveryDocument;
import io.github.printer2mqtt.registration.discovery.DiscoveryReport;
import io.github.printer2mqtt.registration.service.DefaultDiagnosisService;
import io.github.printer2mqtt.registration.service.DefaultRegistrationService;
import io.github.printer2mqtt.registration.service.Following;
import io.github.printer2mqtt.registration.transfer.ImportFile;
import io.github.printer2mqtt.registration.transfer.ImportFormat;
import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.vertx.BlockingWait;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Manages the printers in the database while no bridge runs; they are not polled. Opened for one command. */
record DatabasePrinterAdmin(
        Vertx vertx,
        Database database,
        PrinterNetwork network,
        RegistrationService registrations,
        DiagnosisService diagnoses)
        implements PrinterAdmin {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration DISCOVERY_LIMIT = Duration.ofSeconds(75);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    /** @throws StartException if the database is unusable */
    static DatabasePrinterAdmin open(BridgeConfig config) {
        Vertx vertx = newVertx();
        try {
            EncryptedDatabase opened = EncryptedDatabase.open(vertx, config, LIMIT);
            Database database = opened.database();
            SqlPrinterRepository repository = new SqlPrinterRepository(vertx, database, opened.cipher());
            BlockingWait.await(repository.load(), LIMIT);
            Loopback loopback = config.security().allowLoopbackPrinters() ? Loopback.ALLOWED : Loopback.REFUSED;
            Set<Integer> ownPorts = Set.of(config.http().port(), config.broker().port());
            AddressPolicy policy = new AddressPolicy(loopback, () -> ownPorts);
            PrinterNetwork network = PrinterNetwork.create(
                    vertx, policy, config.security().printerCa(), Version.text(), Ownership.alone());
            PrinterConnector connector = PrinterConnector.over(network);
            RegistrationService registrations = new DefaultRegistrationService(
                    vertx,
                    repository,
                    new NoOpMonitoring(),
                    Drivers.all(),
                    connector,
                    policy,
                    InstantSource.system(),
                    Following.never());
            Diagnoser diagnoser = new Diagnoser(Drivers.all(), connector, System::nanoTime, InstantSource.system());
            DiagnosisService diagnoses = new DefaultDiagnosisService(vertx, repository, diagnoser, System::nanoTime);
            return new DatabasePrinterAdmin(vertx, database, network, registrations, diagnoses);
        } catch (RuntimeException e) {
            BlockingWait.await(vertx.close(), CLOSE_LIMIT);
            throw Bridge.startException(e);
        }
    }

    static Vertx newVertx() {
        try {
            TemporaryFolder.ofProcess();
            return Vertx.vertx();
        } catch (TemporaryFolder.TemporaryFolderException e) {
            throw Bridge.startException(e);
        }
    }

    @Override
    public JsonObject list() {
        return RegistrationDocument.listed(registrations.all());
    }

    @Override
    public JsonObject add(JsonObject registration) {
        return RegistrationDocument.of(BlockingWait.await(registrations.add(registration), LIMIT));
    }

    @Override
    public Optional<JsonObject> status(String id) {
        return Optional.empty();
    }

    @Override
    public JsonObject change(String id, JsonObject patch) {
        return RegistrationDocument.of(BlockingWait.await(registrations.change(idOf(id), patch), LIMIT));
    }

    @Override
    public JsonObject importAll(@Nullable ImportFormat format, byte[] content) {
        return RegistrationDocument.imported(rowsOf(format, content, registrations::importAll));
    }

    @Override
    public JsonObject previewImport(@Nullable ImportFormat format, byte[] content) {
        return RegistrationDocument.previewed(rowsOf(format, content, registrations::previewImport));
    }

    private static List<Registration> rowsOf(
            @Nullable ImportFormat format, byte[] content, Function<JsonArray, Future<List<Registration>>> step) {
        RegistrationRows file = ImportFile.read(content, format, null);
        try {
            return BlockingWait.await(step.apply(file.rows()), LIMIT);
        } catch (RegistrationException e) {
            throw file.withOrigins(e);
        }
    }

    @Override
    public String export(RegistrationFormat format) {
        if (format == RegistrationFormat.CSV) {
            return RegistrationCsv.write(registrations.all());
        }
        return RegistrationDocument.exported(registrations.all()).encodePrettily();
    }

    @Override
    public void remove(String id) {
        BlockingWait.await(registrations.remove(idOf(id)), LIMIT);
    }

    @Override
    public JsonObject probe(JsonObject request) {
        return new JsonObject(Buffer.buffer(ProbeDocument.of(BlockingWait.await(registrations.probe(request), LIMIT))));
    }

    @Override
    public JsonObject discover(JsonObject request) {
        DiscoveryReport report = BlockingWait.await(registrations.discover(request), DISCOVERY_LIMIT);
        return new JsonObject(Buffer.buffer(DiscoveryDocument.of(report)));
    }

    @Override
    public JsonObject diagnose(String id) {
        return new JsonObject(
                Buffer.buffer(DiagnosisDocument.of(BlockingWait.await(diagnoses.diagnose(idOf(id)), LIMIT))));
    }

    private static PrinterId idOf(String id) {
        try {
            return new PrinterId(id);
        } catch (InvalidValueException e) {
            throw new RegistrationException(Code.PRINTER_NOT_FOUND, null, "no printer has the id " + e.getMessage());
        }
    }

    @Override
    public void close() {
        BlockingWait.await(database.close(), CLOSE_LIMIT);
        network.close();
        BlockingWait.await(vertx.close(), CLOSE_LIMIT);
    }
}
