package io.github.printer2mqtt.cli;

import picocli.CommandLine;

/** Runs one command of a user and gives its exit code. Nothing a command throws leaves it. */
public final class CommandLineInterface {
    private final World world;

    public CommandLineInterface(World world) {
        this.world = world;
    }

    public int run(String... arguments) {
        RootCommand root = new RootCommand(world);
        CommandLine commands = commands(root);
        FailureReport report = new FailureReport(world, root);
        commands.setOut(world.out())
                .setErr(world.err())
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> report.onFailure(failure))
                .setParameterExceptionHandler((failure, all) -> report.onUsage(failure));
        documentExitCodes(commands);
        try {
            return commands.execute(arguments);
        } catch (Error e) {
            // The command library leaves errors alone, and a thread that a half-started bridge left would hang the end.
            return report.onFailure(e);
        }
    }

    private CommandLine commands(RootCommand root) {
        CommandLine printers = new CommandLine(new PrintersCommand())
                .addSubcommand(new ListCommand(root))
                .addSubcommand(new AddCommand(root))
                .addSubcommand(new RemoveCommand(root));
        return new CommandLine(root)
                .addSubcommand(new RunCommand(world, root))
                .addSubcommand(new DemoCommand(world, root))
                .addSubcommand(new ProbeCommand(root))
                .addSubcommand(new HealthCommand(root))
                .addSubcommand(printers);
    }

    private static void documentExitCodes(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.help());
        command.getSubcommands().values().forEach(CommandLineInterface::documentExitCodes);
    }
}
