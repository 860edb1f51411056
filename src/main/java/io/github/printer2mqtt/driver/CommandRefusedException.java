package io.github.printer2mqtt.driver;

/** The printer rejected a command. The message is one line shown to the user. */
public final class CommandRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Reasons that callers handle differently. */
    public enum Reason {
        /** Not possible in the printer's current state. */
        STATE,
        /** Never possible on this printer. */
        UNSUPPORTED,
        /** Any other reason, as the message says. */
        OTHER
    }

    private final Reason reason;

    public CommandRefusedException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
