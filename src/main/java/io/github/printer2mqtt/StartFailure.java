package io.github.printer2mqtt;

/**
 * The bridge cannot start for a reason that its user can mend: a port is taken, the database is unusable, a slim build
 * has no embedded broker. The message is one line.
 */
final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartFailure(String line, Throwable cause) {
        super(line, cause);
    }
}
