package io.github.printer2mqtt.driver.duet;

import io.github.printer2mqtt.driver.ReadingDeadline;
import io.github.printer2mqtt.net.http.Exchange;
import io.vertx.core.Future;

/** One of the two HTTP interfaces of a board, with its login. Belongs to the session's event loop. */
interface DuetServer {
    /** Reads what changes all the time. Fails with a {@link io.github.printer2mqtt.net.PrinterException}. */
    Future<DuetModel> read(Exchange exchange);

    /** Completes a model by what has changed and stands elsewhere, as far as time allows. */
    Future<DuetModel> complete(DuetModel read, ReadingDeadline deadline);

    /**
     * Sends G-code, which the board executes later. Fails with a {@link
     * io.github.printer2mqtt.driver.CommandRefusedException} or a {@link io.github.printer2mqtt.net.PrinterException}.
     */
    Future<Void> send(Exchange exchange, String gcode);

    /** Whether the server itself says how a print ended, in a later reading than the one that shows the end. */
    boolean statesResults();
}
