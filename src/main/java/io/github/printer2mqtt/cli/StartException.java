package io.github.printer2mqtt.cli;

/**
 * The bridge cannot start for a reason that its user can fix, such as a port in use or an unusable database. The message
 * is one line.
 */
public final class StartException extends CliException {
    private static final long serialVersionUID = 1L;

    public StartException(String line) {
        super(ExitCode.CANNOT_START, line);
    }

    public StartException(String line, Throwable cause) {
        super(ExitCode.CANNOT_START, line, cause);
    }
}
