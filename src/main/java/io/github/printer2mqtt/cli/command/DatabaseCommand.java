package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.command.PrintersCommand.PrintingCommand;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands for whole databases. */
@Command(name = "database", description = "Copy the database into another one, while no bridge runs.")
final class DatabaseCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "found no command, expected copy");
        }
    }

    /** Copies between SQLite and PostgreSQL. */
    @Command(
            name = "copy",
            description =
                    "Copy everything from one database into an empty one, from SQLite to PostgreSQL or back. The bridge must"
                            + " be stopped. Login and TLS of a server are those of the configuration.")
    static final class CopyCommand extends PrintingCommand {
        @Option(
                names = "--from",
                required = true,
                paramLabel = "DATABASE",
                description = "The path of a SQLite file, or a URL such as postgresql://host/printer2mqtt.")
        private String from = "";

        @Option(
                names = "--to",
                required = true,
                paramLabel = "DATABASE",
                description = "The same. A file is created if it is missing.")
        private String to = "";

        CopyCommand(RootCommand root) {
            super(root);
        }

        @Override
        List<String> result() {
            root().expectThisMachine("run it on the machine of that bridge");
            List<String> lines = new ArrayList<>();
            root().context()
                    .copies()
                    .apply(root().configuration())
                    .copy(from, to)
                    .forEach(lines::add);
            return lines;
        }
    }
}
