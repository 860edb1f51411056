package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.fleet.FleetState;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Fleets that store nothing. */
public final class TestFleet {
    private TestFleet() {}

    public static FleetState create(long startMillis, LongSupplier monotonicNanos) {
        return create(startMillis, monotonicNanos, null);
    }

    /** The same with the node that its statuses name; null for none. */
    public static FleetState create(long startMillis, LongSupplier monotonicNanos, Ownership.@Nullable Holder holder) {
        return new FleetState(
                startMillis,
                monotonicNanos,
                new NoOpJobRepository(),
                new NoOpPlateRepository(),
                BridgeConfig.defaults().plate(),
                holder);
    }
}
