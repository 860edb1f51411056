package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.TerminalText;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks for printers in a network. */
@Command(name = "discover", description = "Look for printers in a network. None is registered.")
final class DiscoverCommand extends PrintersCommand.PrintingCommand {
    @Parameters(
            paramLabel = "CIDR",
            arity = "0..1",
            description = "The network, for example 192.168.1.0/24; if missing, those of the bridge's machine.")
    private @Nullable String network;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    DiscoverCommand(RootCommand root) {
        super(root);
    }

    @Override
    List<String> result() {
        JsonObject request = network == null ? new JsonObject() : new JsonObject().put("network", network);
        JsonObject report = root().withPrinters(printers -> printers.discover(request));
        return json ? List.of(report.encodePrettily()) : lines(report);
    }

    private static List<String> lines(JsonObject report) {
        List<String> lines = new ArrayList<>();
        List<JsonObject> printers = TerminalText.objects(report, "printers");
        for (JsonObject printer : printers) {
            String registered = TerminalText.text(printer, "registered");
            lines.add(TerminalText.text(printer, "address") + "  " + TerminalText.text(printer, "driver") + "  "
                    + TerminalText.text(printer, "evidence")
                    + (registered == null ? "" : "  registered as " + registered));
        }
        Object tried = report.getValue("addresses");
        lines.add(printers.size() + " found at " + (tried instanceof Number ? tried : "?") + " addresses");
        if (Boolean.FALSE.equals(report.getValue("complete"))) {
            lines.add("the time did not suffice for all of them: scan a smaller network");
        }
        return lines;
    }
}
