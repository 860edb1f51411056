package io.github.printer2mqtt.driver;

/** The printer rejected a command. The message is one line shown to the user. */
public final class CommandRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Causes that callers handle differently. */
    public enum Cause {
        /** Not possible in the printer's current state. */
        STATE,
        /** Never possible on this printer. */
        UNSUPPORTED,
        /** Any other cause, as the message says. */
        OTHER
    }

    private final Cause why;

    public CommandRefusedException(Cause why, String message) {
        super(message, null, false, false);
        this.why = why;
    }

    public Cause why() {
        return why;
    }
}
