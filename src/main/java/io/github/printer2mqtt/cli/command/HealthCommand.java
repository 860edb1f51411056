package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.TerminalText;
import io.github.printer2mqtt.cli.client.BridgeClient;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Asks a running bridge whether it is ready, for people and for container health checks. */
@Command(name = "health", description = "Ask a running bridge whether it is ready.")
final class HealthCommand implements Callable<Integer> {
    private final RootCommand root;

    HealthCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        BridgeClient.Readiness readiness;
        try (BridgeClient client = root.client()) {
            readiness = client.readiness();
        }
        root.context().print(lines(readiness));
        return (readiness.isReady() ? ExitCode.OK : ExitCode.NOT_READY).number();
    }

    private static List<String> lines(BridgeClient.Readiness readiness) {
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
        return lines;
    }
}
