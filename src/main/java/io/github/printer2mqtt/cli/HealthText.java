package io.github.printer2mqtt.cli;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a bridge says of itself, for people. Pure. */
final class HealthText {
    private HealthText() {}

    static List<String> lines(BridgeClient.Readiness readiness) {
        List<String> lines = new ArrayList<>();
        lines.add(readiness.isReady() ? "ready" : "not ready");
        if (readiness.document().getValue("parts") instanceof JsonObject parts) {
            for (String part : parts.fieldNames()) {
                if (parts.getValue(part) instanceof JsonObject one) {
                    String detail = TerminalText.text(one, "detail");
                    lines.add(String.format(
                            Locale.ROOT,
                            "  %-12s %s%s",
                            TerminalText.line(part),
                            TerminalText.text(one, "status"),
                            detail == null ? "" : ": " + detail));
                }
            }
        }
        return List.copyOf(lines);
    }
}
