package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.CliContext;
import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.StartException;
import io.github.printer2mqtt.cli.TerminalText;
import io.github.printer2mqtt.cli.client.BridgeNotRunningException;
import io.github.printer2mqtt.cli.client.BridgeResponseException;
import io.github.printer2mqtt.config.InvalidConfigException;
import io.github.printer2mqtt.registration.RegistrationException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a user why a command failed: a line each, a stack trace only where it was asked for. */
final class ErrorReporter {
    private final CliContext world;
    private final RootCommand root;

    ErrorReporter(CliContext world, RootCommand root) {
        this.world = world;
        this.root = root;
    }

    int onUsage(ParameterException failure) {
        String message = String.valueOf(failure.getMessage());
        world.note("printer2mqtt: " + TerminalText.line(message));
        if (!UnmatchedArgumentException.printSuggestions(failure, world.err())) {
            String command = failure.getCommandLine().getCommandSpec().qualifiedName();
            world.note("Try '" + command + " --help'.");
        }
        world.err().flush();
        return ExitCode.USAGE.number();
    }

    int onFailure(Throwable failure) {
        ExitCode code = report(failure);
        if (root.isVerbose()) {
            failure.printStackTrace(world.err());
            world.err().flush();
        }
        return code.number();
    }

    private ExitCode report(Throwable failure) {
        if (failure instanceof InvalidConfigException invalid) {
            invalid.errors().stream()
                    .map(InvalidConfigException.ConfigError::line)
                    .forEach(world::note);
            return ExitCode.USAGE;
        }
        if (failure instanceof CliException known) {
            return line(known.code(), String.valueOf(known.getMessage()));
        }
        if (failure instanceof BridgeResponseException refusal) {
            refusal.lines().forEach(this::tell);
            return refusal.exitCode();
        }
        if (failure instanceof RegistrationException problem) {
            boolean silent = problem.code() == RegistrationException.Code.DRIVER_NOT_DETECTED;
            for (RegistrationException one : problem.all()) {
                tell((one.field() == null ? "" : one.field() + ": ") + one.getMessage());
            }
            return silent ? ExitCode.NOT_READY : ExitCode.USAGE;
        }
        if (failure instanceof BridgeNotRunningException) {
            return line(ExitCode.NOT_READY, String.valueOf(failure.getMessage()));
        }
        if (failure instanceof StartException) {
            return line(ExitCode.CANNOT_START, String.valueOf(failure.getMessage()));
        }
        String hint = root.isVerbose() ? "" : " (--verbose shows where)";
        return line(ExitCode.FAILURE, "unexpected failure: " + TerminalText.line(failure.toString()) + hint);
    }

    private ExitCode line(ExitCode code, String line) {
        tell(line);
        return code;
    }

    private void tell(String line) {
        world.note("printer2mqtt: " + TerminalText.line(line));
    }
}
