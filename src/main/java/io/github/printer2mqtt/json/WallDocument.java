package io.github.printer2mqtt.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
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

    /** Whether two statuses of a printer give the same document as long as its alerts are the same. */
    public static boolean isShownAlike(Status one, Status other) {
        return state(one) == state(other)
                && one.name().equals(other.name())
                && Objects.equals(one.group(), other.group())
                && live(one).equals(live(other))
                && Objects.equals(one.plate(), other.plate())
                && (one.maintenance() == null) == (other.maintenance() == null);
    }

    /** The document cannot say how old a state is. */
    private static PrinterState state(Status status) {
        return status.poll().reason() == FailureReason.SITE_UNREACHABLE ? PrinterState.UNKNOWN : status.state();
    }

    /** What is known of a print as it is now. */
    private record Live(@Nullable Double progress, @Nullable Instant finishAt) {}

    private static Live live(Status status) {
        Status.CurrentJob job = status.job();
        return job == null || job.stale()
                ? new Live(null, null)
                : new Live(job.job().progress(), job.finishAt());
    }

    private static void write(JsonGenerator json, Status status, @Nullable Alert worst) throws IOException {
        Live live = live(status);
        json.writeStartObject();
        json.writeStringField("id", status.id().value());
        json.writeStringField("site", status.site());
        json.writeStringField("name", status.name());
        json.writeStringField("group", status.group());
        json.writeStringField("state", state(status).wireName());
        Json.number(json, "progress", live.progress());
        Json.instant(json, "finish_at", live.finishAt());
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
