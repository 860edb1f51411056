package io.github.printer2mqtt.mqtt;

import org.jspecify.annotations.Nullable;

/** Why the embedded broker does not run. The message is one line for people. */
public final class BrokerProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerProblem(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
