package io.github.printer2mqtt.command;

import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.access.Origin;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes commands of all interfaces. Thread-safe. */
public interface CommandService {
    /** Checks and executes a command. Succeeds when the printer accepts it, and fails with a {@link CommandException}. */
    Future<Void> execute(PrinterId printer, Command command);

    /** The same for a command of a user, which is logged with its origin and outcome. */
    default Future<Void> execute(PrinterId printer, Command command, Origin origin) {
        Logger log = LoggerFactory.getLogger(CommandService.class);
        String verb = command.verb().wireName();
        return execute(printer, command)
                .onSuccess(accepted -> log.info("command {} for {} from {}: accepted", verb, printer, origin))
                .onFailure(failure ->
                        log.info("command {} for {} from {}: {}", verb, printer, origin, failure.getMessage()));
    }
}
