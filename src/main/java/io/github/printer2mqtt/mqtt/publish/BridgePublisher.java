package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.json.BridgeDocuments;
import io.github.printer2mqtt.json.BrokerStats;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.mqtt.topic.Topics;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Publishes information about the bridge and its health. Belongs to the context of {@code MqttVerticle}. */
public final class BridgePublisher {
    private final MqttDependencies dependencies;
    private final Topics topics;
    private final RetainedTopics retained;
    private final Clock clock;

    public BridgePublisher(MqttDependencies dependencies, Topics topics, RetainedTopics retained) {
        this.dependencies = dependencies;
        this.topics = topics;
        this.retained = retained;
        this.clock = dependencies.clock();
    }

    public void info() {
        Map<PrinterState, Integer> counts = new EnumMap<>(PrinterState.class);
        dependencies
                .fleet()
                .snapshot()
                .documents()
                .forEach(document -> counts.merge(document.status().state(), 1, Integer::sum));
        retained.put(topics.bridgeInfo(), BridgeDocuments.info(dependencies.facts(), counts));
    }

    public void health(BrokerStats broker) {
        Runtime runtime = Runtime.getRuntime();
        BridgeDocuments.ProcessStats process = new BridgeDocuments.ProcessStats(
                Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()),
                runtime.totalMemory() - runtime.freeMemory(),
                runtime.maxMemory(),
                ManagementFactory.getThreadMXBean().getThreadCount());
        retained.put(
                topics.bridgeHealth(),
                BridgeDocuments.health(
                        clock.instant(), process, broker, dependencies.polls().get()));
    }
}
