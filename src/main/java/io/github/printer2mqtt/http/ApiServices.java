package io.github.printer2mqtt.http;

import io.github.printer2mqtt.access.AccessServices;
import io.github.printer2mqtt.alert.AlertService;
import io.github.printer2mqtt.backup.BackupService;
import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.command.CommandService;
import io.github.printer2mqtt.config.LogConfig;
import io.github.printer2mqtt.fleet.CombinedFleet;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.history.HistoryService;
import io.github.printer2mqtt.history.TemperatureService;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.monitor.MonitoringService;
import io.github.printer2mqtt.notification.NotificationService;
import io.github.printer2mqtt.picture.PictureService;
import io.github.printer2mqtt.registration.DiagnosisService;
import io.github.printer2mqtt.registration.RegistrationService;
import io.github.printer2mqtt.site.SiteService;
import io.github.printer2mqtt.support.SupportService;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The services behind the API.
 *
 * @param fleet our own printers
 * @param monitoring polls on request and the last poll results
 * @param metricsRegistry metrics and health
 * @param registryLoaded whether the registered printers are known; until then the API responds 503. Must not block
 * @param log log levels
 * @param access who may do what
 * @param support the archive for support
 * @param sites other bridges whose printers are shown as well
 * @param ownership which nodes stand by for each other
 */
public record ApiServices(
        FleetView fleet,
        RegistrationService registrations,
        DiagnosisService diagnoses,
        CommandService commands,
        MonitoringService monitoring,
        MetricsRegistry metricsRegistry,
        BooleanSupplier registryLoaded,
        LogLevels log,
        AlertService alerts,
        NotificationService notifications,
        TemperatureService temperatures,
        PictureService pictures,
        HistoryService history,
        BackupService backups,
        AccessServices access,
        SupportService support,
        SiteService sites,
        Ownership ownership) {
    /** Our own printers and those of other sites. */
    CombinedFleet combinedFleet() {
        List<CombinedFleet.Part> parts = new ArrayList<>(List.of(new CombinedFleet.Part(null, fleet)));
        parts.addAll(sites.fleets());
        return new CombinedFleet(parts);
    }

    /** The effective log levels. Safe for every thread. */
    public interface LogLevels {
        LogConfig current();

        /** Replaces the levels until the next start. */
        void apply(LogConfig levels);
    }
}
