package io.github.printer2mqtt.registration;

import static io.github.printer2mqtt.testing.Await.done;

import io.github.printer2mqtt.RegisteredDrivers;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.github.printer2mqtt.persistence.sql.SqlPrinterRepository;
import io.github.printer2mqtt.registration.detection.PrinterConnector;
import io.github.printer2mqtt.registration.diagnosis.Diagnoser;
import io.github.printer2mqtt.registration.diagnosis.Diagnosis;
import io.github.printer2mqtt.registration.diagnosis.StageResult;
import io.github.printer2mqtt.testing.TestDatabase;
import io.github.printer2mqtt.testing.TestResource;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Diagnoses with the real drivers over real sockets; nothing is polled besides. */
final class DiagnosisFixture implements TestResource {
    private final TestDatabase instance = new TestDatabase();
    private final PrinterNetwork network;

    /** Added to the monotonic time after which a refused diagnosis is repeated. */
    final AtomicLong skippedNanos = new AtomicLong();

    final RegistrationService registrations;
    final DiagnosisService diagnoses;

    DiagnosisFixture() {
        AddressPolicy policy = new AddressPolicy(AddressPolicy.Loopback.ALLOWED, Set::of);
        network = PrinterNetwork.create(instance.vertx(), policy);
        PrinterConnector connector = PrinterConnector.over(network);
        SqlPrinterRepository repository = new SqlPrinterRepository(instance.database());
        done(repository.load());
        registrations = new DefaultRegistrationService(
                instance.vertx(), repository, new RecordingMonitoring(), RegisteredDrivers.all(), connector, policy);
        diagnoses = new DefaultDiagnosisService(
                instance.vertx(),
                repository,
                new Diagnoser(RegisteredDrivers.all(), connector, System::nanoTime, InstantSource.system()),
                () -> System.nanoTime() + skippedNanos.get());
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
