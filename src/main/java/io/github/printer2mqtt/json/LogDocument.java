package io.github.printer2mqtt.json;

import java.time.Instant;
import java.util.Locale;

/** A log line ({@code bridge/log}). */
public final class LogDocument {
    private LogDocument() {}

    /**
     * @param level {@code WARN} or {@code ERROR}
     * @param source simple name of the logger
     */
    public static byte[] bytes(Instant at, String level, String source, String message) {
        return Json.bytes(json -> {
            json.writeStartObject();
            Json.instant(json, "at", at);
            json.writeStringField("level", level.toLowerCase(Locale.ROOT));
            json.writeStringField("source", source);
            json.writeStringField("message", message);
            json.writeEndObject();
        });
    }
}
