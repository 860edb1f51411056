package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.config.AlertsConfig;
import io.github.printer2mqtt.model.Printer;
import org.jspecify.annotations.Nullable;

/** The thresholds of one printer: its own, or else those of the configuration. Pure. */
public final class Thresholds {
    private Thresholds() {}

    public static AlertsConfig of(AlertsConfig configured, Printer.AlertOverrides own) {
        if (own.equals(Printer.AlertOverrides.none())) {
            return configured;
        }
        AlertsConfig.Temperature defaults = configured.temperature();
        Printer.AlertOverrides.Temperature temperature = own.temperature();
        return new AlertsConfig(
                own(own.rules(), configured.rules()),
                own(own.offlineAfter(), configured.offlineAfter()),
                own(own.stalledAfter(), configured.stalledAfter()),
                new AlertsConfig.Temperature(
                        own(temperature.after(), defaults.after()),
                        own(temperature.deviation(), defaults.deviation()),
                        temperature.nozzleLimit() == null ? defaults.nozzleLimit() : temperature.nozzleLimit(),
                        temperature.bedLimit() == null ? defaults.bedLimit() : temperature.bedLimit()),
                own(own.notClearedAfter(), configured.notClearedAfter()));
    }

    private static <T> T own(@Nullable T own, T configured) {
        return own == null ? configured : own;
    }
}
