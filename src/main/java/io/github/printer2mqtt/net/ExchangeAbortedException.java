package io.github.printer2mqtt.net;

import io.github.printer2mqtt.net.PrinterException.Delivery;

/**
 * The bridge itself closed the connection of an exchange: the printer was removed, its registration changed, or the bridge
 * stops. What was sent before may have arrived; the outcome of such a command is unknown.
 */
public final class ExchangeAbortedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Delivery delivery;

    public ExchangeAbortedException(Delivery delivery) {
        super("the bridge closed the connection to the printer", null, false, false);
        this.delivery = delivery;
    }

    public Delivery delivery() {
        return delivery;
    }
}
