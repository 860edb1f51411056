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
import org.jspecify.annotations.Nullable;

/** How publishing must work with every broker and both protocol versions. */
abstract class PublishingContract {
    /** Starts an empty broker. */
    abstract BrokerPeer open(int port);

    private static boolean hasState(@Nullable Heard heard, String state) {
        return heard != null
                && !heard.text().isEmpty()
                && state.equals(heard.json().getString("state"));
    }

    @TestWithBothVersions
    void lateSubscriberGetsStateAndAvailability(Version version) {
        try (BrokerPeer peer = open(Ports.free());
                MqttScenario bridge = new MqttScenario()) {
            bridge.register("a").register("b").register("c");
            bridge.start(MqttScenario.options(peer.port(), version)).awaitConnected();
            bridge.printing("a", 42.5).offline("b").awaitSent();
            try (TestSubscriber late = TestSubscriber.listen(peer.port(), BASE + "/#")) {
                Heard state = late.await(bridge.state("a"), heard -> hasState(heard, "printing"));
                assertThat(state.retained()).isTrue();
                assertThat(state.json().getJsonObject("job").getDouble("progress"))
                        .isEqualTo(42.5);
                late.await(bridge.availability("a"), heard -> hasState(heard, "online"));
                Heard gone = late.await(bridge.availability("b"), heard -> hasState(heard, "offline"));
                assertThat(gone.text())
                        .isEqualTo("{\"state\":\"offline\",\"reason\":\"timeout\",\"since\":\"2026-11-21T09:50:00Z\"}");
                late.await(bridge.state("c"), heard -> hasState(heard, "unknown"));
                late.await(BASE + "/bridge/state", heard -> hasState(heard, "online"));
                late.catchUp();
                assertThat(late.newest(bridge.availability("c")))
                        .as("no availability while it is undecided")
                        .isNull();
                assertThat(late.newest().keySet())
                        .contains(BASE + "/bridge/info", BASE + "/bridge/printers", BASE + "/bridge/health");
                assertThat(late.newest().values().toString()).doesNotContain("canary");
            }
        }
    }

    @TestWithBothVersions
    void lastWillIsPublishedWhenTheConnectionIsCut(Version version) {
        try (BrokerPeer peer = open(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TcpProxy network = TcpProxy.to(bridge.vertx, peer.port());
                TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/bridge/state")) {
            bridge.start(MqttScenario.options(network.port(), version));
            user.await(BASE + "/bridge/state", heard -> hasState(heard, "online"));
            network.cut();
            user.await(BASE + "/bridge/state", heard -> hasState(heard, "offline"));
            network.restore();
            user.await(BASE + "/bridge/state", heard -> hasState(heard, "online"));
        }
    }

    @TestWithBothVersions
    void cleanStopPublishesOffline(Version version) {
        try (BrokerPeer peer = open(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/#")) {
            bridge.register("a").start(MqttScenario.options(peer.port(), version));
            user.await(BASE + "/bridge/state", heard -> hasState(heard, "online"));
            bridge.stop();
            user.await(BASE + "/bridge/state", heard -> hasState(heard, "offline"));
            assertThat(user.catchUp().of(BASE + "/bridge/state"))
                    .as("offline is published, and no will after it")
                    .hasSize(2);
        }
    }

    @TestWithBothVersions
    void everythingIsPublishedAgainToABrokerThatLostItsState(Version version) {
        try (BrokerPeer peer = open(Ports.free());
                MqttScenario bridge = new MqttScenario()) {
            for (int i = 0; i < 20; i++) {
                bridge.register("p" + i).printing("p" + i, i);
            }
            bridge.start(MqttScenario.options(peer.port(), version))
                    .awaitConnected()
                    .awaitSent();
            peer.kill();
            Await.until("the loss is detected", () -> bridge.metric("connected") == 0);
            peer.restart();
            try (TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/#")) {
                Await.until(
                        "all retained topics are back",
                        () -> user.newest().size() >= 45
                                && hasState(user.newest().get(BASE + "/bridge/state"), "online"));
                assertThat(newestAfter(bridge, user))
                        .as("two per printer, one of the fleet, four of the bridge")
                        .hasSize(45);
            }
        }
    }

    private static Map<String, Heard> newestAfter(MqttScenario bridge, TestSubscriber user) {
        bridge.awaitHeard(user);
        return user.newest();
    }

    @TestWithBothVersions
    void onlyTheNewestStateIsSentAfterAnOutage(Version version) {
        try (BrokerPeer peer = open(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TcpProxy network = TcpProxy.to(bridge.vertx, peer.port());
                TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/#")) {
            bridge.register("a").printing("a", 1).start(MqttScenario.options(network.port(), version));
            user.await(BASE + "/bridge/state", heard -> hasState(heard, "online"));
            bridge.awaitHeard(user);
            int before = user.of(bridge.state("a")).size();
            network.cut();
            user.await(BASE + "/bridge/state", heard -> hasState(heard, "offline"));
            for (int i = 2; i <= 50; i++) {
                bridge.printing("a", i);
            }
            network.restore();
            user.await(BASE + "/bridge/state", heard -> hasState(heard, "online"));
            bridge.awaitHeard(user);
            List<Heard> states = user.of(bridge.state("a"));
            assertThat(states).hasSize(before + 1);
            assertThat(states.get(before).json().getJsonObject("job").getDouble("progress"))
                    .isEqualTo(50);
        }
    }

    @TestWithBothVersions
    void brokerThatIsDownAtStartIsConnectedLater(Version version) {
        int port = Ports.free();
        try (MqttScenario bridge = new MqttScenario()) {
            // Without a listener there, this returns only if the start does not wait for the broker.
            bridge.register("a").idle("a").start(MqttScenario.options(port, version));
            Await.until("an attempt failed", () -> bridge.metric("failed_connects_total") > 0);
            assertThat(bridge.metricsRegistry.health())
                    .extractingByKey("broker")
                    .asString()
                    .contains("connection refused");
            try (BrokerPeer peer = open(port);
                    TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/#")) {
                user.await(BASE + "/bridge/state", heard -> hasState(heard, "online"));
                user.await(bridge.state("a"), heard -> hasState(heard, "idle"));
                bridge.stop();
            }
        }
    }

    @TestWithBothVersions
    void fiveThousandTopicsAtOnceAreAllAccepted(Version version) {
        try (BrokerPeer peer = open(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/printers/+/state")) {
            bridge.start(MqttScenario.options(peer.port(), version)).awaitConnected();
            for (int i = 0; i < 5000; i++) {
                bridge.register("p" + i);
            }
            bridge.awaitSent();
            assertThat(bridge.metric("refused_total")).isZero();
            assertThat(bridge.metric("connects_total")).isEqualTo(1);
            Await.until("5,000 states have arrived", () -> user.newest().size() == 5000);
        }
    }

    @TestWithBothVersions
    void thousandDevicesAreAnnouncedInPortionsBeforeEverythingElse(Version version) {
        try (BrokerPeer peer = open(Ports.free());
                MqttScenario bridge = new MqttScenario().discoveredBelow("homeassistant");
                TestSubscriber homeAssistant = TestSubscriber.listen(peer.port(), "#")) {
            for (int i = 0; i < 1000; i++) {
                bridge.register("p" + i).idle("p" + i);
            }
            bridge.start(MqttScenario.options(peer.port(), version)).awaitSent();
            homeAssistant.await(BASE + "/bridge/state", heard -> hasState(heard, "online"));
            assertThat(bridge.metric("refused_total")).isZero();
            assertThat(bridge.metric("connects_total")).isEqualTo(1);
            List<String> order = homeAssistant.all().stream().map(Heard::topic).toList();
            assertThat(order.subList(0, 1001)).allMatch(topic -> topic.startsWith("homeassistant/device/"));
            assertThat(order).last().isEqualTo(BASE + "/bridge/state");
        }
    }

    @TestWithBothVersions
    void statesDoNotWaitForDevicesThatWereAnnouncedBefore(Version version) {
        try (BrokerPeer peer = open(Ports.free());
                MqttScenario bridge = new MqttScenario().discoveredBelow("homeassistant");
                TcpProxy network = TcpProxy.to(bridge.vertx, peer.port());
                TestSubscriber homeAssistant = TestSubscriber.listen(peer.port(), "#")) {
            for (int i = 0; i < 100; i++) {
                bridge.register("p" + i).idle("p" + i);
            }
            bridge.start(MqttScenario.options(network.port(), version)).awaitSent();
            homeAssistant.await(BASE + "/bridge/state", heard -> hasState(heard, "online"));
            network.cut();
            homeAssistant.await(BASE + "/bridge/state", heard -> hasState(heard, "offline"));
            int before = homeAssistant.all().size();
            network.restore();
            homeAssistant.await(BASE + "/bridge/state", heard -> hasState(heard, "online"));

            List<String> order = homeAssistant.all().stream()
                    .skip(before)
                    .map(Heard::topic)
                    .filter(topic -> topic.endsWith("/state") || topic.startsWith("homeassistant/"))
                    .toList();
            assertThat(order.subList(0, 100)).allMatch(topic -> topic.startsWith(BASE + "/printers/"));
            assertThat(order)
                    .filteredOn(topic -> topic.startsWith("homeassistant/"))
                    .hasSize(101);
            assertThat(order).last().isEqualTo(BASE + "/bridge/state");
        }
    }

    @TestWithBothVersions
    void newestThousandEventsSurviveAnOutage(Version version) {
        try (BrokerPeer peer = open(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TcpProxy network = TcpProxy.to(bridge.vertx, peer.port());
                TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/#")) {
            bridge.register("a").printing("a", 1).start(MqttScenario.options(network.port(), version));
            user.await(BASE + "/bridge/state", heard -> hasState(heard, "online"));
            bridge.awaitSent();
            network.cut();
            Await.until("the loss is detected", () -> bridge.metric("connected") == 0);
            for (int i = 1; i <= 600; i++) {
                bridge.paused("a", 1).printing("a", 1);
                long waiting = Math.min(1000, 2 * i);
                if (i % 100 == 0) {
                    Await.until("the events wait", () -> bridge.metric("queued_messages") >= waiting);
                }
            }
            Await.until("the oldest were dropped", () -> bridge.metric("dropped_events_total") == 200);
            network.restore();
            Await.until(
                    "1,000 events have arrived",
                    () -> user.of(bridge.event("a")).size() >= 1000);
            bridge.awaitHeard(user);
            List<Heard> events = user.of(bridge.event("a"));
            assertThat(events).hasSize(1000);
            assertThat(events.get(0).json().getString("event_id")).endsWith("-201");
            assertThat(events.get(999).json().getString("event_id")).endsWith("-1200");
        }
    }

    @TestWithBothVersions
    void bridgeIsOnlineLast(Version version) {
        try (BrokerPeer peer = open(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/#")) {
            for (int i = 0; i < 100; i++) {
                bridge.register("p" + i).idle("p" + i);
            }
            bridge.start(MqttScenario.options(peer.port(), version));
            user.await(BASE + "/bridge/state", heard -> hasState(heard, "online"));
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
