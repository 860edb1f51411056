package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.cli.Launcher;
import io.github.printer2mqtt.cli.StartException;
import io.github.printer2mqtt.config.BridgeConfig;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ports that other programs use. */
@Timeout(60)
class PortConflictTest {
    private final List<ServerSocket> occupied = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void free() throws IOException {
        for (ServerSocket socket : occupied) {
            socket.close();
        }
    }

    @Test
    void firstRunReplacesDefaultPortsInUse() throws IOException {
        BridgeConfig config = RunningBridge.read(database("new.db"));
        BridgeConfig defaults = BridgeConfig.defaults();
        occupy(defaults.http().port());
        occupy(defaults.broker().port());
        try (Launcher.Running bridge = new BridgeLauncher(reason -> {}).start(config)) {
            BridgeConfig chosen = bridge.banner().config();
            assertThat(chosen.http().port()).isGreaterThan(defaults.http().port());
            assertThat(bridge.banner().httpPort()).isEqualTo(chosen.http().port());
            assertThat(chosen.broker().port()).isGreaterThan(defaults.broker().port());
        }
    }

    @Test
    void configuredPortIsNotReplaced() throws IOException {
        int port = occupy(0);
        BridgeConfig http = RunningBridge.read(database("new.db").put("http", new JsonObject().put("port", port)));
        assertThatThrownBy(() -> new BridgeLauncher(reason -> {}).start(http))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("http.port: found " + port)
                .hasMessageContaining("PRINTER2MQTT_HTTP_PORT");
        BridgeConfig broker =
                RunningBridge.read(database("other.db").put("broker", new JsonObject().put("port", port)));
        assertThatThrownBy(() -> new BridgeLauncher(reason -> {}).start(broker))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("broker.port: found " + port)
                .hasMessageContaining("PRINTER2MQTT_BROKER_PORT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nosuch.invalid", "192.0.2.1"})
    void addressOfAnotherMachineIsReported(String host) {
        String password = "0123456789abcdef";
        BridgeConfig http = RunningBridge.read(database("new.db")
                .put("http", new JsonObject().put("host", host).put("token", password)));
        assertThatThrownBy(() -> new BridgeLauncher(reason -> {}).start(http))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("http.host: found \"" + host + "\", but the API cannot listen there (")
                .hasMessageEndingWith("expected an address of this machine, here or in PRINTER2MQTT_HTTP_HOST");
        BridgeConfig broker = RunningBridge.read(database("other.db")
                .put("http", new JsonObject().put("port", 0))
                .put(
                        "broker",
                        new JsonObject().put("host", host).put("username", "u").put("password", password)));
        assertThatThrownBy(() -> new BridgeLauncher(reason -> {}).start(broker))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith(
                        "broker.host: found \"" + host + "\", but the embedded broker cannot listen there");
    }

    @Test
    void bridgeWithDatabaseKeepsItsPorts() throws IOException {
        BridgeConfig config = RunningBridge.read(database("known.db"));
        Files.createFile(folder.resolve("known.db"));
        occupy(config.http().port());
        assertThatThrownBy(() -> new BridgeLauncher(reason -> {}).start(config))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("http.port: found 8080");
    }

    private JsonObject database(String name) {
        return new JsonObject()
                .put(
                        "database",
                        new JsonObject().put("path", folder.resolve(name).toString()));
    }

    /** Occupies a port unless another program already does. */
    private int occupy(int port) throws IOException {
        try {
            ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            occupied.add(socket);
            return socket.getLocalPort();
        } catch (BindException e) {
            return port;
        }
    }
}
