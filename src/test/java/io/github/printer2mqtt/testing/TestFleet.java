package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.fleet.FleetState;
import java.util.function.LongSupplier;

/** Fleets that store nothing. */
public final class TestFleet {
    private TestFleet() {}

    public static FleetState create(long startMillis, LongSupplier monotonicNanos) {
        return new FleetState(
                startMillis,
                monotonicNanos,
                new NoOpJobRepository(),
                new NoOpPlateRepository(),
                BridgeConfig.defaults().plate());
    }
}
