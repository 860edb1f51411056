package io.github.printer2mqtt.cli;

import io.github.printer2mqtt.printer.InvalidValueException;
import io.github.printer2mqtt.printer.PrinterId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes a printer. */
@Command(name = "remove", description = "Remove a printer, its credentials and what is remembered of it.")
final class RemoveCommand implements Callable<Integer> {
    private final RootCommand root;

    @Parameters(paramLabel = "ID", description = "The id as printers list shows it.")
    private String id = "";

    RemoveCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String known = parsed().value();
        root.ask(door -> {
            door.remove(known);
            return known;
        });
        root.world().print(List.of("removed " + known));
        return ExitCode.OK.number();
    }

    private PrinterId parsed() {
        try {
            return new PrinterId(id);
        } catch (InvalidValueException e) {
            throw new CliFailure(ExitCode.USAGE, "ID: " + e.getMessage(), e);
        }
    }
}
