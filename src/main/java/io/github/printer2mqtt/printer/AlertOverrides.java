package io.github.printer2mqtt.printer;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one printer wants differently from section {@code alerts} of the configuration; null each for what is configured.
 *
 * @param rules which alerts it has; empty for none
 * @param offlineAfter as in {@code alerts.offline.after}
 * @param stalledAfter as in {@code alerts.stalled.after}
 * @param temperature as in {@code alerts.temperature}
 * @param notClearedAfter as in {@code alerts.not_cleared.after}
 */
public record AlertOverrides(
        @Nullable Set<AlertCode> rules,
        @Nullable Duration offlineAfter,
        @Nullable Duration stalledAfter,
        Temperature temperature,
        @Nullable Duration notClearedAfter) {
    private static final AlertOverrides NONE =
            new AlertOverrides(null, null, null, new Temperature(null, null, null, null), null);

    public AlertOverrides {
        rules = rules == null ? null : Set.copyOf(rules);
    }

    /**
     * What differs in {@code alerts.temperature}; null each for what is configured.
     *
     * @param after as there
     * @param deviation degrees Celsius
     * @param nozzleLimit degrees Celsius
     * @param bedLimit degrees Celsius
     */
    public record Temperature(
            @Nullable Duration after,
            @Nullable Integer deviation,
            @Nullable Integer nozzleLimit,
            @Nullable Integer bedLimit) {}

    public static AlertOverrides none() {
        return NONE;
    }
}
