package io.github.printer2mqtt.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report of a probe for people. Pure. */
final class ProbeText {
    private static final List<String> KEYS =
            List.of("driver", "address", "evidence", "model", "state", "message", "reason", "detail", "fingerprint");

    private ProbeText() {}

    /** Whether a driver recognised the printer. */
    static boolean isRecognised(JsonObject report) {
        return TerminalText.text(report, "driver") != null;
    }

    static List<String> lines(JsonObject report) {
        List<String> lines = new ArrayList<>();
        if (!isRecognised(report)) {
            lines.add("no driver recognises what is there");
        }
        for (String key : KEYS) {
            String text = TerminalText.text(report, key);
            if (text != null) {
                lines.add(String.format(Locale.ROOT, "%-12s %s", key, text));
            }
        }
        if (report.getValue("attempts") instanceof JsonArray attempts) {
            for (Object attempt : attempts) {
                if (attempt instanceof JsonObject one) {
                    lines.add("  tried " + TerminalText.text(one, "address") + ": " + TerminalText.text(one, "said"));
                }
            }
        }
        return List.copyOf(lines);
    }
}
