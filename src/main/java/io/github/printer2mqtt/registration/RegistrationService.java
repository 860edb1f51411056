package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.registration.detection.ProbeReport;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Registering printers. Safe for every thread. Futures fail with a {@link RegistrationException} for a user's mistake; any
 * other failure is ours (the database).
 */
public interface RegistrationService {
    /** All registrations in the order of their ids, from memory. */
    List<Registration> all();

    /** One registration, from memory; null if there is none. */
    @Nullable Registration find(PrinterId printer);

    /** Registers a printer and begins to watch it; completes when it is stored. */
    Future<Registration> add(JsonObject registration);

    /** Applies a JSON merge patch to a registration. */
    Future<Registration> change(PrinterId printer, JsonObject patch);

    /** Removes a printer, its credentials and what is remembered of it. */
    Future<Void> remove(PrinterId printer);

    /** Tries an address without registering it. */
    Future<ProbeReport> probe(JsonObject request);

    /** Registers all rows or none. */
    Future<List<Registration>> importAll(JsonArray rows);
}
