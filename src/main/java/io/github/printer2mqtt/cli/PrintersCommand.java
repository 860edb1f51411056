package io.github.printer2mqtt.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The registered printers; does nothing by itself. */
@Command(
        name = "printers",
        description =
                "List, add, change and remove printers. Asks the running bridge; where none runs, the database is opened"
                        + " directly.")
final class PrintersCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "found no command, expected list, show, add, change, remove, enable, disable, import or export");
        }
    }
}
