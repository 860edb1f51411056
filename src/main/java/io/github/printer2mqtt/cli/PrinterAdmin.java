package io.github.printer2mqtt.cli;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * The printers as the command line reaches them, in the shapes of the HTTP API. Calls block, each with a bound of its
 * own; a user's mistake is thrown as {@code BridgeResponseException} or as a {@code RegistrationException}.
 */
public interface PrinterAdmin {
    /** {@code {"printers": […]}}; every printer has at least id, name and driver. */
    JsonObject list();

    /** Registers a printer and gives the registration as it was stored. */
    JsonObject add(JsonObject registration);

    /** The status of a printer; empty where no bridge runs. */
    Optional<JsonObject> status(String id);

    /** Applies a JSON merge patch to a registration and gives the registration as it was stored. */
    JsonObject change(String id, JsonObject patch);

    /** Registers all printers of a file or none: {@code {"imported": 3, "printers": […]}}. */
    JsonObject importAll(RegistrationFormat format, byte[] content);

    /** All registrations as text, without credentials. */
    String export(RegistrationFormat format);

    /** Removes the printer with the id. */
    void remove(String id);

    /** Tries an address and gives the report. */
    JsonObject probe(JsonObject request);
}
