package io.github.printer2mqtt.net.line;

import io.vertx.core.Future;
import java.util.List;

/** The requests of one reading or command: one after the other over one connection, under one deadline. */
public interface LineExchange {
    /**
     * Sends a line and returns the lines of the reply, without their ends and without empty ones. Not called before the reply to the
     * previous line is complete.
     *
     * <p>Fails with a {@link io.github.printer2mqtt.net.PrinterException}: {@code TIMEOUT, UNREADABLE} or {@code TOO_LARGE}. Its
     * delivery says whether this line may have arrived.
     *
     * @param line without its end, in ASCII
     */
    Future<List<String>> send(String line, ReplyEnd end);
}
