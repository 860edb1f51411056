package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.ReadingText;
import io.github.printer2mqtt.cli.TerminalText;
import io.github.printer2mqtt.cli.client.BridgeClient;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the status of one printer. */
@Command(name = "show", description = "Show the status of one printer; needs a running bridge.")
final class ShowCommand extends PrintersCommand.PrintingCommand {
    private static final List<String> KEYS = List.of("id", "name", "driver", "model", "group", "state", "message");

    @Mixin
    private PrintersCommand.PrinterIdParameter id = new PrintersCommand.PrinterIdParameter();

    @Option(names = "--json", description = "Print the status as JSON.")
    private boolean json;

    ShowCommand(RootCommand root) {
        super(root);
    }

    @Override
    List<String> result() {
        String printer = id.value();
        JsonObject status;
        try (BridgeClient client = root().client()) {
            status = client.status(printer).orElseThrow();
        }
        return json ? List.of(status.encodePrettily()) : lines(status);
    }

    private static List<String> lines(JsonObject status) {
        List<String> lines = new ArrayList<>();
        KEYS.forEach(key -> TerminalText.addField(lines, key, TerminalText.text(status, key)));
        TerminalText.addField(lines, "reason", ReadingText.reason(status));
        if (status.getValue("job") instanceof JsonObject job) {
            TerminalText.addField(lines, "file", TerminalText.text(job, "file"));
            TerminalText.addField(
                    lines, "progress", job.getValue("progress") instanceof Number percent ? percent + " %" : null);
        }
        return lines;
    }
}
