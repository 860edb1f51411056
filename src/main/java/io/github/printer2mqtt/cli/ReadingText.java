package io.github.printer2mqtt.cli;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What a status says about the last reading, in words for people. Pure. */
public final class ReadingText {
    private ReadingText() {}

    /** Why there is no current reading; null if there is one, or nothing is known. */
    public static @Nullable String reason(JsonObject status) {
        String reason = status.getValue("poll") instanceof JsonObject poll ? TerminalText.text(poll, "reason") : null;
        String message = TerminalText.text(status, "message");
        // A key may also be missing, or something in front of the printer may refuse; only the message tells.
        boolean wrongKey = "auth".equals(reason) && message != null && message.contains("wrong");
        return wrongKey ? "wrong key" : reason;
    }

    /** Whether the printer was asked at least once. */
    public static boolean isDecided(JsonObject status) {
        return !"unknown".equals(TerminalText.text(status, "state")) || reason(status) != null;
    }

    /** One line about the first reading. */
    public static String first(JsonObject status) {
        String reason = reason(status);
        String message = TerminalText.text(status, "message");
        if (reason == null) {
            return "first reading: " + TerminalText.text(status, "state");
        }
        return "no reading yet: " + reason + (message == null ? "" : " (" + message + ")");
    }
}
