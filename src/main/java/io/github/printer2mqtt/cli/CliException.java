package io.github.printer2mqtt.cli;

import org.jspecify.annotations.Nullable;

/** A command ends without success, for a reason that one line explains to its user. */
final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode code;

    CliException(ExitCode code, String line) {
        this(code, line, null);
    }

    CliException(ExitCode code, String line, @Nullable Throwable cause) {
        super(line, cause);
        this.code = code;
    }

    ExitCode code() {
        return code;
    }
}
