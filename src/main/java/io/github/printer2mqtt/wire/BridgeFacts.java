package io.github.printer2mqtt.wire;

import io.github.printer2mqtt.config.BridgeConfig;
import java.time.Instant;
import java.util.List;

/**
 * What does not change while a bridge runs.
 *
 * @param version of the program
 * @param startedAt by the wall clock
 * @param drivers ids of the drivers it has
 * @param config it runs with; only what is no secret is ever shown
 */
public record BridgeFacts(String version, Instant startedAt, List<String> drivers, BridgeConfig config) {
    public BridgeFacts {
        drivers = List.copyOf(drivers);
    }
}
