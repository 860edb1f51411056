package io.github.printer2mqtt.mqtt;

import static io.github.printer2mqtt.mqtt.MqttScenario.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.BrokerPeer;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.TcpProxy;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.TestSubscriber.Heard;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;

/**
 * What must hold on every broker and with both protocols. Each story gets a broker of its own.
 *
 * @param broker starts an empty one on a port
 * @param version to speak with it
 */
record MqttContract(IntFunction<BrokerPeer> broker, Version version) {
    /** A story of this suite. */
    interface Story {
        void holdsOn(MqttContract suite) throws Exception;
    }

    private static final Map<String, Story> STORIES = Map.ofEntries(
            Map.entry("a late subscriber gets state and availability", MqttContract::lateSubscriber),
            Map.entry("the will is published when the link is cut", MqttContract::lastWill),
            Map.entry("a clean stop says offline", MqttContract::cleanStop),
            Map.entry("a broker that lost everything is told again", MqttContract::brokerRestarted),
            Map.entry("only the newest is sent after an absence", MqttContract::newestAfterAbsence),
            Map.entry("a broker that is absent at the start is joined later", MqttContract::absentAtStart),
            Map.entry("five thousand topics at once are all taken", MqttContract::manyTopics),
            Map.entry("the newest thousand events survive an absence", MqttContract::eventsWhileAway),
            Map.entry("the bridge is online last", MqttContract::onlineLast),
            Map.entry(
                    "a thousand devices are announced in portions, before everything else", MqttContract::manyDevices));

    /** All stories with both protocols. */
    static Stream<Arguments> all() {
        return STORIES.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(scenario -> Stream.of(Version.V5, Version.V3)
                        .map(version -> Arguments.of(scenario.getKey(), version, scenario.getValue())));
    }

    private static boolean says(@Nullable Heard heard, String state) {
        return heard != null
                && !heard.text().isEmpty()
                && state.equals(heard.json().getString("state"));
    }

    private void lateSubscriber() {
        try (BrokerPeer peer = broker.apply(Ports.free());
                MqttScenario bridge = new MqttScenario()) {
            bridge.register("a").register("b").register("c");
            bridge.start(MqttScenario.options(peer.port(), version)).awaitConnected();
            bridge.printing("a", 42.5).offline("b").awaitSent();
            try (TestSubscriber late = TestSubscriber.listen(peer.port(), BASE + "/#")) {
                Heard state = late.await(bridge.state("a"), heard -> says(heard, "printing"));
                assertThat(state.retained()).isTrue();
                assertThat(state.json().getJsonObject("job").getDouble("progress"))
                        .isEqualTo(42.5);
                late.await(bridge.availability("a"), heard -> says(heard, "online"));
                Heard gone = late.await(bridge.availability("b"), heard -> says(heard, "offline"));
                assertThat(gone.text())
                        .isEqualTo("{\"state\":\"offline\",\"reason\":\"timeout\",\"since\":\"2026-11-21T09:50:00Z\"}");
                late.await(bridge.state("c"), heard -> says(heard, "unknown"));
                late.await(BASE + "/bridge/state", heard -> says(heard, "online"));
                late.catchUp();
                assertThat(late.newest(bridge.availability("c")))
                        .as("nothing is said of a printer that is not decided")
                        .isNull();
                assertThat(late.newest().keySet())
                        .contains(BASE + "/bridge/info", BASE + "/bridge/printers", BASE + "/bridge/health");
                assertThat(late.newest().values().toString()).doesNotContain("canary");
            }
        }
    }

    private void lastWill() {
        try (BrokerPeer peer = broker.apply(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TcpProxy network = TcpProxy.to(bridge.vertx, peer.port());
                TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/bridge/state")) {
            bridge.start(MqttScenario.options(network.port(), version));
            user.await(BASE + "/bridge/state", heard -> says(heard, "online"));
            network.cut();
            user.await(BASE + "/bridge/state", heard -> says(heard, "offline"));
            network.mend();
            user.await(BASE + "/bridge/state", heard -> says(heard, "online"));
        }
    }

    private void cleanStop() {
        try (BrokerPeer peer = broker.apply(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/#")) {
            bridge.register("a").start(MqttScenario.options(peer.port(), version));
            user.await(BASE + "/bridge/state", heard -> says(heard, "online"));
            bridge.stop();
            user.await(BASE + "/bridge/state", heard -> says(heard, "offline"));
            assertThat(user.catchUp().of(BASE + "/bridge/state"))
                    .as("the goodbye is published, and no will after it")
                    .hasSize(2);
        }
    }

    private void brokerRestarted() {
        try (BrokerPeer peer = broker.apply(Ports.free());
                MqttScenario bridge = new MqttScenario()) {
            for (int i = 0; i < 20; i++) {
                bridge.register("p" + i).printing("p" + i, i);
            }
            bridge.start(MqttScenario.options(peer.port(), version))
                    .awaitConnected()
                    .awaitSent();
            peer.kill();
            Await.until("the loss is seen", () -> bridge.meter("connected") == 0);
            peer.restart();
            try (TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/#")) {
                Await.until(
                        "all retained topics are back",
                        () -> user.newest().size() >= 45 && says(user.newest().get(BASE + "/bridge/state"), "online"));
                assertThat(newestAfter(bridge, user))
                        .as("two for each of 20 printers, the fleet, four of the bridge")
                        .hasSize(45);
            }
        }
    }

    private static Map<String, Heard> newestAfter(MqttScenario bridge, TestSubscriber user) {
        bridge.awaitHeard(user);
        return user.newest();
    }

    private void newestAfterAbsence() {
        try (BrokerPeer peer = broker.apply(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TcpProxy network = TcpProxy.to(bridge.vertx, peer.port());
                TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/#")) {
            bridge.register("a").printing("a", 1).start(MqttScenario.options(network.port(), version));
            user.await(BASE + "/bridge/state", heard -> says(heard, "online"));
            bridge.awaitHeard(user);
            int before = user.of(bridge.state("a")).size();
            network.cut();
            user.await(BASE + "/bridge/state", heard -> says(heard, "offline"));
            for (int i = 2; i <= 50; i++) {
                bridge.printing("a", i);
            }
            network.mend();
            user.await(BASE + "/bridge/state", heard -> says(heard, "online"));
            bridge.awaitHeard(user);
            List<Heard> states = user.of(bridge.state("a"));
            assertThat(states).hasSize(before + 1);
            assertThat(states.get(before).json().getJsonObject("job").getDouble("progress"))
                    .isEqualTo(50);
        }
    }

    private void absentAtStart() {
        int port = Ports.free();
        try (MqttScenario bridge = new MqttScenario()) {
            // Nobody listens there until later, so this comes back only if the start waits for no broker.
            bridge.register("a").idle("a").start(MqttScenario.options(port, version));
            Await.until("an attempt failed", () -> bridge.meter("failed_connects_total") > 0);
            assertThat(bridge.metricsRegistry.health())
                    .extractingByKey("broker")
                    .asString()
                    .contains("connection refused");
            try (BrokerPeer peer = broker.apply(port);
                    TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/#")) {
                user.await(BASE + "/bridge/state", heard -> says(heard, "online"));
                user.await(bridge.state("a"), heard -> says(heard, "idle"));
                bridge.stop();
            }
        }
    }

    private void manyTopics() {
        try (BrokerPeer peer = broker.apply(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/printers/+/state")) {
            bridge.start(MqttScenario.options(peer.port(), version)).awaitConnected();
            for (int i = 0; i < 5000; i++) {
                bridge.register("p" + i);
            }
            bridge.awaitSent();
            assertThat(bridge.meter("refused_total")).isZero();
            assertThat(bridge.meter("connects_total")).isEqualTo(1);
            Await.until("5,000 states heard", () -> user.newest().size() == 5000);
        }
    }

    private void manyDevices() {
        try (BrokerPeer peer = broker.apply(Ports.free());
                MqttScenario bridge = new MqttScenario().discoveredBelow("homeassistant");
                TestSubscriber home = TestSubscriber.listen(peer.port(), "#")) {
            for (int i = 0; i < 1000; i++) {
                bridge.register("p" + i).idle("p" + i);
            }
            bridge.start(MqttScenario.options(peer.port(), version)).awaitSent();
            home.await(BASE + "/bridge/state", heard -> says(heard, "online"));
            assertThat(bridge.meter("refused_total")).isZero();
            assertThat(bridge.meter("connects_total")).isEqualTo(1);
            List<String> order = home.all().stream().map(Heard::topic).toList();
            assertThat(order.subList(0, 1001)).allMatch(topic -> topic.startsWith("homeassistant/device/"));
            assertThat(order).last().isEqualTo(BASE + "/bridge/state");
        }
    }

    private void eventsWhileAway() {
        try (BrokerPeer peer = broker.apply(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TcpProxy network = TcpProxy.to(bridge.vertx, peer.port());
                TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/#")) {
            bridge.register("a").printing("a", 1).start(MqttScenario.options(network.port(), version));
            user.await(BASE + "/bridge/state", heard -> says(heard, "online"));
            bridge.awaitSent();
            network.cut();
            Await.until("the loss is seen", () -> bridge.meter("connected") == 0);
            for (int i = 1; i <= 600; i++) {
                bridge.paused("a", 1).printing("a", 1);
                long waiting = Math.min(1000, 2 * i);
                if (i % 100 == 0) {
                    Await.until("the events wait", () -> bridge.meter("queued_messages") >= waiting);
                }
            }
            Await.until("the oldest were dropped", () -> bridge.meter("dropped_events_total") == 200);
            network.mend();
            Await.until("1,000 events heard", () -> user.of(bridge.event("a")).size() >= 1000);
            bridge.awaitHeard(user);
            List<Heard> events = user.of(bridge.event("a"));
            assertThat(events).hasSize(1000);
            assertThat(events.get(0).json().getString("event_id")).endsWith("-201");
            assertThat(events.get(999).json().getString("event_id")).endsWith("-1200");
        }
    }

    private void onlineLast() {
        try (BrokerPeer peer = broker.apply(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/#")) {
            for (int i = 0; i < 100; i++) {
                bridge.register("p" + i).idle("p" + i);
            }
            bridge.start(MqttScenario.options(peer.port(), version));
            user.await(BASE + "/bridge/state", heard -> says(heard, "online"));
            List<String> order = user.all().stream().map(Heard::topic).toList();
            assertThat(order).hasSize(205).endsWith(BASE + "/bridge/state");
            assertThat(order.subList(0, 100)).allMatch(topic -> topic.endsWith("/availability"));
            assertThat(order.subList(100, 200)).allMatch(topic -> topic.startsWith(BASE + "/printers/"));
            assertThat(order.subList(200, 204))
                    .containsExactly(
                            BASE + "/fleet/state",
                            BASE + "/bridge/info",
                            BASE + "/bridge/printers",
                            BASE + "/bridge/health");
        }
    }
}
