package io.github.printer2mqtt.config;

import io.github.printer2mqtt.model.AlertCode;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code alerts}.
 *
 * @param rules which alerts there are
 * @param offlineAfter how long a printer is offline until the alert opens
 * @param stalledAfter how long a print does not get on until the alert opens
 * @param temperature of heaters
 * @param notClearedAfter how long a print is finished until the alert opens
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
     * @param after how long a heater is off its target until the alert opens
     * @param deviation how far it may be off
     * @param nozzleLimit above which a nozzle must never be; null for none
     * @param bedLimit above which a bed must never be; null for none
     */
    public record Temperature(
            Duration after,
            int deviation,
            @Nullable Integer nozzleLimit,
            @Nullable Integer bedLimit) {
        public static Temperature defaults() {
            return new ConfigAssembler(new Values()).temperatureAlerts();
        }
    }

    public static AlertsConfig defaults() {
        return new ConfigAssembler(new Values()).alerts();
    }
}
