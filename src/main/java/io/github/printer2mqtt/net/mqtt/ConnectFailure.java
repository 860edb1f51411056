package io.github.printer2mqtt.net.mqtt;

/**
 * Why a broker could not be joined.
 *
 * @param kind what callers tell apart
 * @param detail one line for people; never a secret
 */
public record ConnectFailure(Kind kind, String detail) {
    /** The kinds of failure. */
    public enum Kind {
        /** No connection to the machine. */
        UNREACHABLE,
        /** No complete answer in time. */
        TIMEOUT,
        /** No trusted encrypted connection, or our own certificate files are wrong. */
        TLS,
        /** The broker closed the connection instead of answering. */
        CLOSED,
        /** The broker does not know our user, or does not allow it in. */
        CREDENTIALS,
        /** The broker does not speak this version of MQTT. */
        VERSION,
        /** The broker keeps no retained messages, and our will is one. */
        RETAIN_NOT_SUPPORTED,
        /** The broker does not take the QoS of our will. */
        QOS_NOT_SUPPORTED,
        /** The broker refuses us for another reason. */
        REFUSED
    }
}
