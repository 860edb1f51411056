package io.github.printer2mqtt.command;

import io.github.printer2mqtt.text.WireConstant;

/** Why a command failed. The message is one line for people. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Stable error codes, listed in docs/reference/http.md. */
    public enum Code implements WireConstant {
        /** No such printer. */
        PRINTER_NOT_FOUND,
        /** The printer or its driver does not support the command. */
        UNSUPPORTED,
        /** The printer's current state does not allow it. */
        STATE_CONFLICT,
        /** The printer is offline, disabled, not yet seen or unreachable; it did not receive the command. */
        PRINTER_OFFLINE,
        /** The printer rejected the command. */
        REFUSED_BY_PRINTER,
        /** The printer did not answer in time; it may still execute the command. */
        TIMEOUT,
        /** No readable answer came after the request may have been sent; the printer may have executed the command. */
        OUTCOME_UNKNOWN,
        /** No node acts for the printer at the moment; it did not receive the command. */
        NO_OWNER,
        /** The bridge is stopping. */
        STOPPING
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
