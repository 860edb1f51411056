package io.github.printer2mqtt.json;

import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterKey;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.text.InvalidValueException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the bridge of another site publishes (docs/reference/mqtt.md). Nothing of it is trusted: texts are cut and cleaned,
 * numbers limited, and what this bridge does not know is left out. Every method throws {@link UnreadableDocumentException} for a
 * document that cannot be used at all. Pure.
 */
public final class SiteDocuments {
    private static final int MAX_EVENT_ID = 160;
    private static final int MAX_NAME = 128;
    private static final int MAX_LINE = 256;
    private static final int MAX_WORD = 64;

    private SiteDocuments() {}

    /** A document cannot be used; the message is one line without any value of it. */
    public static final class UnreadableDocumentException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableDocumentException(String message) {
            super(message, null, false, false);
        }
    }

    /** {@code printers/<id>/state}. */
    public static Status status(PrinterKey printer, byte[] document) {
        return StatusReader.read(printer, DocumentFields.of(document));
    }

    /** {@code printers/<id>/alert/<code>}; its severity is that of the code. */
    public static Alert alert(PrinterKey printer, AlertCode code, byte[] document) {
        DocumentFields alert = DocumentFields.of(document);
        Instant since = alert.time("since");
        if (since == null) {
            throw new UnreadableDocumentException("found an alert without a time");
        }
        return new Alert(
                printer.site(),
                printer.id(),
                code,
                code.severity(),
                Objects.requireNonNullElse(alert.text("message", MAX_LINE), code.wireName()),
                since);
    }

    /** {@code printers/<id>/event}; null if its type is newer than this bridge. */
    public static @Nullable PrinterEvent event(PrinterId printer, byte[] document) {
        DocumentFields event = DocumentFields.of(document);
        String id = event.text("event_id", MAX_EVENT_ID);
        Instant at = event.time("at");
        if (id == null || at == null || !printer.value().equals(event.text("printer", MAX_WORD))) {
            throw new UnreadableDocumentException("found an event without id or time, or of another printer");
        }
        PrinterEvent.Type type = event.constant("event_type", PrinterEvent.Type.class);
        return type == null
                ? null
                : new PrinterEvent(
                        type,
                        id,
                        at,
                        printer,
                        Objects.requireNonNullElse(event.text("name", MAX_NAME), printer.value()),
                        StatusReader.group(event),
                        StatusReader.job(event.object("job")),
                        state(event, "from"),
                        state(event, "to"));
    }

    private static PrinterState state(DocumentFields event, String key) {
        return Objects.requireNonNullElse(event.constant(key, PrinterState.class), PrinterState.UNKNOWN);
    }

    /** {@code bridge/state}: whether the bridge is online. */
    public static boolean isOnline(byte[] document) {
        return "online".equals(DocumentFields.of(document).text("state", MAX_WORD));
    }

    /** {@code bridge/printers}: the ids of the registered printers. */
    public static Set<PrinterId> printers(byte[] document) {
        if (!(read(document) instanceof JsonArray printers)) {
            throw new UnreadableDocumentException("found no list of printers");
        }
        Set<PrinterId> ids = new HashSet<>();
        for (int i = 0; i < printers.size(); i++) {
            if (printers.getValue(i) instanceof JsonObject printer && printer.getValue("id") instanceof String id) {
                try {
                    ids.add(new PrinterId(id));
                } catch (InvalidValueException e) {
                    throw new UnreadableDocumentException("found a printer with an invalid id");
                }
            }
        }
        return ids;
    }

    private static @Nullable Object read(byte[] document) {
        try {
            return ClientJson.read(document);
        } catch (ClientJson.InvalidJsonException e) {
            throw new UnreadableDocumentException(String.valueOf(e.getMessage()));
        }
    }
}
