package io.github.printer2mqtt.http;

import io.github.printer2mqtt.command.CommandService;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.PrinterId;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Records and accepts commands; {@link #failure} makes them fail. */
final class InMemoryCommands implements CommandService {
    record Execution(PrinterId printer, Command command) {}

    final List<Execution> executed = new CopyOnWriteArrayList<>();
    volatile @Nullable RuntimeException failure;

    @Override
    public Future<Void> execute(PrinterId printer, Command command) {
        RuntimeException current = failure;
        if (current != null) {
            return Future.failedFuture(current);
        }
        executed.add(new Execution(printer, command));
        return Future.succeededFuture();
    }
}
