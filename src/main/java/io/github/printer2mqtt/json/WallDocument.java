package io.github.printer2mqtt.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import java.io.IOException;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A printer as a wall screen shows it to people who have not logged in: no file name, address, serial number, message or
 * note (docs/reference/http.md). A key that is added to the status does not appear here.
 */
public final class WallDocument {
    private WallDocument() {}

    /**
     * One printer in UTF-8.
     *
     * @param worst its most severe open alert; null if none is open
     */
    public static byte[] of(Status status, @Nullable Alert worst) {
        return Json.bytes(json -> write(json, status, worst));
    }

    /**
     * Printers as {@code {"printers":[…]}} in UTF-8.
     *
     * @param worst the most severe open alert of a printer; null if none is open
     */
    public static byte[] list(Collection<StatusDocument> printers, Function<Status, @Nullable Alert> worst) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("printers");
            for (StatusDocument printer : printers) {
                write(json, printer.status(), worst.apply(printer.status()));
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Status status, @Nullable Alert worst) throws IOException {
        Status.CurrentJob known = status.job();
        Status.CurrentJob live = known == null || known.stale() ? null : known;
        json.writeStartObject();
        json.writeStringField("id", status.id().value());
        json.writeStringField("name", status.name());
        json.writeStringField("group", status.group());
        json.writeStringField("state", status.state().wireName());
        Json.number(json, "progress", live == null ? null : live.job().progress());
        Json.instant(json, "finish_at", live == null ? null : live.finishAt());
        json.writeFieldName("plate");
        StatusDocument.write(json, status.plate());
        json.writeStringField("alert", alert(status, worst));
        json.writeEndObject();
    }

    /** Why a person is needed. An error counts from its first moment, and without the rule that opens an alert for it. */
    private static @Nullable String alert(Status status, @Nullable Alert worst) {
        if (status.maintenance() != null) {
            return null;
        }
        if (worst != null) {
            return worst.code().wireName();
        }
        if (status.state() == PrinterState.ERROR) {
            return AlertCode.ERROR.wireName();
        }
        return status.state() == PrinterState.ATTENTION ? AlertCode.ATTENTION.wireName() : null;
    }
}
