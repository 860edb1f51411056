package io.github.printer2mqtt.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What is answered to a command or request over MQTT. A transaction is a text or a whole number and
 * is given back as it came; without one there is no such key.
 */
public final class ResponseDocument {
    private static final byte[] NOTHING = {'{', '}'};

    private ResponseDocument() {}

    /** The data of an answer that has none. */
    public static byte[] nothing() {
        return NOTHING.clone();
    }

    /**
     * It was done.
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
     * It was not done, or not known to be.
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
