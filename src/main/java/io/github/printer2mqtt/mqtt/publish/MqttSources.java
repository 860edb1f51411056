package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.alert.AlertService;
import io.github.printer2mqtt.command.CommandService;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.json.BridgeDocuments;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.model.TelemetryField;
import io.github.printer2mqtt.monitor.MonitoringService;
import io.github.printer2mqtt.persistence.RetainedTopicRepository;
import io.github.printer2mqtt.registration.RegistrationService;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What {@code MqttVerticle} works with; whatever it publishes is read from memory and never blocks.
 *
 * @param fleet the printers' statuses and events
 * @param registrations all registrations in the order of their ids
 * @param alerts which are open
 * @param facts what does not change while the bridge runs
 * @param polls how asking goes
 * @param announced what brokers were told earlier
 * @param metricsRegistry where meters and health go
 * @param clock for stamps
 * @param doors to what others ask over the broker
 * @param log the program's own warnings and errors
 * @param telemetry what printers of a driver tell beyond what all do, by the driver's id
 */
public record MqttSources(
        FleetView fleet,
        Supplier<List<Registration>> registrations,
        AlertService alerts,
        BridgeDocuments.BridgeFacts facts,
        Supplier<BridgeDocuments.PollStats> polls,
        RetainedTopicRepository announced,
        MetricsRegistry metricsRegistry,
        Clock clock,
        MqttServices doors,
        LogPublisher.LogFeed log,
        Function<String, Set<TelemetryField>> telemetry) {

    /**
     * Where {@code MqttVerticle} takes what others ask over the broker.
     *
     * @param commands to printers
     * @param registrations of printers
     * @param polling to have printers asked now
     */
    public record MqttServices(CommandService commands, RegistrationService registrations, MonitoringService polling) {}
}
