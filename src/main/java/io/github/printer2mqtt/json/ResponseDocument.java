package io.github.printer2mqtt.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The response to a command or request over MQTT. A transaction is a string or a whole number and is returned unchanged; without
 * one the key is absent.
 */
public final class ResponseDocument {
    private static final byte[] NO_DATA = {'{', '}'};

    private ResponseDocument() {}

    /** Empty data. */
    public static byte[] nothing() {
        return NO_DATA.clone();
    }

    /**
     * The response to a request that succeeded.
     *
     * @param transaction a String or a Long; null for none
     * @param data a JSON object
     */
    public static byte[] ok(@Nullable Object transaction, byte[] data) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("status", "ok");
            json.writeFieldName("data");
            json.writeRawValue(new String(data, StandardCharsets.UTF_8));
            write(json, transaction);
            json.writeEndObject();
        });
    }

    /**
     * The response to a request that failed or whose outcome is unknown.
     *
     * @param transaction a String or a Long; null for none
     * @param code stable
     * @param message one line for people
     */
    public static byte[] error(@Nullable Object transaction, String code, String message) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("status", "error");
            json.writeObjectFieldStart("error");
            json.writeStringField("code", code);
            json.writeStringField("message", message);
            json.writeEndObject();
            write(json, transaction);
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, @Nullable Object transaction) throws IOException {
        if (transaction instanceof Number number) {
            json.writeNumberField("transaction", number.longValue());
        } else if (transaction != null) {
            json.writeStringField("transaction", transaction.toString());
        }
    }
}
