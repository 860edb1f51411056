package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.TerminalText;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tries an address without registering it. */
@Command(name = "probe", description = "Try an address and show the detected driver and the printer's state.")
final class ProbeCommand implements Callable<Integer> {
    private static final List<String> KEYS =
            List.of("driver", "address", "evidence", "model", "state", "message", "reason", "detail", "fingerprint");

    private final RootCommand root;

    @Parameters(paramLabel = "ADDRESS", description = "host, host:port or an http(s) URL")
    private String address = "";

    @Option(
            names = "--driver",
            paramLabel = "DRIVER",
            defaultValue = "auto",
            description = "The driver to try; ${DEFAULT-VALUE} tries them all.")
    private String driver = "auto";

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Mixin
    private CredentialOptions credentials = new CredentialOptions();

    ProbeCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        JsonObject request = new JsonObject().put("driver", driver).put("address", address);
        RegistrationOptions.putGiven(request, "credentials", credentials.document());
        JsonObject report = root.withPrinters(printers -> printers.probe(request));
        root.context().print(json ? List.of(report.encodePrettily()) : lines(report));
        return (isRecognised(report) ? ExitCode.OK : ExitCode.NOT_READY).number();
    }

    /** Whether a driver recognised the printer. */
    private static boolean isRecognised(JsonObject report) {
        return TerminalText.text(report, "driver") != null;
    }

    private static List<String> lines(JsonObject report) {
        List<String> lines = new ArrayList<>();
        if (!isRecognised(report)) {
            lines.add("no supported printer answers at this address");
        }
        KEYS.forEach(key -> TerminalText.addField(lines, key, TerminalText.text(report, key)));
        for (JsonObject attempt : TerminalText.objects(report, "attempts")) {
            lines.add("  tried " + TerminalText.text(attempt, "address") + ": " + TerminalText.text(attempt, "answer"));
        }
        lines.addAll(CheckCommand.lines(report));
        return lines;
    }
}
