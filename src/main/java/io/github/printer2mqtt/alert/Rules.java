package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.config.AlertsConfig;
import io.github.printer2mqtt.printer.AlertCode;

/** The rule of each code. */
final class Rules {
    private Rules() {}

    static Rule of(AlertCode code, AlertsConfig thresholds) {
        return switch (code) {
            case OFFLINE -> new OfflineRule(thresholds.offlineAfter());
            case ERROR -> new ErrorRule();
            case ATTENTION -> new AttentionRule();
            case STALLED -> new StalledRule(thresholds.stalledAfter());
            case TEMPERATURE -> new TemperatureRule(thresholds.temperature());
            case NOT_CLEARED -> new NotClearedRule(thresholds.notClearedAfter());
        };
    }
}
