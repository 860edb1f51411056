package io.github.printer2mqtt.config;

import io.github.printer2mqtt.model.AlertCode;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code alerts}.
 *
 * @param rules the enabled alerts
 * @param offlineAfter how long a printer must be offline before the alert opens
 * @param stalledAfter how long a print must make no progress before the alert opens
 * @param temperature thresholds of heaters
 * @param notClearedAfter how long an ended print must be on the plate before the alert opens
 */
public record AlertsConfig(
        Set<AlertCode> rules,
        Duration offlineAfter,
        Duration stalledAfter,
        Temperature temperature,
        Duration notClearedAfter) {
    public AlertsConfig {
        rules = Set.copyOf(rules);
    }

    /**
     * Sub-section {@code alerts.temperature}, in degrees Celsius.
     *
     * @param after how long a heater must miss its target before the alert opens
     * @param deviation allowed distance from the target
     * @param nozzleLimit highest allowed nozzle temperature; null for no limit
     * @param bedLimit highest allowed bed temperature; null for no limit
     */
    public record Temperature(
            Duration after,
            int deviation,
            @Nullable Integer nozzleLimit,
            @Nullable Integer bedLimit) {}
}
