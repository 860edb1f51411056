package io.github.printer2mqtt.simulator.bambu;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** How a {@link BambuSimulator} replies to a command. */
public enum BambuReply {
    SUCCESS,
    /** As A1 mini 01.07 does it. */
    SUCCESS_WITHOUT_NAME,
    REFUSED,
    /** Developer mode is off. */
    UNSIGNED,
    WITHOUT_RESULT,
    NONE;

    /** Whether the printer does what it was asked to. */
    boolean isExecuted() {
        return this == SUCCESS || this == SUCCESS_WITHOUT_NAME;
    }

    @Nullable JsonObject to(JsonObject request) {
        JsonObject answer = new JsonObject()
                .put("sequence_id", request.getString("sequence_id"))
                .put("command", request.getString("command"));
        return switch (this) {
            case SUCCESS -> answer.put("result", "success");
            case SUCCESS_WITHOUT_NAME -> {
                answer.remove("command");
                yield answer.put("result", "SUCCESS");
            }
            case REFUSED -> answer.put("result", "failed").put("reason", "not now");
            case UNSIGNED ->
                answer.put("result", "failed")
                        .put("reason", "mqtt message verify failed")
                        .put("err_code", 84033543);
            case WITHOUT_RESULT -> answer;
            case NONE -> null;
        };
    }
}
