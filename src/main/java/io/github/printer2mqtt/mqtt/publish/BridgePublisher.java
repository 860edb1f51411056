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

/** What the bridge tells of itself each minute. Belongs to the context of {@code MqttVerticle}. */
public final class BridgePublisher {
    private final MqttSources sources;
    private final Topics topics;
    private final RetainedTopics retained;
    private final Clock clock;

    public BridgePublisher(MqttSources sources, Topics topics, RetainedTopics retained) {
        this.sources = sources;
        this.topics = topics;
        this.retained = retained;
        this.clock = sources.clock();
    }

    public void info() {
        Map<PrinterState, Integer> counts = new EnumMap<>(PrinterState.class);
        sources.fleet()
                .snapshot()
                .documents()
                .forEach(document -> counts.merge(document.status().state(), 1, Integer::sum));
        retained.put(topics.bridgeInfo(), BridgeDocuments.info(sources.facts(), counts));
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
                        clock.instant(), process, broker, sources.polls().get()));
    }
}
