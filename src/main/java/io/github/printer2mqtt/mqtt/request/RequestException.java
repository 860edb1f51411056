package io.github.printer2mqtt.mqtt.request;

import io.github.printer2mqtt.text.WireConstant;

/**
 * Why a command or request was rejected before it started. The message is one line: what was found and what is
 * expected.
 */
final class RequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The names are released and stable. */
    enum Code implements WireConstant {
        MALFORMED_JSON,
        TOO_LARGE,
        /** A field is missing, unknown or of the wrong type. */
        INVALID_FIELD,
        /** The message was retained, so it may be old. */
        RETAINED_REFUSED,
        /** The message expiry interval has passed. */
        EXPIRED,
        UNKNOWN_VERB,
        NOT_ALLOWED,
        PRINTER_NOT_FOUND,
        PRINTER_OFFLINE,
        ALERT_NOT_FOUND,
        /** The rate limit is exceeded. */
        RATE_LIMITED,
        /** Too many commands or requests are running. */
        BUSY,
        /** The connection to the broker was lost meanwhile. */
        DISCONNECTED
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
