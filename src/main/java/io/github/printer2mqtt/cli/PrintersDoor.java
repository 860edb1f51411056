package io.github.printer2mqtt.cli;

import io.vertx.core.json.JsonObject;

/**
 * The printers as the command line reaches them, in the shapes of the HTTP API. Calls block, each with a bound of its
 * own; a user's mistake is thrown as {@link BridgeRefusal} or as a {@code RegistrationProblem}.
 */
public interface PrintersDoor {
    /** {@code {"printers": […]}}; every printer has at least id, name and driver. */
    JsonObject list();

    /** Registers a printer and gives the registration as it was stored. */
    JsonObject add(JsonObject registration);

    /** Removes the printer with the id. */
    void remove(String id);

    /** Tries an address and gives the report. */
    JsonObject probe(JsonObject request);
}
