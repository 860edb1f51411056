package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.FarmRecipe;
import io.github.printer2mqtt.simulator.SimulatedFarm;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.Mosquitto;
import io.github.printer2mqtt.testing.Peers;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.TestSubscriber.Heard;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole bridge with twelve printers on a real mosquitto. */
@Timeout(90)
class MosquittoIT {
    private static final int PRINTERS = 12;
    private static final String OFFLINE = "{\"state\":\"offline\"}";
    private static final String NEW_KEY = " -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    private static final SimulatedPrinters SIMULATED = new SimulatedPrinters();
    private static final SimulatedFarm FARM = SIMULATED.start(FarmRecipe.healthy(PRINTERS, 12));

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @BeforeAll
    static void mosquittoIsInstalled() {
        Peers.program("mosquitto");
    }

    @AfterAll
    static void closeFarm() {
        SIMULATED.close();
    }

    @Test
    void retainedTopicsAreRestoredAfterTheBrokerLostThem() {
        try (Mosquitto broker = Mosquitto.open(Ports.free());
                RunningBridge bridge = withFarm(RunningBridge.configuration(folder, broker.port()))) {
            Set<String> before = retained(broker, bridge);
            assertThat(before)
                    .hasSizeGreaterThanOrEqualTo(4 + 2 * PRINTERS)
                    .contains(bridge.topic("bridge/health"), bridge.topic("printers/printer-7/state"));
            broker.kill();
            Await.until(
                    "the bridge has noticed the outage",
                    () -> bridge.health("broker").contains("degraded"));
            broker.restart();
            try (TestSubscriber user = bridge.listen(broker.port())) {
                Await.until(
                        "all retained topics are back",
                        () -> user.newest().keySet().containsAll(before));
                for (SimulatedFarm.Member printer : FARM.members()) {
                    String state = user.await(bridge.topic("printers/" + printer.id() + "/state"), heard -> true)
                            .json()
                            .getString("state");
                    assertThat(state)
                            .isEqualTo(bridge.api().status(printer.id()).getString("state"));
                }
            }
        }
    }

    @Test
    void lastWillIsPublishedOnlyForAKilledBridge() {
        try (Mosquitto broker = Mosquitto.open(Ports.free())) {
            JsonObject configuration = RunningBridge.configuration(folder, broker.port());
            String state = configuration.getJsonObject("mqtt").getString("base_topic") + "/bridge/state";
            try (TestSubscriber user = TestSubscriber.listen(broker.port(), state)) {
                try (ChildBridge bridge = ChildBridge.start(folder, configuration)) {
                    FARM.registrations().forEach(bridge.api()::register);
                    user.await(state, heard -> heard.text().contains("online"));
                    bridge.kill();
                    user.await(state, heard -> heard.text().equals(OFFLINE));
                }
                try (ChildBridge bridge = ChildBridge.start(folder, configuration)) {
                    user.await(state, heard -> heard.text().contains("online"));
                    assertThat(bridge.api().list().getJsonArray("printers")).hasSize(PRINTERS);
                    bridge.stop();
                    assertThat(bridge.awaitExit()).isZero();
                    assertThat(bridge.lines())
                            .as("no step of the stop failed")
                            .noneMatch(line -> line.contains("stopping "));
                    user.await(state, heard -> heard.text().equals(OFFLINE));
                }
                assertThat(user.catchUp().of(state))
                        .extracting(Heard::text)
                        .as("no last will after a clean stop")
                        .containsExactly("{\"state\":\"online\"}", OFFLINE, "{\"state\":\"online\"}", OFFLINE);
            }
        }
    }

    @Test
    void stoppedBridgePublishesOffline() {
        try (Mosquitto broker = Mosquitto.open(Ports.free());
                TestSubscriber everything = TestSubscriber.listen(broker.port(), "#")) {
            RunningBridge bridge = withFarm(RunningBridge.configuration(folder, broker.port()));
            bridge.awaitOnline(everything);
            long began = System.nanoTime();
            bridge.close();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
            everything.await(bridge.topic("bridge/state"), heard -> heard.text().equals(OFFLINE));
        }
    }

    @Test
    void wrongPasswordIsLoggedInOneLineAndTheApiKeepsWorking() {
        try (Mosquitto broker = Mosquitto.withLogin("bridge", "right", List.of());
                CapturedLog log = CapturedLog.of("io.github.printer2mqtt")) {
            JsonObject configuration = RunningBridge.configuration(folder, broker.port());
            configuration.getJsonObject("mqtt").put("username", "bridge").put("password", "wrong-canary");
            try (RunningBridge bridge = withFarm(configuration)) {
                Await.until("the refusal is logged", () -> !log.lines().isEmpty());
                assertThat(bridge.health("broker")).contains("degraded").contains("mqtt.password");
                bridge.api().awaitCount("offline", 0);
                assertThat(log.lines())
                        .singleElement()
                        .asString()
                        .contains("refuses user \"bridge\"")
                        .doesNotContain("wrong-canary", "\n");
            }
        }
    }

    @Test
    void topicsRefusedByTheAclAreReported() {
        JsonObject configuration = RunningBridge.configuration(folder, 1);
        String base = configuration.getJsonObject("mqtt").getString("base_topic");
        List<String> access = List.of("user bridge", "topic readwrite " + base + "/bridge/#");
        try (Mosquitto broker = Mosquitto.withLogin("bridge", "right", access);
                CapturedLog log = CapturedLog.of("io.github.printer2mqtt")) {
            configuration
                    .getJsonObject("mqtt")
                    .put("url", broker.url())
                    .put("username", "bridge")
                    .put("password", "right");
            try (RunningBridge bridge = withFarm(configuration);
                    TestSubscriber user = TestSubscriber.listen(broker.port(), base + "/bridge/#", "bridge", "right")) {
                bridge.awaitOnline(user);
                Await.until(
                        "the health reports the refusal",
                        () -> bridge.health("broker").contains("refuses"));
                assertThat(log.lines())
                        .as("a line for each kind of topic, not for each topic")
                        .hasSizeBetween(1, 6)
                        .allMatch(line -> line.contains("check the ACL"));
                bridge.api().awaitCount("offline", 0);
            }
        }
    }

    @Test
    void privateAuthorityIsTrustedOnlyIfConfigured() {
        Path certificate = folder.resolve("broker.pem");
        Path key = folder.resolve("broker.key");
        Path authority = authority(certificate, key);
        try (Mosquitto broker = Mosquitto.withTls(certificate, key);
                CapturedLog log = CapturedLog.of("io.github.printer2mqtt")) {
            JsonObject configuration = RunningBridge.configuration(folder, broker.port());
            configuration.getJsonObject("mqtt").put("url", "mqtts://127.0.0.1:" + broker.port());
            try (RunningBridge bridge = RunningBridge.start(configuration)) {
                Await.until("the failure is logged", () -> !log.lines().isEmpty());
                assertThat(bridge.health("broker")).contains("degraded").contains("mqtt.tls.ca");
            }
            configuration.getJsonObject("mqtt").put("tls", new JsonObject().put("ca", authority.toString()));
            try (RunningBridge bridge = withFarm(configuration)) {
                Await.until(
                        "the bridge is connected", () -> bridge.health("broker").contains("\"up\""));
            }
        }
    }

    /** Creates an authority and a certificate for 127.0.0.1 signed by it; returns the certificate of the authority. */
    private Path authority(Path certificate, Path key) {
        String openssl = Peers.program("openssl").toString();
        Path authority = folder.resolve("authority.pem");
        Path authorityKey = folder.resolve("authority.key");
        run(openssl + " req -x509 -days 2 -subj /CN=Workshop" + NEW_KEY + " -keyout " + authorityKey + " -out "
                + authority);
        run(openssl + " req -x509 -days 2 -subj /CN=broker" + NEW_KEY + " -keyout " + key + " -out " + certificate
                + " -CA " + authority + " -CAkey " + authorityKey
                + " -addext subjectAltName=IP:127.0.0.1 -addext basicConstraints=critical,CA:FALSE");
        return authority;
    }

    /** Runs a program whose arguments have no spaces. */
    private static void run(String line) {
        Mosquitto.run(List.of(line.split(" ", -1)));
    }

    private static RunningBridge withFarm(JsonObject configuration) {
        RunningBridge bridge = RunningBridge.start(configuration);
        HttpApi api = bridge.api();
        FARM.registrations().forEach(api::register);
        api.awaitCount("unknown", 0);
        return bridge;
    }

    /** The retained topics once all printers are published. */
    private static Set<String> retained(Mosquitto broker, RunningBridge bridge) {
        try (TestSubscriber late = bridge.listen(broker.port())) {
            Await.until(
                    "all printers are published",
                    () -> late.newest().keySet().stream()
                                    .filter(topic -> topic.endsWith("/availability"))
                                    .count()
                            == PRINTERS);
            bridge.awaitOnline(late);
            late.await(bridge.topic("bridge/health"), heard -> true);
            return late.newest().entrySet().stream()
                    .filter(entry -> !entry.getKey().endsWith("/event"))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
