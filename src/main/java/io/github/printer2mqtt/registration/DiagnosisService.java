package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.registration.diagnosis.Diagnosis;
import io.vertx.core.Future;

/** Finds out why a registered printer cannot be read. Thread-safe. */
public interface DiagnosisService {
    /**
     * Contacts the printer over connections of its own, without disturbing its monitor; ends within 10 s. Fails with a {@link
     * RegistrationException}: {@code PRINTER_NOT_FOUND}, or {@code BUSY} if too many diagnoses are running.
     */
    Future<Diagnosis> diagnose(PrinterId printer);
}
