package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.CliContext;
import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.ExitCode;
import picocli.CommandLine;

/** Runs one command of a user and gives its exit code. Nothing a command throws leaves it. */
public final class CommandLineInterface {
    private final CliContext world;

    public CommandLineInterface(CliContext world) {
        this.world = world;
    }

    public int run(String... arguments) {
        RootCommand root = new RootCommand(world);
        CommandLine commands = commands(root);
        ErrorReporter report = new ErrorReporter(world, root);
        commands.setOut(world.out())
                .setErr(world.err())
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> report.onFailure(failure))
                .setParameterExceptionHandler((failure, all) -> report.onUsage(failure));
        documentExitCodes(commands);
        int unreadable = unreadable(arguments);
        if (unreadable > 0) {
            return report.onFailure(new CliException(
                    ExitCode.USAGE,
                    "argument " + unreadable + ": found a character that cannot be read (U+FFFD), expected UTF-8; set"
                            + " LC_ALL=C.UTF-8"));
        }
        try {
            return commands.execute(arguments);
        } catch (Error e) {
            // The command library leaves errors alone, and a thread that a half-started bridge left would hang the end.
            return report.onFailure(e);
        }
    }

    /** The place of the first argument that was not decoded, counted from 1; 0 if there is none. */
    private static int unreadable(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].indexOf('\uFFFD') >= 0) {
                return i + 1;
            }
        }
        return 0;
    }

    private CommandLine commands(RootCommand root) {
        CommandLine printers = new CommandLine(new PrintersCommand())
                .addSubcommand(new PrintersCommand.ListCommand(root))
                .addSubcommand(new ShowCommand(root))
                .addSubcommand(new AddCommand(root))
                .addSubcommand(new ChangeCommand(root))
                .addSubcommand(new PrintersCommand.RemoveCommand(root))
                .addSubcommand(new PrintersCommand.EnableCommand(root))
                .addSubcommand(new PrintersCommand.DisableCommand(root))
                .addSubcommand(new ImportCommand(root))
                .addSubcommand(new PrintersCommand.ExportCommand(root));
        return new CommandLine(root)
                .addSubcommand(new RunCommand(world, root))
                .addSubcommand(new DemoCommand(world, root))
                .addSubcommand(new ProbeCommand(root))
                .addSubcommand(new HealthCommand(root))
                .addSubcommand(printers)
                .addSubcommand(new CommandLine.HelpCommand())
                .addSubcommand(new RootCommand.VersionCommand(world));
    }

    private static void documentExitCodes(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.help());
        command.getSubcommands().values().forEach(CommandLineInterface::documentExitCodes);
    }
}
