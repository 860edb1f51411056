package io.github.printer2mqtt.net.mqtt.client;

/**
 * Why a connection to a broker failed.
 *
 * @param kind what callers distinguish
 * @param detail one line for users, without secrets
 */
public record ConnectFailure(Kind kind, String detail) {
    public enum Kind {
        /** The host cannot be reached. */
        UNREACHABLE,
        /** No complete response within the timeout. */
        TIMEOUT,
        /** No trusted TLS connection, or our certificate files are unusable. */
        TLS,
        /** The certificate of the broker is not signed by an authority that is trusted. */
        UNTRUSTED,
        /** The broker requires a client certificate or refuses ours. */
        CLIENT_CERTIFICATE,
        /** The broker closed the connection instead of responding. */
        CLOSED,
        /** The broker rejected our credentials. */
        CREDENTIALS,
        /** The broker does not support this MQTT version. */
        VERSION,
        /** The broker does not support retained messages, and our will is retained. */
        RETAIN_NOT_SUPPORTED,
        /** The broker does not support the QoS of our will. */
        QOS_NOT_SUPPORTED,
        /** The broker refused the connection for another reason. */
        REFUSED
    }
}
