package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Reading;
import io.vertx.core.Future;

/**
 * One relation to one printer that is asked on a schedule. Belongs to one event loop. The caller never has two polls
 * under way; a command may run beside a poll.
 */
public interface PolledSession {
    /**
     * Asks once, within the printer's timeout. Fails with a {@link io.github.printer2mqtt.net.PrinterException}; any other
     * failure is a fault of ours.
     */
    Future<Reading> poll();

    /**
     * Sends a command once and waits for the printer's answer, at most 60 seconds. Fails with a {@link CommandRefusedException}
     * if the printer says no, and with a {@link io.github.printer2mqtt.net.PrinterException} if it does not answer, which
     * says whether the command may have arrived.
     */
    Future<Void> execute(Command command);

    /** Closes the connections. May be called more than once. */
    void close();
}
