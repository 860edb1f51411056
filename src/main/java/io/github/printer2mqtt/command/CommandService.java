package io.github.printer2mqtt.command;

import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.PrinterId;
import io.vertx.core.Future;

/** Executes commands of all interfaces. Thread-safe. */
public interface CommandService {
    /** Checks and executes a command. Succeeds when the printer accepts it, and fails with a {@link CommandException}. */
    Future<Void> execute(PrinterId printer, Command command);
}
