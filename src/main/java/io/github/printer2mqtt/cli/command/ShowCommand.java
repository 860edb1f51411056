package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.ReadingText;
import io.github.printer2mqtt.cli.TerminalText;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the status of one printer. */
@Command(name = "show", description = "Show the status of one printer; needs a running bridge.")
final class ShowCommand implements Callable<Integer> {
    private static final List<String> KEYS = List.of("id", "name", "driver", "model", "group", "state", "message");

    private final RootCommand root;

    @Mixin
    private PrintersCommand.PrinterIdParameter id = new PrintersCommand.PrinterIdParameter();

    @Option(names = "--json", description = "Print the status as JSON.")
    private boolean json;

    ShowCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String printer = id.value();
        JsonObject status = root.client().status(printer).orElseThrow();
        root.context().print(json ? List.of(status.encodePrettily()) : lines(status));
        return ExitCode.OK.number();
    }

    private static List<String> lines(JsonObject status) {
        List<String> lines = new ArrayList<>();
        KEYS.forEach(key -> put(lines, key, TerminalText.text(status, key)));
        put(lines, "reason", ReadingText.reason(status));
        if (status.getValue("job") instanceof JsonObject job) {
            put(lines, "file", TerminalText.text(job, "file"));
            put(lines, "progress", job.getValue("progress") instanceof Number percent ? percent + " %" : null);
        }
        return lines;
    }

    private static void put(List<String> lines, String key, @Nullable String value) {
        if (value != null) {
            lines.add(key + " ".repeat(Math.max(1, 13 - key.length())) + value);
        }
    }
}
