package io.github.printer2mqtt.mqtt;

import org.jspecify.annotations.Nullable;

/** Why the embedded broker does not run. The message is one line for people. */
public final class BrokerStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
