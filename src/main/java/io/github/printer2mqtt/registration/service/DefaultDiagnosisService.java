package io.github.printer2mqtt.registration.service;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.persistence.PrinterRepository;
import io.github.printer2mqtt.registration.DiagnosisService;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.diagnosis.Diagnoser;
import io.github.printer2mqtt.registration.diagnosis.Diagnosis;
import io.github.printer2mqtt.registration.diagnosis.DiagnosisStage;
import io.github.printer2mqtt.registration.diagnosis.StageResult;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs few diagnoses at once and one for each printer, which concurrent calls share. After a printer has refused the
 * credentials, calls get that diagnosis again for a while, since some printers lock out clients that fail often. State is
 * confined to one event loop; the futures complete on the caller's context.
 */
public final class DefaultDiagnosisService implements DiagnosisService {
    private static final int MAX_RUNNING = 4;

    /** As for fresh polls of a printer that refuses the credentials. */
    private static final Duration REFUSAL_INTERVAL = Duration.ofSeconds(10);

    private final ContextExecutor loop;
    private final PrinterRepository repository;
    private final Diagnoser diagnoser;
    private final LongSupplier nanos;
    private final Map<PrinterId, Started> running = new HashMap<>();
    private final Map<PrinterId, Started> refused = new HashMap<>();

    /**
     * @param repository already loaded
     * @param nanos monotonic time
     */
    public DefaultDiagnosisService(Vertx vertx, PrinterRepository repository, Diagnoser diagnoser, LongSupplier nanos) {
        this.loop = ContextExecutor.ofCurrent(vertx);
        this.repository = repository;
        this.diagnoser = diagnoser;
        this.nanos = nanos;
    }

    /** A diagnosis that was started, with what it was started for. */
    private record Started(Printer printer, Credentials credentials, long atNanos, Future<Diagnosis> result) {
        boolean isFor(Printer other, Credentials otherCredentials) {
            return printer.equals(other) && credentials.equals(otherCredentials);
        }
    }

    @Override
    public Future<Diagnosis> diagnose(PrinterId id) {
        return loop.call(() -> {
            Registration registration = repository.find(id);
            if (registration == null) {
                throw new RegistrationException(Code.PRINTER_NOT_FOUND, null, "no printer has the id " + id);
            }
            Printer printer = registration.printer();
            Credentials credentials = repository.credentials(id);
            Started known = known(id);
            if (known != null && known.isFor(printer, credentials)) {
                return known.result;
            }
            if (running.size() >= MAX_RUNNING || running.containsKey(id)) {
                throw new RegistrationException(
                        Code.BUSY,
                        null,
                        running.size() + " diagnoses are already running (limit " + MAX_RUNNING
                                + ", one for each printer); try again later");
            }
            return start(printer, credentials);
        });
    }

    private @Nullable Started known(PrinterId id) {
        refused.values().removeIf(each -> nanos.getAsLong() - each.atNanos >= REFUSAL_INTERVAL.toNanos());
        Started current = running.get(id);
        return current == null ? refused.get(id) : current;
    }

    private Future<Diagnosis> start(Printer printer, Credentials credentials) {
        Future<Diagnosis> result =
                diagnoser.diagnose(new Diagnoser.Target(printer, credentials, diagnoser.driver(printer.driver())));
        Started started = new Started(printer, credentials, nanos.getAsLong(), result);
        running.put(printer.id(), started);
        result.onComplete((diagnosis, failure) -> {
            running.remove(printer.id());
            if (diagnosis != null && isRefusal(diagnosis)) {
                refused.put(printer.id(), started);
            }
        });
        return result;
    }

    private static boolean isRefusal(Diagnosis diagnosis) {
        StageResult failed = diagnosis.failedStage();
        return failed != null && failed.stage() == DiagnosisStage.KEY;
    }
}
