package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.CliContext;
import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.TerminalText;
import io.github.printer2mqtt.cli.client.BridgeNotRunningException;
import io.github.printer2mqtt.cli.client.BridgeResponseException;
import io.github.printer2mqtt.config.InvalidConfigException;
import io.github.printer2mqtt.registration.RegistrationException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user why a command failed, one line per mistake; the stack trace only with --verbose. */
final class ErrorReporter {
    private final CliContext context;
    private final RootCommand root;

    ErrorReporter(CliContext context, RootCommand root) {
        this.context = context;
        this.root = root;
    }

    int onUsage(ParameterException failure) {
        String message = String.valueOf(failure.getMessage());
        context.note("printer2mqtt: " + TerminalText.line(message));
        if (!UnmatchedArgumentException.printSuggestions(failure, context.err())) {
            String command = failure.getCommandLine().getCommandSpec().qualifiedName();
            context.note("Try '" + command + " --help'.");
        }
        context.err().flush();
        return ExitCode.USAGE.number();
    }

    int onFailure(Throwable failure) {
        ExitCode code = report(failure);
        if (root.isVerbose()) {
            failure.printStackTrace(context.err());
            context.err().flush();
        }
        return code.number();
    }

    private ExitCode report(Throwable failure) {
        if (failure instanceof InvalidConfigException invalid) {
            invalid.errors().stream()
                    .map(InvalidConfigException.ConfigError::line)
                    .forEach(context::note);
            return ExitCode.USAGE;
        }
        if (failure instanceof CliException known) {
            return line(known.code(), String.valueOf(known.getMessage()));
        }
        if (failure instanceof BridgeResponseException refusal) {
            refusal.lines().forEach(this::print);
            return refusal.exitCode();
        }
        if (failure instanceof RegistrationException problem) {
            boolean noAnswer = problem.code() == RegistrationException.Code.DRIVER_NOT_DETECTED;
            for (RegistrationException one : problem.all()) {
                print((one.field() == null ? "" : one.field() + ": ") + one.getMessage());
            }
            return noAnswer ? ExitCode.NOT_READY : ExitCode.USAGE;
        }
        if (failure instanceof BridgeNotRunningException) {
            return line(ExitCode.NOT_READY, String.valueOf(failure.getMessage()));
        }
        String hint = root.isVerbose() ? "" : " (--verbose prints the stack trace)";
        return line(ExitCode.FAILURE, "unexpected error: " + TerminalText.line(failure.toString()) + hint);
    }

    private ExitCode line(ExitCode code, String line) {
        print(line);
        return code;
    }

    private void print(String line) {
        context.note("printer2mqtt: " + TerminalText.line(line));
    }
}
