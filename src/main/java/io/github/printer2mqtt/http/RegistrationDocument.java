package io.github.printer2mqtt.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.printer2mqtt.printer.AlertOverrides;
import io.github.printer2mqtt.printer.PollingOverrides;
import io.github.printer2mqtt.printer.Printer;
import io.github.printer2mqtt.registration.Registered;
import io.github.printer2mqtt.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Registrations as answers show them, with every key and never with credentials; and as an export that can be imported. */
final class RegistrationDocument {
    private RegistrationDocument() {}

    static byte[] one(Registered registered) {
        return Json.bytes(json -> write(json, registered));
    }

    static byte[] imported(List<Registered> all) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeNumberField("imported", all.size());
            json.writeArrayFieldStart("printers");
            for (Registered registered : all) {
                write(json, registered);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** The keys that a registration may have and that are set; credentials must be given again. */
    static byte[] exported(List<Registered> all) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("printers");
            for (Registered registered : all) {
                writeForImport(json, registered.printer());
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Registered registered) throws IOException {
        Printer printer = registered.printer();
        PollingOverrides polling = printer.polling();
        json.writeStartObject();
        writeRequired(json, printer);
        json.writeStringField("model", printer.model());
        json.writeStringField("group", printer.group());
        Json.texts(json, "tags", printer.tags());
        json.writeBooleanField("enabled", printer.enabled());
        json.writeObjectFieldStart("polling");
        json.writeStringField("timeout", text(polling.timeout()));
        Json.number(json, "offline_after", polling.offlineAfter());
        json.writeEndObject();
        json.writeObjectFieldStart("tls");
        json.writeStringField("fingerprint", printer.fingerprint());
        json.writeEndObject();
        writeAlerts(json, printer);
        json.writeBooleanField("has_credentials", registered.hasCredentials());
        json.writeEndObject();
    }

    private static void writeForImport(JsonGenerator json, Printer printer) throws IOException {
        PollingOverrides polling = printer.polling();
        json.writeStartObject();
        writeRequired(json, printer);
        writeIfSet(json, "model", printer.model());
        writeIfSet(json, "group", printer.group());
        Json.texts(json, "tags", printer.tags());
        json.writeBooleanField("enabled", printer.enabled());
        if (polling.timeout() != null || polling.offlineAfter() != null) {
            json.writeObjectFieldStart("polling");
            writeIfSet(json, "timeout", text(polling.timeout()));
            if (polling.offlineAfter() != null) {
                json.writeNumberField("offline_after", polling.offlineAfter());
            }
            json.writeEndObject();
        }
        if (printer.fingerprint() != null) {
            json.writeObjectFieldStart("tls");
            json.writeStringField("fingerprint", printer.fingerprint());
            json.writeEndObject();
        }
        if (!printer.alerts().equals(AlertOverrides.none())) {
            writeAlerts(json, printer);
        }
        json.writeEndObject();
    }

    private static void writeAlerts(JsonGenerator json, Printer printer) throws IOException {
        json.writeFieldName("alerts");
        json.writeRawValue(io.github.printer2mqtt.registration.RegistrationDocument.of(printer)
                .getJsonObject("alerts")
                .encode());
    }

    private static void writeRequired(JsonGenerator json, Printer printer) throws IOException {
        json.writeStringField("id", printer.id().value());
        json.writeStringField("name", printer.name());
        json.writeStringField("driver", printer.driver());
        json.writeStringField("address", printer.address().toString());
    }

    private static void writeIfSet(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static @Nullable String text(@Nullable Duration duration) {
        if (duration == null) {
            return null;
        }
        long millis = duration.toMillis();
        if (millis % 60_000 == 0) {
            return duration.toMinutes() + "m";
        }
        return millis % 1000 == 0 ? duration.toSeconds() + "s" : millis + "ms";
    }
}
