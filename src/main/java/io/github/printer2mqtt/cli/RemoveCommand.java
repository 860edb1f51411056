package io.github.printer2mqtt.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Removes a printer. */
@Command(name = "remove", description = "Remove a printer, its credentials and what is remembered of it.")
final class RemoveCommand implements Callable<Integer> {
    private final RootCommand root;

    @Mixin
    private PrinterIdParameter id = new PrinterIdParameter();

    RemoveCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String known = id.value();
        root.ask(door -> {
            door.remove(known);
            return known;
        });
        root.world().print(List.of("removed " + known));
        return ExitCode.OK.number();
    }
}
