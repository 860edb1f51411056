package io.github.printer2mqtt.command;

import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.PrinterId;
import io.vertx.core.Future;

/** The one place through which commands go. Safe for every thread. */
public interface CommandService {
    /** Checks and executes a command; fails with a {@link CommandException}. Succeeds with the printer's acceptance. */
    Future<Void> execute(PrinterId printer, Command command);
}
