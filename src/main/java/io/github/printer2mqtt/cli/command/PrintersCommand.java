package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.PrinterAdmin;
import io.github.printer2mqtt.cli.PrinterTable;
import io.github.printer2mqtt.cli.RegistrationFormat;
import io.github.printer2mqtt.cli.TerminalText;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.text.InvalidValueException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The group of commands for registered printers. */
@Command(
        name = "printers",
        description =
                "List, add, change and remove printers, through the running bridge or, while none runs, directly in the"
                        + " database.")
final class PrintersCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "found no command, expected list, show, check, add, change, remove, enable, disable, discover, import or export");
        }
    }

    /** A command that prints lines and succeeds, or throws. */
    abstract static class PrintingCommand implements Callable<Integer> {
        private final RootCommand root;

        PrintingCommand(RootCommand root) {
            this.root = root;
        }

        final RootCommand root() {
            return root;
        }

        @Override
        public final Integer call() {
            root.context().print(result());
            return ExitCode.OK.number();
        }

        /** Does the work of the command and returns the lines to print. */
        abstract List<String> result();
    }

    /** A command that does one thing to one printer and reports it in one line. */
    private abstract static class OnePrinterCommand extends PrintingCommand {
        private final String done;
        private final BiConsumer<PrinterAdmin, String> operation;

        @Mixin
        private PrinterIdParameter id = new PrinterIdParameter();

        /** @param done what the user reads before the id */
        OnePrinterCommand(RootCommand root, String done, BiConsumer<PrinterAdmin, String> operation) {
            super(root);
            this.done = done;
            this.operation = operation;
        }

        @Override
        List<String> result() {
            String printer = id.value();
            root().withPrinters(printers -> {
                operation.accept(printers, printer);
                return printer;
            });
            return List.of(done + " " + printer);
        }
    }

    @Command(name = "disable", description = "Stop polling a printer; it stays registered.")
    static final class DisableCommand extends OnePrinterCommand {
        DisableCommand(RootCommand root) {
            super(root, "disabled", (printers, id) -> printers.change(id, new JsonObject().put("enabled", false)));
        }
    }

    @Command(name = "enable", description = "Poll a disabled printer again.")
    static final class EnableCommand extends OnePrinterCommand {
        EnableCommand(RootCommand root) {
            super(root, "enabled", (printers, id) -> printers.change(id, new JsonObject().put("enabled", true)));
        }
    }

    @Command(name = "remove", description = "Remove a printer, its credentials and everything stored about it.")
    static final class RemoveCommand extends OnePrinterCommand {
        RemoveCommand(RootCommand root) {
            super(root, "removed", PrinterAdmin::remove);
        }
    }

    /** Prints the registered printers as a table or as JSON. */
    @Command(name = "list", description = "List the registered printers.")
    static final class ListCommand extends PrintingCommand {
        @Option(names = "--json", description = "Print the printers as JSON.")
        private boolean json;

        ListCommand(RootCommand root) {
            super(root);
        }

        @Override
        List<String> result() {
            JsonObject list = root().withPrinters(PrinterAdmin::list);
            List<JsonObject> printers = TerminalText.objects(list, "printers");
            return json
                    ? List.of(list.encodePrettily())
                    : printers.isEmpty() ? List.of("no printers yet") : PrinterTable.lines(printers);
        }
    }

    /** Prints all registrations in a format that the import reads. */
    @Command(
            name = "export",
            description = "Print all registrations, without credentials, in the format that printers import reads.")
    static final class ExportCommand extends PrintingCommand {
        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                defaultValue = "json",
                description = "json or csv; ${DEFAULT-VALUE} if missing.")
        private RegistrationFormat format = RegistrationFormat.JSON;

        ExportCommand(RootCommand root) {
            super(root);
        }

        @Override
        List<String> result() {
            return root().withPrinters(printers -> printers.export(format))
                    .lines()
                    .toList();
        }
    }

    /** The id of the printer that a command applies to. */
    static final class PrinterIdParameter {
        @Parameters(paramLabel = "ID", description = "The id as printers list shows it.")
        private String id = "";

        /** Returns a valid id, which is safe to put into a path. */
        String value() {
            try {
                return new PrinterId(id).value();
            } catch (InvalidValueException e) {
                throw new CliException(ExitCode.USAGE, "ID: " + e.getMessage(), e);
            }
        }
    }
}
