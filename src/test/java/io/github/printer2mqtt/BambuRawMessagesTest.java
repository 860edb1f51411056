package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.SimulatedBambu;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.TestSubscriber.Heard;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Given a bridge and a simulated Bambu Lab printer, which of its reports other tools can read at the broker. */
@Timeout(90)
class BambuRawMessagesTest {
    private static final String ID = "p1s";

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final SimulatedBambu printer = SimulatedBambu.start(vertx);

    @AfterEach
    void stop() {
        printer.close();
        Await.done(vertx.close());
    }

    @Test
    void reportsArePublishedAsTheyCame() {
        try (RunningBridge bridge = start(true);
                TestSubscriber user = bridge.listen()) {
            register(bridge);
            Heard whole = user.await(raw(bridge), heard -> heard.text().contains("\"msg\":0"));
            String odd = "{\"print\": {\"command\": \"push_status\", \"msg\": 1, \"unknown\": [1, null]} }";
            printer.send(odd);
            printer.send("no JSON");

            user.await(raw(bridge), heard -> heard.text().equals("no JSON"));
            assertThat(whole.json().getJsonObject("print").getString("gcode_state"))
                    .isEqualTo("IDLE");
            assertThat(texts(bridge, user)).contains(odd);
            assertThat(user.of(raw(bridge))).noneMatch(Heard::retained);
        }
    }

    @Test
    void nothingIsPublishedByDefault() {
        try (RunningBridge bridge = start(false);
                TestSubscriber user = bridge.listen()) {
            register(bridge);
            printer.report("gcode_state", "PAUSE");
            bridge.api().awaitState(ID, "paused");
            user.await(
                    bridge.topic("printers/" + ID + "/state"),
                    heard -> heard.text().contains("paused"));

            assertThat(user.catchUp().of(raw(bridge))).isEmpty();
        }
    }

    @Test
    void floodIsLimitedAndCounted() {
        try (RunningBridge bridge = start(true);
                TestSubscriber user = bridge.listen()) {
            register(bridge);
            long begin = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                printer.report("mc_percent", i % 100);
            }
            printer.report("gcode_state", "PAUSE");
            bridge.api().awaitState(ID, "paused");
            Await.until("reports are dropped", () -> dropped(bridge) > 0);
            double seconds = (System.nanoTime() - begin) / 1e9;

            assertThat(user.catchUp().of(raw(bridge))).as("in %s s", seconds).hasSizeLessThanOrEqualTo((int)
                    (10 * (seconds + 2)));
        }
    }

    @Test
    void accessCodeAndLargeReportsAreNotPassedOn() {
        try (RunningBridge bridge = start(true);
                TestSubscriber user = bridge.listen()) {
            register(bridge);
            printer.report("odd", "bblp:" + SimulatedBambu.CODE);
            printer.report("odd", "x".repeat(140_000));
            printer.report("odd", "last");

            user.await(raw(bridge), heard -> heard.text().contains("last"));
            assertThat(texts(bridge, user)).noneMatch(text -> text.contains(SimulatedBambu.CODE));
            assertThat(texts(bridge, user)).noneMatch(text -> text.contains("xxx"));
            assertThat(dropped(bridge)).isEqualTo(1);
        }
    }

    private RunningBridge start(boolean raw) {
        JsonObject configuration = RunningBridge.patientConfiguration(folder);
        configuration.getJsonObject("mqtt").put("raw", raw);
        return RunningBridge.start(configuration);
    }

    private void register(RunningBridge bridge) {
        bridge.api()
                .register(new JsonObject()
                        .put("id", ID)
                        .put("name", "P1S")
                        .put("driver", "bambu")
                        .put("address", "127.0.0.1:" + printer.port())
                        .put(
                                "tls",
                                new JsonObject()
                                        .put(
                                                "fingerprint",
                                                SimulatedBambu.certificate().fingerprint()))
                        .put(
                                "credentials",
                                new JsonObject()
                                        .put("username", SimulatedBambu.SERIAL)
                                        .put("password", SimulatedBambu.CODE)));
        bridge.api().awaitState(ID, "idle");
    }

    private static String raw(RunningBridge bridge) {
        return bridge.topic("printers/" + ID + "/raw");
    }

    private static List<String> texts(RunningBridge bridge, TestSubscriber user) {
        return user.of(raw(bridge)).stream().map(Heard::text).toList();
    }

    private static double dropped(RunningBridge bridge) {
        return bridge.api()
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("printer2mqtt_mqtt_dropped_raw_messages_total "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }
}
