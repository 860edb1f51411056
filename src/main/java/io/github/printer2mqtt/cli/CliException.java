package io.github.printer2mqtt.cli;

import org.jspecify.annotations.Nullable;

/** A command ends without success, for a reason that one line explains to its user. */
public final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode code;

    public CliException(ExitCode code, String line) {
        this(code, line, null);
    }

    public CliException(ExitCode code, String line, @Nullable Throwable cause) {
        super(line, cause);
        this.code = code;
    }

    public ExitCode code() {
        return code;
    }
}
