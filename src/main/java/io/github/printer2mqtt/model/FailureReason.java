package io.github.printer2mqtt.model;

import io.github.printer2mqtt.text.WireConstant;
import java.util.List;
import java.util.stream.Stream;

/** Why a poll failed. */
public enum FailureReason implements WireConstant {
    /** No complete answer before the deadline. */
    TIMEOUT,
    /** Connection refused: nothing listens on the port. */
    REFUSED,
    /** The machine cannot be reached. */
    UNREACHABLE,
    /** The host name cannot be resolved. */
    DNS,
    /** The TLS handshake failed or the certificate is not trusted. */
    TLS,
    /** The printer rejects the credentials. */
    AUTH,
    /** The printer answers that it is busy. */
    BUSY,
    /** A server answers, but no printer is connected to it. */
    DISCONNECTED,
    /** The answer does not follow the protocol. */
    UNREADABLE,
    /** The answer exceeds the size limit. */
    TOO_LARGE,
    /** The printer redirects, which is never followed. */
    REDIRECTED,
    /** The printer is disabled in its registration. */
    DISABLED,
    /** The bridge of another site, which polls the printer, cannot be reached. */
    SITE_UNREACHABLE;

    /** Those of printers that this bridge polls. */
    public static List<FailureReason> ofOwnPrinters() {
        return Stream.of(values()).filter(reason -> reason != SITE_UNREACHABLE).toList();
    }
}
