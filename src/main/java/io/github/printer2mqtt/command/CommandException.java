package io.github.printer2mqtt.command;

import java.util.Locale;

/** Why a command was not done. The message is one line for people. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The kinds of refusal; their words are stable error codes, listed in docs/reference/http.md. */
    public enum Code {
        /** No such printer. */
        PRINTER_NOT_FOUND,
        /** The printer or its driver never does that. */
        UNSUPPORTED,
        /** The printer's state forbids it now. */
        STATE_CONFLICT,
        /** The printer is offline, disabled or not yet seen, or could not be reached: it did not receive the command. */
        PRINTER_OFFLINE,
        /** The printer refused with a reason of its own. */
        REFUSED_BY_PRINTER,
        /** The printer did not answer in time; it may still do it. */
        TIMEOUT,
        /** The request may have been sent, and no readable answer came; the printer may have done it. */
        OUTCOME_UNKNOWN,
        /** The bridge is stopping. */
        STOPPING;

        /** The name used in documents. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Code code;

    public CommandException(Code code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
