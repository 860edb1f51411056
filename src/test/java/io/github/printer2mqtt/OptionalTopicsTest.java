package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkSimulator;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.testing.TestBroker;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.TestSubscriber.Heard;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Topics that are disabled by default: attributes and the log. */
@Timeout(60)
class OptionalTopicsTest {
    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    private final SimulatedPrinter machine = SimulatedPrinters.machine("MK4");
    private final PrinterServer printer = printers.start(new PrusaLinkSimulator(machine, SimulatedPrinters.KEY));

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private JsonObject configuration;

    @BeforeEach
    void configure() {
        configuration = RunningBridge.configuration(folder);
        mqtt().put("attributes", true).put("log", true);
    }

    private JsonObject mqtt() {
        return configuration.getJsonObject("mqtt");
    }

    private TestSubscriber subscriber() {
        return TestSubscriber.listen(TestBroker.shared().port(), mqtt().getString("base_topic") + "/#");
    }

    private String attribute(String path) {
        return mqtt().getString("base_topic") + "/printers/mk4/attribute/" + path;
    }

    private void register(RunningBridge bridge) {
        bridge.api().register(SimulatedPrinters.registration("mk4", printer));
    }

    @Test
    void eachKnownValueHasATopic() {
        machine.startUnderWay("bracket.gcode", Duration.ofHours(3), Duration.ofMinutes(20));
        try (TestSubscriber user = subscriber();
                RunningBridge bridge = RunningBridge.start(configuration)) {
            register(bridge);
            user.await(attribute("state"), heard -> heard.text().equals("printing"));
            user.await(attribute("job/file"), heard -> heard.text().equals("bracket.gcode"));
            user.await(attribute("temperatures/nozzles/0/actual"), heard -> Double.parseDouble(heard.text()) > 0);
            user.await(attribute("online"), heard -> heard.text().equals("true"));
            assertThat(user.catchUp().newest(attribute("poll/reason")))
                    .as("an unknown value has no topic")
                    .isNull();
            machine.cancel();
            machine.clear();
            user.await(attribute("state"), heard -> heard.text().equals("idle"));
            user.await(attribute("job/file"), heard -> heard.text().isEmpty());
        }
    }

    @Test
    void attributeTopicsAreClearedWhenDisabled() {
        try (TestSubscriber user = subscriber();
                RunningBridge bridge = RunningBridge.start(configuration)) {
            register(bridge);
            user.await(attribute("state"), heard -> heard.text().equals("idle"));
        }
        mqtt().put("attributes", false);
        try (RunningBridge bridge = RunningBridge.start(configuration);
                TestSubscriber user = subscriber()) {
            bridge.awaitOnline(user);
            try (TestSubscriber late = subscriber()) {
                bridge.awaitOnline(late);
                assertThat(late.catchUp().all().stream().filter(Heard::retained).map(Heard::topic))
                        .contains(bridge.topic("printers/mk4/state"))
                        .noneMatch(topic -> topic.contains("/attribute/"));
            }
        }
    }

    @Test
    void warningIsPublishedToTheLogTopic() {
        try (TestSubscriber user = subscriber();
                RunningBridge bridge = RunningBridge.start(configuration)) {
            bridge.awaitOnline(user);
            LoggerFactory.getLogger("io.github.printer2mqtt.Somewhere").warn("the moon is {}", "full");
            Heard line =
                    user.await(bridge.topic("bridge/log"), heard -> heard.text().contains("moon"));
            assertThat(line.retained()).isFalse();
            assertThat(line.json().getString("level")).isEqualTo("warn");
            assertThat(line.json().getString("source")).isEqualTo("Somewhere");
            assertThat(line.json().getString("message")).isEqualTo("the moon is full");
            assertThat(line.json().getInstant("at")).isNotNull();
        }
    }
}
