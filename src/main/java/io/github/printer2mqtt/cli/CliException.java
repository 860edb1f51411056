package io.github.printer2mqtt.cli;

import org.jspecify.annotations.Nullable;

/** Ends a command with an exit code and one line for its user. */
public class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode code;

    public CliException(ExitCode code, String line) {
        this(code, line, null);
    }

    public CliException(ExitCode code, String line, @Nullable Throwable cause) {
        super(line, cause);
        this.code = code;
    }

    public final ExitCode code() {
        return code;
    }
}
