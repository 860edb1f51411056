package io.github.printer2mqtt.driver;

/** The printer understood a command and does not do it. The message is the printer's, one line for people. */
public final class CommandRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, as far as callers tell them apart. */
    public enum Cause {
        /** The printer's state forbids it now. */
        STATE,
        /** The printer never does that. */
        UNSUPPORTED,
        /** Anything else, as the message says. */
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
