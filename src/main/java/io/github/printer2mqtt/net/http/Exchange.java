package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.vertx.core.Future;

/**
 * The requests of one reading or one command: one after the other on one connection, under one deadline.
 */
public interface Exchange {
    /**
     * Sends a request and returns the complete response, whatever its status code unless it is a redirect.
     *
     * <p>Fails with a {@link PrinterException}: {@code TIMEOUT, REFUSED, UNREACHABLE, DNS, TLS, UNREADABLE, TOO_LARGE} or
     * {@code REDIRECTED}, which says whether this request may have arrived. Status codes are interpreted by the driver.
     */
    Future<PrinterResponse> send(PrinterRequest request);

    /**
     * The bridge closed the connection: the printer was removed, its registration changed, or the bridge stops. The outcome
     * of a command that was sent before is unknown.
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
