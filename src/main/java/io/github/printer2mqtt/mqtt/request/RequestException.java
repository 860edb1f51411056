package io.github.printer2mqtt.mqtt.request;

import java.util.Locale;

/** Why something asked over the broker was not begun. The message is one line: what was found and what is expected. */
final class RequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The kinds of refusal; their words are stable codes. */
    enum Code {
        /** The payload is no JSON object. */
        MALFORMED_JSON,
        /** The payload is larger than allowed. */
        TOO_LARGE,
        /** A field is missing, unknown or of a wrong type. */
        INVALID_FIELD,
        /** The broker had kept it, so nobody knows when it was meant. */
        RETAINED_REFUSED,
        /** It waited longer than its sender allowed. */
        EXPIRED,
        /** There is no such verb. */
        UNKNOWN_VERB,
        /** The configuration does not allow it. */
        NOT_ALLOWED,
        /** No such printer. */
        PRINTER_NOT_FOUND,
        /** The printer is disabled. */
        PRINTER_OFFLINE,
        /** No such alert is open. */
        ALERT_NOT_FOUND,
        /** Too many came in this second. */
        RATE_LIMITED,
        /** Too much is under way. */
        BUSY,
        /** The broker went away meanwhile. */
        DISCONNECTED;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Code code;

    RequestException(Code code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    Code code() {
        return code;
    }
}
