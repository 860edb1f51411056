package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.vertx.core.Future;

/**
 * The requests that make one reading or one command: one after the other on one connection, under one deadline.
 */
public interface Exchange {
    /**
     * Sends a request and brings the complete answer, whatever its status code but a redirect.
     *
     * <p>Fails with a {@link PrinterException}: {@code TIMEOUT, REFUSED, UNREACHABLE, DNS, TLS, UNREADABLE, TOO_LARGE} or
     * {@code REDIRECTED}, which says whether this request may have arrived. What a status code means is the driver's
     * business; after an answer by which the printer acted it sends no further request that changes something.
     */
    Future<PrinterResponse> send(PrinterRequest ask);

    /**
     * The bridge itself closed the connection of an exchange: the printer was removed, its registration changed, or the bridge
     * stops. What was sent before may have arrived; the outcome of such a command is unknown.
     */
    static final class AbortedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Delivery delivery;

        public AbortedException(Delivery delivery) {
            super("the bridge closed the connection to the printer", null, false, false);
            this.delivery = delivery;
        }

        public Delivery delivery() {
            return delivery;
        }
    }
}
