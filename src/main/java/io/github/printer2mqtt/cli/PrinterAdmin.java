package io.github.printer2mqtt.cli;

import io.github.printer2mqtt.registration.transfer.ImportFormat;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The printers as the command line sees them, in the documents of the HTTP API: through a running bridge, or in the
 * database while no bridge runs. Calls block for a bounded time; a user's mistake is thrown as {@code
 * BridgeResponseException} or {@code RegistrationException}.
 */
public interface PrinterAdmin extends AutoCloseable {
    /** {@code {"printers": […]}}; every printer has at least id, name and driver. */
    JsonObject list();

    /** Registers a printer and returns the stored registration. */
    JsonObject add(JsonObject registration);

    /** The status of a printer; empty while no bridge runs. */
    Optional<JsonObject> status(String id);

    /** Applies a JSON merge patch to a registration and returns the stored registration. */
    JsonObject change(String id, JsonObject patch);

    /**
     * Registers all printers of a file or none: {@code {"imported": 3, "printers": […]}}.
     *
     * @param format null to recognise it by the content
     */
    JsonObject importAll(@Nullable ImportFormat format, byte[] content);

    /** What {@link #importAll} would register, in the same document; nothing is stored. */
    JsonObject previewImport(@Nullable ImportFormat format, byte[] content);

    /** All registrations as text, without credentials. */
    String export(RegistrationFormat format);

    /** Removes a printer and its registration. */
    void remove(String id);

    /** Tries an address and returns the report. */
    JsonObject probe(JsonObject request);

    /** Looks for printers in a network and returns the report; takes up to a minute. */
    JsonObject discover(JsonObject request);

    /** Finds out why a printer cannot be read and returns the report. */
    JsonObject diagnose(String id);

    @Override
    void close();
}
