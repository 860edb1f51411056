package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.model.Reading;
import io.vertx.core.Future;

/** A session whose printer is polled on a schedule; the caller never starts a poll before the previous one ended. */
public non-sealed interface PolledSession extends PrinterSession {
    /**
     * Reads the printer's status once, within the timeout of the session. Fails with a {@link
     * io.github.printer2mqtt.net.PrinterException}; any other failure is a bug.
     */
    Future<Reading> poll();
}
