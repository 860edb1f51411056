package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.registration.discovery.DiscoveryReport;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Registers, changes, removes and probes printers. Thread-safe. Futures fail with a {@link RegistrationException} for an
 * error of the user; any other failure is internal.
 */
public interface RegistrationService {
    /** All registrations from memory, sorted by id. */
    List<Registration> all();

    /** A registration from memory; null if there is none. */
    @Nullable Registration find(PrinterId printer);

    /** Registers a printer and starts monitoring it. */
    Future<Registration> add(JsonObject registration);

    /** Applies a JSON merge patch to a registration. */
    Future<Registration> change(PrinterId printer, JsonObject patch);

    /** Removes a printer with its credentials and its history. */
    Future<Void> remove(PrinterId printer);

    /** Recognises and polls a printer once without registering it. */
    Future<ProbeReport> probe(JsonObject request);

    /** Looks for printers in a network, or in those of the machine, without registering them. Takes up to a minute. */
    Future<DiscoveryReport> discover(JsonObject request);

    /** Registers all rows or none. Field paths of errors start with the row, counted from 0: {@code [3].address}. */
    Future<List<Registration>> importAll(JsonArray rows);

    /** What {@link #importAll} would register, with the same errors; nothing is stored. */
    Future<List<Registration>> previewImport(JsonArray rows);
}
