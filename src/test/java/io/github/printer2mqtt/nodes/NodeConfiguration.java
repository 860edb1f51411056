package io.github.printer2mqtt.nodes;

import io.github.printer2mqtt.config.DatabaseConfig;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.PostgresServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * The config.json of nodes with the same printers.
 *
 * @param database which they share
 * @param interval between the polls of a printer
 */
record NodeConfiguration(DatabaseConfig.Server database, Duration lease, Duration interval) {
    static final String BASE_TOPIC = "printer2mqtt";

    /**
     * That of one node.
     *
     * @param databasePort at which this node reaches the database
     * @param brokerPort at which it reaches the broker
     */
    JsonObject of(String name, int databasePort, int brokerPort) {
        JsonObject intervals = new JsonObject();
        for (String state : List.of("printing", "preparing", "paused", "idle", "offline", "offline_max")) {
            intervals.put(state, interval.toMillis() + "ms");
        }
        return new JsonObject()
                .put("http", new JsonObject().put("port", Ports.free()))
                .put(
                        "mqtt",
                        new JsonObject()
                                .put("url", "mqtt://127.0.0.1:" + brokerPort)
                                // A broker that closes connections while it is cut off is not an older one.
                                .put("version", "5")
                                .put("base_topic", BASE_TOPIC))
                // A busy machine answers late; that is not what these printers are for.
                .put(
                        "polling",
                        new JsonObject()
                                .put("interval", intervals)
                                .put("timeout", "2s")
                                .put("offline_after", 4))
                .put(
                        "database",
                        new JsonObject()
                                .put(
                                        "url",
                                        "postgresql://127.0.0.1:" + databasePort + "/"
                                                + database.url().database())
                                .put("username", database.username())
                                .put("password", PostgresServer.PASSWORD))
                .put("cluster", new JsonObject().put("node", name).put("lease", lease.toSeconds() + "s"))
                .put(
                        "commands",
                        new JsonObject()
                                .put("mqtt", new JsonArray().add("pause").add("resume")))
                .put("secrets", new JsonObject().put("key", "0f".repeat(32)))
                .put("security", new JsonObject().put("allow_loopback_printers", true));
    }
}
