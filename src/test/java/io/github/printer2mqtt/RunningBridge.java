package io.github.printer2mqtt;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.ConfigReader;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.LoopGuard;
import io.github.printer2mqtt.testing.TestBroker;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A whole bridge in this process, used over HTTP and its broker. */
final class RunningBridge implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Bridge bridge;

    private RunningBridge(Bridge bridge) {
        this.bridge = bridge;
    }

    /**
     * A config.json for tests: a free port, a database in the given folder, printers on loopback, short poll intervals, and
     * a unique base topic at the shared broker.
     */
    static JsonObject configuration(Path folder) {
        return configuration(folder, TestBroker.shared().port());
    }

    /** The same for a broker on another port of 127.0.0.1. */
    static JsonObject configuration(Path folder, int brokerPort) {
        JsonObject interval = new JsonObject();
        for (String key : new String[] {"printing", "preparing", "paused", "idle", "offline"}) {
            interval.put(key, "300ms");
        }
        return new JsonObject()
                .put("http", new JsonObject().put("port", 0))
                .put(
                        "mqtt",
                        new JsonObject()
                                .put("url", "mqtt://127.0.0.1:" + brokerPort)
                                .put("base_topic", "bridge-" + COUNT.incrementAndGet()))
                .put("polling", new JsonObject().put("interval", interval.put("offline_max", "1s")))
                .put(
                        "database",
                        new JsonObject()
                                .put("path", folder.resolve("printer2mqtt.db").toString()))
                .put("security", new JsonObject().put("allow_loopback_printers", true));
    }

    /** The same with a poll timeout that real printer software meets even on a busy machine. */
    static JsonObject patientConfiguration(Path folder) {
        JsonObject configuration = configuration(folder);
        configuration.getJsonObject("polling").put("timeout", "3s");
        return configuration;
    }

    static RunningBridge start(JsonObject configuration) {
        return start(configuration, Ownership.alone());
    }

    /** The same for a bridge that shares its printers with others. */
    static RunningBridge start(JsonObject configuration, Ownership ownership) {
        return new RunningBridge(Bridge.start(read(configuration), LoopGuard.options(), ownership));
    }

    static BridgeConfig read(JsonObject configuration) {
        return new ConfigReader(Map.of(), ConfigReader.SecretFiles.ofSystem())
                .read("config.json", configuration.encode());
    }

    HttpApi api() {
        return HttpApi.at(bridge.httpPort());
    }

    int httpPort() {
        return bridge.httpPort();
    }

    BridgeConfig config() {
        return bridge.config();
    }

    /** Subscribes to all topics of this bridge at the broker on a port, retained messages included. */
    TestSubscriber listen(int brokerPort) {
        return TestSubscriber.listen(brokerPort, base() + "/#");
    }

    /** The same at the shared broker. */
    TestSubscriber listen() {
        return listen(TestBroker.shared().port());
    }

    String base() {
        return bridge.config().mqtt().baseTopic();
    }

    String topic(String rest) {
        return base() + "/" + rest;
    }

    /** Waits for the bridge state online, which is published last after a connect. */
    RunningBridge awaitOnline(TestSubscriber user) {
        user.await(topic("bridge/state"), heard -> heard.text().equals("{\"state\":\"online\"}"));
        return this;
    }

    /** Waits until the availability topic of a printer contains a text. */
    void awaitAvailability(TestSubscriber user, String printer, String text) {
        user.await(
                topic("printers/" + printer + "/availability"),
                heard -> heard.text().contains(text));
    }

    /** The types of the events received for a printer so far. */
    List<String> events(TestSubscriber user, String printer) {
        return user.of(topic("printers/" + printer + "/event")).stream()
                .map(heard -> heard.json().getString("event_type"))
                .toList();
    }

    /** The same without those of the plate, which may come later. */
    List<String> printerEvents(TestSubscriber user, String printer) {
        return events(user, printer).stream()
                .filter(type -> !type.startsWith("plate_"))
                .toList();
    }

    /** Waits until a number of events of a printer was received, not counting the plate, and returns their types. */
    List<String> awaitPrinterEvents(TestSubscriber user, String printer, int count) {
        Await.until(
                count + " events of " + printer,
                () -> printerEvents(user, printer).size() >= count);
        return printerEvents(user, printer);
    }

    /** Waits until a number of events of a printer was received and returns their types. */
    List<String> awaitEvents(TestSubscriber user, String printer, int count) {
        Await.until(count + " events of " + printer, () -> events(user, printer).size() >= count);
        return events(user, printer);
    }

    /** The health of a component in health/ready. */
    String health(String component) {
        return new JsonObject(api().get("/health/ready").body())
                .getJsonObject("parts")
                .getJsonObject(component)
                .encode();
    }

    /** Stops the bridge and fails if one of its event loops was blocked. */
    @Override
    public void close() {
        bridge.close();
        LoopGuard.check();
    }
}
