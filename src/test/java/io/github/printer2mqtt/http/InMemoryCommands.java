package io.github.printer2mqtt.http;

import io.github.printer2mqtt.command.CommandService;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.PrinterId;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Commands that are kept and accepted, or refused as {@link #refusal} says. */
final class InMemoryCommands implements CommandService {
    record Given(PrinterId printer, Command command) {}

    final List<Given> given = new CopyOnWriteArrayList<>();
    volatile @Nullable RuntimeException refusal;

    @Override
    public Future<Void> execute(PrinterId printer, Command command) {
        RuntimeException failure = refusal;
        if (failure != null) {
            return Future.failedFuture(failure);
        }
        given.add(new Given(printer, command));
        return Future.succeededFuture();
    }
}
