package io.github.printer2mqtt.json;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
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
        return response("ok", "data", new JsonObject(Buffer.buffer(data)), transaction);
    }

    /**
     * The response to a request that failed or whose outcome is unknown.
     *
     * @param transaction a String or a Long; null for none
     * @param code stable
     * @param message one line for people
     */
    public static byte[] error(@Nullable Object transaction, String code, String message) {
        JsonObject error = new JsonObject().put("code", code).put("message", message);
        return response("error", "error", error, transaction);
    }

    private static byte[] response(String status, String key, JsonObject content, @Nullable Object transaction) {
        JsonObject response = new JsonObject().put("status", status).put(key, content);
        if (transaction != null) {
            response.put("transaction", transaction);
        }
        return Json.bytes(response);
    }
}
