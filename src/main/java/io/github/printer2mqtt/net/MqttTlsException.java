package io.github.printer2mqtt.net;

import org.jspecify.annotations.Nullable;

/** A certificate or key file of section {@code mqtt.tls} is of no use. The message is one line for people. */
final class MqttTlsException extends Exception {
    private static final long serialVersionUID = 1L;

    MqttTlsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
