package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.alert.AlertService;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.BridgeConfig.HomeAssistant.Discovery;
import io.github.printer2mqtt.config.CommandsConfig;
import io.github.printer2mqtt.config.MqttConfig;
import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.fleet.Observation;
import io.github.printer2mqtt.json.BridgeDocuments;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.model.TelemetryField;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.mqtt.publish.MqttDependencies;
import io.github.printer2mqtt.mqtt.publish.MqttTimings;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.net.mqtt.client.BrokerAddress;
import io.github.printer2mqtt.net.mqtt.client.BrokerConnectionOptions;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.github.printer2mqtt.persistence.RetainedTopicRepository;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.InMemoryAlerts;
import io.github.printer2mqtt.testing.NoOpRetainedTopicRepository;
import io.github.printer2mqtt.testing.TestFleet;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The MQTT interface with a fleet whose observations come from the test, connected to a real broker. */
final class MqttScenario implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-21T09:50:00Z");
    static final String BASE = "p2m";
    static final MqttTimings TIMINGS = timings(Duration.ofSeconds(60), Duration.ofMillis(1500));

    /** Connects again after a tenth of the usual time. */
    private static final BrokerConnectionOptions.Retry SOON =
            new BrokerConnectionOptions.Retry(Duration.ofMillis(100), Duration.ofSeconds(6), Duration.ofSeconds(60));

    static MqttTimings timings(Duration health, Duration echo) {
        return new MqttTimings(
                health,
                echo,
                Duration.ofSeconds(60),
                Duration.ofSeconds(2),
                Duration.ofMillis(300),
                Duration.ofMillis(100),
                Duration.ofMillis(200),
                Duration.ofMillis(500),
                Duration.ofSeconds(1));
    }

    final Vertx vertx = Vertx.vertx();
    final Topics topics = new Topics(BASE);
    final MetricsRegistry metricsRegistry = new MetricsRegistry();
    final FleetState fleet = TestFleet.create(NOW.toEpochMilli(), System::nanoTime);
    private final Map<PrinterId, Registration> registrations = new ConcurrentSkipListMap<>();
    private final Map<PrinterId, Long> generations = new HashMap<>();
    final RecordingServices services = new RecordingServices();
    final FakePictures pictures = new FakePictures();
    private BridgeConfig.HomeAssistant homeAssistant = new BridgeConfig.HomeAssistant(Discovery.OFF, "homeassistant");
    private CommandsConfig allowed = BridgeConfig.defaults().commands();
    private RetainedTopicRepository retainedTopics = new NoOpRetainedTopicRepository();
    private AlertService alerts = new InMemoryAlerts();
    private @Nullable String deployment;

    static BrokerConnectionOptions options(int port, MqttConfig.Version version) {
        return options("mqtt://127.0.0.1:" + port).withVersion(version);
    }

    static BrokerConnectionOptions options(String url) {
        Topic state = new Topics(BASE).bridgeState();
        return BrokerConnectionOptions.of(BrokerAddress.parse(url), "bridge-under-test")
                .withTimes(Duration.ofSeconds(30), Duration.ofSeconds(5), SOON)
                .withWill(MqttMessage.retained(state.text(), BridgeDocuments.offline(), 1));
    }

    MqttScenario announcing(RetainedTopicRepository topicsFromBefore) {
        retainedTopics = topicsFromBefore;
        return this;
    }

    MqttScenario alerting(AlertService open) {
        alerts = open;
        return this;
    }

    MqttScenario allowing(Set<Verb> verbs, Set<CommandsConfig.GuardedRequest> requests) {
        allowed = new CommandsConfig(verbs, requests);
        return this;
    }

    /** Turns discovery on. */
    MqttScenario discoveredBelow(String prefix) {
        return discovered(Discovery.DEVICE, prefix);
    }

    /** Turns discovery on in one of its forms. */
    MqttScenario discovered(Discovery form, String prefix) {
        homeAssistant = new BridgeConfig.HomeAssistant(form, prefix);
        return this;
    }

    MqttScenario publishingThumbnails() {
        homeAssistant = new BridgeConfig.HomeAssistant(homeAssistant.discovery(), homeAssistant.prefix(), true);
        return this;
    }

    MqttScenario start(BrokerConnectionOptions options) {
        return start(options, TIMINGS);
    }

    MqttScenario start(BrokerConnectionOptions options, MqttTimings timings) {
        return start(options, timings, Future.succeededFuture());
    }

    /** Starts beside a broker that may not have started yet. */
    MqttScenario start(BrokerConnectionOptions options, MqttTimings timings, Future<?> brokerStarted) {
        MqttDependencies dependencies = new MqttDependencies(
                fleet,
                () -> List.copyOf(registrations.values()),
                alerts,
                new BridgeDocuments.BridgeFacts(
                        "1.2.3", NOW, List.of("prusalink"), ScenarioConfig.of(allowed, homeAssistant)),
                BridgeDocuments.PollStats::none,
                retainedTopics,
                metricsRegistry,
                Clock.fixed(NOW, ZoneOffset.UTC),
                new MqttDependencies.RequestServices(services, services, services, services),
                lines -> () -> {},
                driver -> Set.of(TelemetryField.SPEED, TelemetryField.THUMBNAIL),
                pictures,
                timings);
        deployment = Await.done(vertx.deployVerticle(new MqttVerticle(options, dependencies, brokerStarted)));
        return this;
    }

    MqttScenario stop() {
        if (deployment != null) {
            Await.done(vertx.undeploy(deployment));
            deployment = null;
        }
        return this;
    }

    static PrinterId id(String id) {
        return new PrinterId(id);
    }

    MqttScenario register(String id) {
        return register(id, "Printer " + id);
    }

    MqttScenario register(String id, String name) {
        return register(id, name, true);
    }

    MqttScenario registerDisabled(String id) {
        return register(id, "Printer " + id, false);
    }

    private MqttScenario register(String id, String name, boolean enabled) {
        Printer printer = new Printer(
                id(id),
                name,
                "prusalink",
                AddressText.parse("192.0.2.20").withDefaultPort(80),
                null,
                null,
                List.of(),
                enabled,
                Printer.PollingOverrides.none(),
                null);
        registrations.put(printer.id(), new Registration(printer, true));
        generations.put(printer.id(), fleet.register(printer, Set.of(Capability.PAUSE), 2));
        return this;
    }

    MqttScenario remove(String id) {
        registrations.remove(id(id));
        fleet.remove(id(id));
        return this;
    }

    MqttScenario printing(String id, double progress) {
        return observe(id, reading(PrinterState.PRINTING, job(progress)));
    }

    MqttScenario paused(String id, double progress) {
        return observe(id, reading(PrinterState.PAUSED, job(progress)));
    }

    MqttScenario idle(String id) {
        return observe(id, reading(PrinterState.IDLE, null));
    }

    MqttScenario offline(String id) {
        return observe(id, PollFailure.of(FailureReason.TIMEOUT)).observe(id, PollFailure.of(FailureReason.TIMEOUT));
    }

    private MqttScenario observe(String id, PollResult result) {
        Long generation = generations.get(id(id));
        if (generation == null) {
            throw new AssertionError("not registered: " + id);
        }
        fleet.record(new Observation(id(id), generation, result, Duration.ofMillis(20), NOW));
        return this;
    }

    MqttScenario prints(String id, String file) {
        return observe(id, reading(PrinterState.PRINTING, new Job(null, file, 10.0, 100L, 100L, null, null)));
    }

    private static Job job(double progress) {
        return new Job("7", "bracket.gcode", progress, 100L, 100L, null, null);
    }

    private static Reading reading(PrinterState state, @Nullable Job job) {
        return new Reading(state, state.name(), null, Temperatures.unknown(), job, null, null, null, null);
    }

    String state(String id) {
        return topics.printerState(id(id)).text();
    }

    String availability(String id) {
        return topics.printerAvailability(id(id)).text();
    }

    String event(String id) {
        return topics.printerEvent(id(id)).text();
    }

    /** The value of an MQTT metric by the rest of its name; 0 if there is none. */
    long metric(String name) {
        String prefix = "printer2mqtt_mqtt_" + name + " ";
        return new String(metricsRegistry.prometheusText(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(prefix))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(prefix.length())))
                .sum();
    }

    MqttScenario awaitConnected() {
        Await.until("connected to the broker", () -> metric("connected") == 1);
        return this;
    }

    /** Waits until everything is sent and acknowledged. */
    MqttScenario awaitSent() {
        Await.until("the queue is empty", () -> metric("connected") == 1 && metric("queued_messages") == 0);
        return this;
    }

    /** Waits until everything is sent and has arrived at a subscriber. */
    MqttScenario awaitHeard(TestSubscriber subscriber) {
        awaitSent();
        subscriber.catchUp();
        return this;
    }

    @Override
    public void close() {
        stop();
        Await.done(vertx.close());
    }
}
