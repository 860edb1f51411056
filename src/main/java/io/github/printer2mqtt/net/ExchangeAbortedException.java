package io.github.printer2mqtt.net;

/**
 * The bridge itself closed the connection of an exchange: the printer was removed, its registration changed, or the bridge
 * stops. What was sent before may have arrived, so the outcome of a command is unknown.
 */
public final class ExchangeAbortedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExchangeAbortedException() {
        super("the bridge closed the connection to the printer", null, false, false);
    }
}
