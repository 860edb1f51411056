package io.github.printer2mqtt.http;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.registration.DiagnosisService;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.diagnosis.Diagnosis;
import io.github.printer2mqtt.registration.diagnosis.DiagnosisStage;
import io.github.printer2mqtt.registration.diagnosis.StageResult;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Diagnoses every registered printer as one whose port is closed, unless {@link Failing#failure} is set. */
record InMemoryDiagnoses(InMemoryRegistrations registrations, Failing failing) implements DiagnosisService {
    /** A failure of the next diagnoses; null for none. */
    static final class Failing {
        volatile @Nullable RegistrationException failure;
    }

    @Override
    public Future<Diagnosis> diagnose(PrinterId id) {
        RegistrationException failure = failing.failure;
        Registration registered = registrations.find(id);
        if (failure != null) {
            return Future.failedFuture(failure);
        }
        if (registered == null) {
            return Future.failedFuture(
                    new RegistrationException(Code.PRINTER_NOT_FOUND, null, "no printer has the id " + id));
        }
        return Future.succeededFuture(new Diagnosis(
                registered.printer(),
                Instant.EPOCH,
                12,
                List.of(
                        new StageResult(DiagnosisStage.NAME, true, 0L, "192.0.2.20 is an IP address", null),
                        new StageResult(DiagnosisStage.ROUTE, true, 12L, "192.0.2.20 answers", null),
                        new StageResult(
                                DiagnosisStage.PORT, false, 12L, "nothing listens on port 80", "check the port"),
                        new StageResult(DiagnosisStage.TLS, null, null, null, null)),
                null,
                null,
                PollFailure.of(FailureReason.REFUSED),
                null));
    }
}
