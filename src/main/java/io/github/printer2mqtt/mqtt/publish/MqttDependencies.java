package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.alert.AlertService;
import io.github.printer2mqtt.backup.BackupService;
import io.github.printer2mqtt.command.CommandService;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.json.BridgeDocuments;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.model.TelemetryField;
import io.github.printer2mqtt.monitor.MonitoringService;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.persistence.RetainedTopicRepository;
import io.github.printer2mqtt.picture.PictureService;
import io.github.printer2mqtt.registration.RegistrationService;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What {@code MqttVerticle} needs from the rest of the bridge; reading any of it never blocks.
 *
 * @param fleet statuses and events of the printers
 * @param registrations all registrations, ordered by id
 * @param alerts the open alerts
 * @param facts about the bridge, constant while it runs
 * @param polls statistics of polling
 * @param retainedTopics the topics that earlier runs left at brokers
 * @param metricsRegistry for metrics and health
 * @param clock for timestamps
 * @param services for commands and requests that arrive over MQTT
 * @param log the bridge's own warnings and errors
 * @param telemetry the optional fields that a driver supports, by driver id
 * @param pictures thumbnails of running prints
 * @param timings intervals and timeouts
 */
public record MqttDependencies(
        FleetView fleet,
        Supplier<List<Registration>> registrations,
        AlertService alerts,
        BridgeDocuments.BridgeFacts facts,
        Supplier<BridgeDocuments.PollStats> polls,
        RetainedTopicRepository retainedTopics,
        MetricsRegistry metricsRegistry,
        Clock clock,
        RequestServices services,
        LogPublisher.LogFeed log,
        Function<String, Set<TelemetryField>> telemetry,
        PictureService pictures,
        MqttTimings timings) {
    /** The topics below the configured base topic. */
    public Topics topics() {
        return new Topics(facts.config().mqtt().baseTopic());
    }

    /** The ids of all registered printers. */
    public Set<PrinterId> printers() {
        return registrations.get().stream().map(each -> each.printer().id()).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Services for commands and requests that arrive over MQTT.
     *
     * @param commands sends commands to printers
     * @param registrations changes registrations
     * @param monitoring polls printers on demand
     * @param backups copies the database
     */
    public record RequestServices(
            CommandService commands,
            RegistrationService registrations,
            MonitoringService monitoring,
            BackupService backups) {}
}
