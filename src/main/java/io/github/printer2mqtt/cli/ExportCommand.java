package io.github.printer2mqtt.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints all registrations as they can be imported again. */
@Command(name = "export", description = "Print all registrations, without credentials, as printers import reads them.")
final class ExportCommand implements Callable<Integer> {
    private final RootCommand root;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "json",
            description = "json or csv; ${DEFAULT-VALUE} if missing.")
    private RegistrationFormat format = RegistrationFormat.JSON;

    ExportCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        root.world().print(root.ask(door -> door.export(format)).lines().toList());
        return ExitCode.OK.number();
    }
}
