package io.github.printer2mqtt;

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

/** A whole bridge in this process as its users see it: over HTTP and at its broker. */
final class RunningBridge implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Bridge bridge;

    private RunningBridge(Bridge bridge) {
        this.bridge = bridge;
    }

    /**
     * A config.json for tests: any free port, a database in the given folder, printers on loopback, the fastest polls,
     * a base topic of its own at the broker that all tests share.
     */
    static JsonObject configuration(Path folder) {
        return configuration(folder, TestBroker.shared().port());
    }

    /** The same for another broker on 127.0.0.1. */
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

    /** The same with a timeout that a real printer's server keeps on a busy machine. */
    static JsonObject patientConfiguration(Path folder) {
        JsonObject configuration = configuration(folder);
        configuration.getJsonObject("polling").put("timeout", "3s");
        return configuration;
    }

    static RunningBridge start(JsonObject configuration) {
        return new RunningBridge(Bridge.start(read(configuration), LoopGuard.options()));
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

    /** Hears all that this bridge publishes to the broker on a port, from now on and what is retained. */
    TestSubscriber listen(int brokerPort) {
        return TestSubscriber.listen(brokerPort, base() + "/#");
    }

    /** The same for the broker that all tests share. */
    TestSubscriber listen() {
        return listen(TestBroker.shared().port());
    }

    String base() {
        return bridge.config().mqtt().baseTopic();
    }

    String topic(String rest) {
        return base() + "/" + rest;
    }

    /** Waits until it says at the broker that it is online, which it does last. */
    RunningBridge awaitOnline(TestSubscriber user) {
        user.await(topic("bridge/state"), heard -> heard.text().equals("{\"state\":\"online\"}"));
        return this;
    }

    /** Waits until the availability that a printer's topic shows contains a text. */
    void awaitAvailability(TestSubscriber user, String printer, String text) {
        user.await(
                topic("printers/" + printer + "/availability"),
                heard -> heard.text().contains(text));
    }

    /** The events of a printer until now, by their types. */
    List<String> events(TestSubscriber user, String printer) {
        return user.of(topic("printers/" + printer + "/event")).stream()
                .map(heard -> heard.json().getString("event_type"))
                .toList();
    }

    /** Waits for the last of so many events of a printer. */
    List<String> awaitEvents(TestSubscriber user, String printer, int count) {
        Await.until(count + " events of " + printer, () -> events(user, printer).size() >= count);
        return events(user, printer);
    }

    /** What a part of it says in health/ready. */
    String health(String part) {
        return new JsonObject(api().get("/health/ready").body())
                .getJsonObject("parts")
                .getJsonObject(part)
                .encode();
    }

    /** Stops it; fails if one of its event loops was held up. */
    @Override
    public void close() {
        bridge.close();
        LoopGuard.check();
    }
}
