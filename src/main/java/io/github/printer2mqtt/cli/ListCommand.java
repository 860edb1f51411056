package io.github.printer2mqtt.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the registered printers as a table. */
@Command(name = "list", description = "List the registered printers.")
final class ListCommand implements Callable<Integer> {
    private final RootCommand root;

    @Option(names = "--json", description = "Print the printers as JSON.")
    private boolean json;

    ListCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        JsonObject answer = root.ask(PrinterAdmin::list);
        if (json) {
            root.world().print(List.of(answer.encodePrettily()));
            return ExitCode.OK.number();
        }
        JsonArray printers = answer.getValue("printers") instanceof JsonArray all ? all : new JsonArray();
        root.world().print(printers.isEmpty() ? List.of("no printers yet") : PrinterTable.lines(printers));
        return ExitCode.OK.number();
    }
}
