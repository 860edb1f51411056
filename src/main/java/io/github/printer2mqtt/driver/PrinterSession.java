package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Reading;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * One continuous relation to one printer. All methods are called on one event loop, and all futures complete there.
 * Sealed because the monitor treats each kind differently.
 */
public sealed interface PrinterSession permits PolledSession, PushedSession {
    /** For one command. */
    Duration COMMAND_LIMIT = Duration.ofSeconds(60);

    /**
     * Reads the printer's whole status once, within the timeout of the session; connects where necessary. The caller never
     * starts a poll before the previous one ended. Fails with a {@link io.github.printer2mqtt.net.PrinterException}; any
     * other failure is a bug.
     */
    Future<Reading> poll();

    /**
     * Sends a command at most once and waits up to {@link #COMMAND_LIMIT} for the response; may run beside a poll. Fails with a
     * {@link CommandRefusedException} if the printer rejects it or the protocol does not have it, and with a {@link
     * io.github.printer2mqtt.net.PrinterException}, which says whether the command may have arrived, if there is no usable
     * response. May also throw the exception.
     */
    Future<Void> execute(PrinterCommand command);

    /**
     * Looks for a picture on a connection of its own, beside a poll; changes nothing. Fails with a {@link
     * io.github.printer2mqtt.net.PrinterException}.
     *
     * @param limit for all requests together
     */
    default Future<FoundPicture> findPicture(FoundPicture.Kind kind, Duration limit) {
        return Future.succeededFuture(new FoundPicture.None());
    }

    /** Closes the connections. May be called more than once. */
    void close();
}
