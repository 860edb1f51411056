package io.github.printer2mqtt.cli;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Explains the last reading of a status document to people. */
public final class ReadingText {
    private ReadingText() {}

    /** Why there is no current reading; null if there is one or the printer was not polled yet. */
    public static @Nullable String reason(JsonObject status) {
        String reason = status.getValue("poll") instanceof JsonObject poll ? TerminalText.text(poll, "reason") : null;
        String message = TerminalText.text(status, "message");
        // The reason auth also covers a missing key and a proxy that rejects it; only the message tells them apart.
        boolean wrongKey = "auth".equals(reason) && message != null && message.contains("wrong");
        return wrongKey ? "wrong key" : reason;
    }

    /** Whether the printer was polled at least once. */
    public static boolean isDecided(JsonObject status) {
        return !"unknown".equals(TerminalText.text(status, "state")) || reason(status) != null;
    }

    /** One line about the first reading or its failure. */
    public static String first(JsonObject status) {
        String reason = reason(status);
        String message = TerminalText.text(status, "message");
        if (reason == null) {
            return "first reading: " + TerminalText.text(status, "state");
        }
        return "no reading yet: " + reason + (message == null ? "" : " (" + message + ")");
    }
}
