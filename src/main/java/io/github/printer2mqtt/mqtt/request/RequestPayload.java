package io.github.printer2mqtt.mqtt.request;

import io.github.printer2mqtt.json.ClientJson;
import io.github.printer2mqtt.json.ClientJson.InvalidJsonException;
import io.github.printer2mqtt.mqtt.request.RequestException.Code;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command or request says: nothing, a JSON object that may have a {@code transaction}, or the one argument of the
 * command alone.
 *
 * @param transaction a String or a Long; null for none
 * @param arguments the rest of the object
 */
record RequestPayload(@Nullable Object transaction, JsonObject arguments) {
    /** Far more than a registration needs, and little enough to read at once. */
    private static final int LARGEST = 64 * 1024;

    private static final int LONGEST_TRANSACTION = 200;
    private static final String TRANSACTION = "transaction";

    /**
     * Reads a payload.
     *
     * @param loneArgument the argument that a payload of one JSON value gives; null if the payload must
     *     be an object
     * @throws RequestException if it is anything else
     */
    static RequestPayload parse(byte[] payload, @Nullable String loneArgument) {
        if (payload.length > LARGEST) {
            throw new RequestException(
                    Code.TOO_LARGE, "found " + payload.length + " bytes, expected at most " + LARGEST);
        }
        if (payload.length == 0) {
            return new RequestPayload(null, new JsonObject());
        }
        JsonObject object = object(payload, loneArgument);
        return new RequestPayload(transaction(object.remove(TRANSACTION)), object);
    }

    private static JsonObject object(byte[] payload, @Nullable String loneArgument) {
        String expected = "expected " + (loneArgument == null ? "an empty payload" : "a plain " + loneArgument)
                + " or a JSON object";
        Object value;
        try {
            value = ClientJson.read(payload);
        } catch (InvalidJsonException e) {
            throw new RequestException(Code.MALFORMED_JSON, e.getMessage() + ", " + expected);
        }
        if (value instanceof JsonObject object) {
            return object;
        }
        if (loneArgument != null && !(value instanceof JsonArray) && value != null) {
            return new JsonObject().put(loneArgument, value);
        }
        throw new RequestException(Code.MALFORMED_JSON, expected);
    }

    private static @Nullable Object transaction(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof String text && text.length() <= LONGEST_TRANSACTION) {
            return text;
        }
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw new RequestException(
                Code.INVALID_FIELD,
                TRANSACTION + ": expected a text of at most " + LONGEST_TRANSACTION
                        + " characters or a whole number of 64 bits");
    }

    /** @throws RequestException if there is an argument beside the named ones */
    void expectOnly(String... names) {
        for (String name : arguments.fieldNames()) {
            if (!List.of(names).contains(name)) {
                throw new RequestException(
                        Code.INVALID_FIELD,
                        "found the field " + QuotedText.of(name) + ", expected "
                                + (names.length == 0 ? "no arguments" : "only " + String.join(" and ", names)));
            }
        }
    }
}
