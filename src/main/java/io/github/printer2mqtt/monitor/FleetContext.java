package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fleet state with the context that owns it. Thread-safe; futures complete on the caller's context.
 *
 * @param executor of the only context that uses the fleet state
 */
public record FleetContext(ContextExecutor executor, FleetState fleet) {
    <T extends @Nullable Object> Future<T> call(Function<FleetState, T> work) {
        return executor.call(() -> Future.succeededFuture(work.apply(fleet)));
    }

    public Future<Void> run(Consumer<FleetState> work) {
        return executor.call(() -> {
            work.accept(fleet);
            return Future.succeededFuture();
        });
    }
}
