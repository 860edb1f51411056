package io.github.printer2mqtt.command;

import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Origin;
import io.github.printer2mqtt.model.PrinterId;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each command with its origin and outcome. Thread-safe.
 *
 * @param commands executes them
 * @param origin of every command
 */
public record LoggingCommandService(CommandService commands, Origin origin) implements CommandService {
    private static final Logger LOG = LoggerFactory.getLogger(LoggingCommandService.class);

    @Override
    public Future<Void> execute(PrinterId printer, Command command) {
        String verb = command.capability().wireName();
        return commands.execute(printer, command)
                .onSuccess(accepted -> LOG.info("command {} for {} from {}: accepted", verb, printer, origin))
                .onFailure(failure ->
                        LOG.info("command {} for {} from {}: {}", verb, printer, origin, failure.getMessage()));
    }
}
