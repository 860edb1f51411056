package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.CliContext;
import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.ExitCode;
import java.util.List;
import picocli.CommandLine;

/** Runs one command and returns its exit code; never throws. */
public final class CommandLineInterface {
    private final CliContext context;

    public CommandLineInterface(CliContext context) {
        this.context = context;
    }

    public int run(String... arguments) {
        RootCommand root = new RootCommand(context);
        CommandLine commands = commands(root, List.of(arguments));
        ErrorReporter report = new ErrorReporter(context, root);
        commands.setOut(context.out())
                .setErr(context.err())
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> report.onFailure(failure))
                .setParameterExceptionHandler((failure, all) -> report.onUsage(failure));
        documentExitCodes(commands);
        int undecoded = firstUndecoded(arguments);
        if (undecoded > 0) {
            return report.onFailure(new CliException(
                    ExitCode.USAGE,
                    "argument " + undecoded + ": found a character that cannot be read (U+FFFD), expected UTF-8; set"
                            + " LC_ALL=C.UTF-8"));
        }
        try {
            return commands.execute(arguments);
        } catch (Error e) {
            // picocli does not catch errors, and threads of a half-started bridge would keep the process alive.
            return report.onFailure(e);
        }
    }

    /** The position, from 1, of the first argument that the JVM could not decode; 0 if there is none. */
    private static int firstUndecoded(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].indexOf('\uFFFD') >= 0) {
                return i + 1;
            }
        }
        return 0;
    }

    private CommandLine commands(RootCommand root, List<String> arguments) {
        CommandLine printers = new CommandLine(new PrintersCommand());
        if (isMeant("printers", arguments)) {
            printers.addSubcommand(new PrintersCommand.ListCommand(root))
                    .addSubcommand(new ShowCommand(root))
                    .addSubcommand(new CheckCommand(root))
                    .addSubcommand(new AddCommand(root))
                    .addSubcommand(new ChangeCommand(root))
                    .addSubcommand(new PrintersCommand.RemoveCommand(root))
                    .addSubcommand(new PrintersCommand.EnableCommand(root))
                    .addSubcommand(new PrintersCommand.DisableCommand(root))
                    .addSubcommand(new DiscoverCommand(root))
                    .addSubcommand(new ImportCommand(root))
                    .addSubcommand(new PrintersCommand.ExportCommand(root));
        }
        return new CommandLine(root)
                .addSubcommand(new RunCommand(root))
                .addSubcommand(new RunCommand.DemoCommand(root))
                .addSubcommand(new ProbeCommand(root))
                .addSubcommand(new HealthCommand(root))
                .addSubcommand(new ReportCommand(root))
                .addSubcommand(printers)
                .addSubcommand(secrets(root, arguments))
                .addSubcommand(database(root, arguments))
                .addSubcommand(new BackupCommand(root))
                .addSubcommand(new BackupCommand.RestoreCommand(root))
                .addSubcommand(new CommandLine.HelpCommand())
                .addSubcommand(new RootCommand.VersionCommand(root));
    }

    private static CommandLine secrets(RootCommand root, List<String> arguments) {
        CommandLine secrets = new CommandLine(new SecretsCommand());
        if (isMeant("secrets", arguments)) {
            secrets.addSubcommand(new SecretsCommand.RotateCommand(root))
                    .addSubcommand(new SecretsCommand.DiscardCommand(root));
        }
        return secrets;
    }

    private static CommandLine database(RootCommand root, List<String> arguments) {
        CommandLine database = new CommandLine(new DatabaseCommand());
        if (isMeant("database", arguments)) {
            database.addSubcommand(new DatabaseCommand.CopyCommand(root));
        }
        return database;
    }

    /** Reading the annotations of a group takes longer than the rest of the parser's start, so only if it may be meant. */
    private static boolean isMeant(String group, List<String> arguments) {
        return arguments.stream().anyMatch(argument -> argument.equals(group) || argument.startsWith("@"));
    }

    private static void documentExitCodes(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.help());
        command.getSubcommands().values().forEach(CommandLineInterface::documentExitCodes);
    }
}
