package io.github.printer2mqtt.registration;

import static io.github.printer2mqtt.testing.Await.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.RegisteredDrivers;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.github.printer2mqtt.persistence.sql.SqlPrinterRepository;
import io.github.printer2mqtt.registration.detection.PrinterConnector;
import io.github.printer2mqtt.registration.diagnosis.Diagnoser;
import io.github.printer2mqtt.registration.diagnosis.Diagnosis;
import io.github.printer2mqtt.registration.diagnosis.DiagnosisStage;
import io.github.printer2mqtt.registration.diagnosis.StageResult;
import io.github.printer2mqtt.registration.service.DefaultDiagnosisService;
import io.github.printer2mqtt.registration.service.DefaultRegistrationService;
import io.github.printer2mqtt.registration.service.Following;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.ReplayPrinter;
import io.github.printer2mqtt.testing.TestDatabase;
import io.github.printer2mqtt.testing.TestResource;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Diagnoses with the real drivers over real sockets; nothing is polled besides. */
final class DiagnosisFixture implements TestResource {
    private static final List<String> PATHS =
            List.of("/", "/server/info", "/printer/objects/list", "/api/version", "/api/currentuser", "/api/job");

    private final TestDatabase instance = new TestDatabase();
    private final PrinterNetwork network;
    private final SqlPrinterRepository repository;
    private final Diagnoser diagnoser;

    /** Added to the monotonic time after which a refused diagnosis is repeated. */
    final AtomicLong skippedNanos = new AtomicLong();

    final RegistrationService registrations;
    final DiagnosisService diagnoses;

    DiagnosisFixture() {
        AddressPolicy policy = new AddressPolicy(AddressPolicy.Loopback.ALLOWED, Set::of);
        network = PrinterNetwork.create(instance.vertx(), policy);
        PrinterConnector connector = PrinterConnector.over(network);
        repository = new SqlPrinterRepository(instance.vertx(), instance.database(), TestDatabase.cipher());
        done(repository.load());
        registrations = new DefaultRegistrationService(
                instance.vertx(),
                repository,
                new RecordingMonitoring(),
                RegisteredDrivers.all(),
                connector,
                policy,
                InstantSource.system(),
                Following.never());
        diagnoser = new Diagnoser(RegisteredDrivers.all(), connector, System::nanoTime, InstantSource.system());
        diagnoses = new DefaultDiagnosisService(
                instance.vertx(), repository, diagnoser, () -> System.nanoTime() + skippedNanos.get());
    }

    Vertx vertx() {
        return instance.vertx();
    }

    PrinterId register(JsonObject registration) {
        return done(registrations.add(registration)).printer().id();
    }

    Diagnosis diagnose(JsonObject registration) {
        return done(diagnoses.diagnose(register(registration)));
    }

    /** Diagnoses a registered printer without the service and its limit of diagnoses at once. */
    Future<Diagnosis> diagnoseBesideOthers(PrinterId id) {
        Printer printer = Objects.requireNonNull(repository.find(id)).printer();
        Diagnoser.Target target =
                new Diagnoser.Target(printer, repository.credentials(id), diagnoser.driver(printer.driver()));
        return ContextExecutor.ofCurrent(instance.vertx()).call(() -> diagnoser.diagnose(target));
    }

    /** Diagnoses a printer, which must fail at this stage with these words. */
    void expect(JsonObject registration, DiagnosisStage stage, String found, String advice) {
        Diagnosis diagnosis = diagnose(registration);

        String text = text(diagnosis);
        StageResult failed = Objects.requireNonNull(diagnosis.failedStage(), text);
        assertThat(failed.stage()).as(text).isEqualTo(stage);
        assertThat(failed.found()).contains(found);
        assertThat(failed.advice()).contains(advice);
        assertThat(diagnosis.tookMillis()).isLessThan(10_000);
        assertThat(diagnosis.stages())
                .filteredOn(result -> result.stage().compareTo(stage) > 0)
                .as(text)
                .allSatisfy(result -> assertThat(result.ok()).isNotEqualTo(false));
    }

    ReplayPrinter server() {
        return ReplayPrinter.start(vertx());
    }

    ReplayPrinter everywhere(CannedResponse response) {
        ReplayPrinter server = server();
        PATHS.forEach(path -> server.answer("GET " + path, response));
        return server.answer("POST /printer/objects/query", response);
    }

    static JsonObject at(String driver, ReplayPrinter server) {
        return named(driver, "http://127.0.0.1:" + server.port());
    }

    static JsonObject named(String driver, String address) {
        return new JsonObject().put("name", "printer").put("driver", driver).put("address", address);
    }

    /** For failed assertions and for people who read the output. */
    static String text(Diagnosis diagnosis) {
        StringBuilder text = new StringBuilder();
        for (StageResult result : diagnosis.stages()) {
            text.append(String.format(
                    "    %-8s %-5s %5s ms  %s%s%n",
                    result.stage().wireName(),
                    result.ok(),
                    result.tookMillis(),
                    result.found(),
                    result.advice() == null ? "" : "\n" + " ".repeat(29) + "-> " + result.advice()));
        }
        return text.toString();
    }

    @Override
    public void close() {
        network.close();
        instance.close();
    }
}
