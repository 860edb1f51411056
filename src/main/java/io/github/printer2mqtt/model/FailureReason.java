package io.github.printer2mqtt.model;

import java.util.Locale;

/** Why a poll brought no reading. */
public enum FailureReason {
    /** No complete answer before the deadline. */
    TIMEOUT,
    /** The machine answers, but nothing listens on the port. */
    REFUSED,
    /** No way to the machine. */
    UNREACHABLE,
    /** The name has no address. */
    DNS,
    /** No trusted encrypted connection. */
    TLS,
    /** The printer refuses our credentials. */
    AUTH,
    /** The printer answers that it has no time for us. */
    BUSY,
    /** A server answers, but has no printer behind it. */
    DISCONNECTED,
    /** The answer is not what the protocol says. */
    UNREADABLE,
    /** The answer is larger than any honest one. */
    TOO_LARGE,
    /** The printer sends us elsewhere, where we do not go. */
    REDIRECTED,
    /** The user has switched the printer off in the registration. */
    DISABLED;

    /** The name used in documents. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
