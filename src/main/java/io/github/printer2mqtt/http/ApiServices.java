package io.github.printer2mqtt.http;

import io.github.printer2mqtt.command.CommandService;
import io.github.printer2mqtt.config.LogConfig;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.monitor.MonitoringService;
import io.github.printer2mqtt.registration.RegistrationService;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The doors of the house that the API leads to.
 *
 * @param fleet the printer list
 * @param registrations registering printers
 * @param commands what printers are told to do
 * @param polling asking now, and the last polls
 * @param metricsRegistry meters and health
 * @param registryRead whether the registered printers are known yet; until then the API answers 503. Must not block
 * @param log its levels
 * @param alerts that are open
 * @param csv for import and export; null if only JSON is spoken
 */
public record ApiServices(
        FleetView fleet,
        RegistrationService registrations,
        CommandService commands,
        MonitoringService polling,
        MetricsRegistry metricsRegistry,
        BooleanSupplier registryRead,
        LogLevels log,
        Alerts alerts,
        @Nullable CsvCodec csv) {
    /** The open alerts. Safe for every thread; reading never blocks. */
    public interface Alerts {
        /** Those that are not acknowledged, by printer and code. */
        List<Alert> open();

        /** Clears an alert until its condition ends; completes with false if no such alert is open. */
        Future<Boolean> acknowledge(PrinterId printer, AlertCode code);
    }

    /** The log levels in force. Safe for every thread. */
    public interface LogLevels {
        LogConfig current();

        /** Puts other levels in force until the next start. */
        void apply(LogConfig levels);
    }
}
