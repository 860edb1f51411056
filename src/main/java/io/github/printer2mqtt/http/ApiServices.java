package io.github.printer2mqtt.http;

import io.github.printer2mqtt.alert.AlertService;
import io.github.printer2mqtt.command.CommandService;
import io.github.printer2mqtt.config.LogConfig;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.monitor.MonitoringService;
import io.github.printer2mqtt.registration.RegistrationService;
import java.util.function.BooleanSupplier;

/**
 * The doors of the house that the API leads to.
 *
 * @param fleet the printer list
 * @param registrations registering printers
 * @param commands what printers are told to do
 * @param monitoring asking now, and the last polls
 * @param metricsRegistry metrics and health
 * @param registryLoaded whether the registered printers are known yet; until then the API answers 503. Must not block
 * @param log its levels
 * @param alerts that are open
 */
public record ApiServices(
        FleetView fleet,
        RegistrationService registrations,
        CommandService commands,
        MonitoringService monitoring,
        MetricsRegistry metricsRegistry,
        BooleanSupplier registryLoaded,
        LogLevels log,
        AlertService alerts) {
    /** The log levels in force. Safe for every thread. */
    public interface LogLevels {
        LogConfig current();

        /** Puts other levels in force until the next start. */
        void apply(LogConfig levels);
    }
}
