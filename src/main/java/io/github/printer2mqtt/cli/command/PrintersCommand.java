package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.PrinterAdmin;
import io.github.printer2mqtt.cli.PrinterTable;
import io.github.printer2mqtt.cli.RegistrationFormat;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.text.InvalidValueException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
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

    /** Stops polling a printer, which stays registered. */
    @Command(name = "disable", description = "Do not poll a printer any more; it stays registered.")
    static final class DisableCommand implements Callable<Integer> {
        private final RootCommand root;

        @Mixin
        private PrinterIdParameter id = new PrinterIdParameter();

        DisableCommand(RootCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            String known = id.value();
            root.ask(door -> door.change(known, new JsonObject().put("enabled", false)));
            root.world().print(List.of("disabled " + known));
            return ExitCode.OK.number();
        }
    }

    /** Polls a printer again. */
    @Command(name = "enable", description = "Poll a disabled printer again.")
    static final class EnableCommand implements Callable<Integer> {
        private final RootCommand root;

        @Mixin
        private PrinterIdParameter id = new PrinterIdParameter();

        EnableCommand(RootCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            String known = id.value();
            root.ask(door -> door.change(known, new JsonObject().put("enabled", true)));
            root.world().print(List.of("enabled " + known));
            return ExitCode.OK.number();
        }
    }

    /** Prints the registered printers as a table. */
    @Command(name = "list", description = "List the registered printers.")
    static final class ListCommand implements Callable<Integer> {
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

    /** Removes a printer. */
    @Command(name = "remove", description = "Remove a printer, its credentials and what is remembered of it.")
    static final class RemoveCommand implements Callable<Integer> {
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

    /** Prints all registrations as they can be imported again. */
    @Command(
            name = "export",
            description = "Print all registrations, without credentials, as printers import reads them.")
    static final class ExportCommand implements Callable<Integer> {
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

    /** The printer that a command is about. */
    static final class PrinterIdParameter {
        @Parameters(paramLabel = "ID", description = "The id as printers list shows it.")
        private String id = "";

        /** The id; one that cannot be any printer's never gets into a path. */
        String value() {
            try {
                return new PrinterId(id).value();
            } catch (InvalidValueException e) {
                throw new CliException(ExitCode.USAGE, "ID: " + e.getMessage(), e);
            }
        }
    }
}
