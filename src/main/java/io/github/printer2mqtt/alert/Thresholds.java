package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.config.AlertsConfig;
import io.github.printer2mqtt.model.Printer;
import org.jspecify.annotations.Nullable;

/** What holds for one printer: its own thresholds, and those of the configuration where it has none. Pure. */
public final class Thresholds {
    private Thresholds() {}

    public static AlertsConfig of(AlertsConfig configured, Printer.AlertOverrides own) {
        if (own.equals(Printer.AlertOverrides.none())) {
            return configured;
        }
        AlertsConfig.Temperature usual = configured.temperature();
        Printer.AlertOverrides.Temperature temperature = own.temperature();
        return new AlertsConfig(
                own(own.rules(), configured.rules()),
                own(own.offlineAfter(), configured.offlineAfter()),
                own(own.stalledAfter(), configured.stalledAfter()),
                new AlertsConfig.Temperature(
                        own(temperature.after(), usual.after()),
                        own(temperature.deviation(), usual.deviation()),
                        temperature.nozzleLimit() == null ? usual.nozzleLimit() : temperature.nozzleLimit(),
                        temperature.bedLimit() == null ? usual.bedLimit() : temperature.bedLimit()),
                own(own.notClearedAfter(), configured.notClearedAfter()));
    }

    private static <T> T own(@Nullable T own, T configured) {
        return own == null ? configured : own;
    }
}
