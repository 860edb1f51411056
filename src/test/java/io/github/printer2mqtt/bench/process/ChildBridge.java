package io.github.printer2mqtt.bench.process;

import io.github.printer2mqtt.testing.Ports;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The shipped bridge in a separate process. */
public final class ChildBridge implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final long BETWEEN_ATTEMPTS = Duration.ofMillis(5).toNanos();

    private final Process process;
    private final int port;
    private final Duration untilList;
    private final Duration untilReady;
    private final Duration processorUntilReady;

    private ChildBridge(
            Process process, int port, Duration untilList, Duration untilReady, Duration processorUntilReady) {
        this.process = process;
        this.port = port;
        this.untilList = untilList;
        this.untilReady = untilReady;
        this.processorUntilReady = processorUntilReady;
    }

    /** Starts a bridge and waits until it serves the list and is ready. */
    public static ChildBridge start(BridgeSetup setup, BridgeDirectory directory) throws IOException {
        int port = Ports.free();
        ProcessBuilder builder = new ProcessBuilder(command(setup));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PRINTER2MQTT_"));
        environment.putAll(setup.environment());
        environment.put("JAVA_OPTS", String.join(" ", setup.flags()));
        environment.put("PRINTER2MQTT_HTTP_PORT", Integer.toString(port));
        environment.put("PRINTER2MQTT_BROKER_PORT", Integer.toString(Ports.free()));
        environment.put("PRINTER2MQTT_DATABASE_PATH", directory.database().toString());
        environment.put("PRINTER2MQTT_SECURITY_ALLOW_LOOPBACK_PRINTERS", "true");
        builder.directory(directory.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(directory.log().toFile()));

        long begin = System.nanoTime();
        Process process = builder.start();
        try {
            Duration untilList = until(process, port, "/api/printers", begin);
            Duration untilReady = until(process, port, "/health/ready", begin);
            return new ChildBridge(
                    process, port, untilList, untilReady, new ProcessStats(process.pid()).processorTime());
        } catch (RuntimeException e) {
            ChildProcess.end(process);
            throw e;
        }
    }

    private static List<String> command(BridgeSetup setup) {
        if (setup.launcher() == BridgeSetup.Launcher.START_SCRIPT) {
            return List.of(Path.of("bin/printer2mqtt").toAbsolutePath().toString());
        }
        List<String> command = new ArrayList<>();
        command.add(Jvm.program("java"));
        command.add(Jvm.EXIT_WITHOUT_MEMORY);
        command.addAll(setup.flags());
        command.addAll(List.of("-jar", Jvm.bridgeJar().toString()));
        return command;
    }

    private static Duration until(Process process, int port, String path, long begin) {
        long end = begin + LONGEST_START.toNanos();
        while (System.nanoTime() - end < 0 && process.isAlive()) {
            if (succeeds(port, path)) {
                return Duration.ofNanos(System.nanoTime() - begin);
            }
            LockSupport.parkNanos(BETWEEN_ATTEMPTS);
        }
        throw new IllegalStateException("the bridge does not answer " + path + " with 200");
    }

    private static boolean succeeds(int port, String path) {
        try (KeepAliveClient client = KeepAliveClient.connect(port)) {
            return client.get(path).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Time from the start of the process to the first list. */
    public Duration untilList() {
        return untilList;
    }

    /** Time from the start of the process until it first reported ready. */
    public Duration untilReady() {
        return untilReady;
    }

    /** CPU time of all cores until ready; other load on the machine hardly affects it. */
    public Duration processorUntilReady() {
        return processorUntilReady;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    void register(List<JsonObject> registrations) {
        byte[] body = new JsonArray(registrations).encode().getBytes(StandardCharsets.UTF_8);
        try (KeepAliveClient client = KeepAliveClient.connect(port)) {
            KeepAliveClient.Response response = client.post("/api/printers/import", body);
            if (response.status() != 200) {
                throw new IllegalStateException(
                        "the response to the import is " + response.status() + ": " + response.text());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        ChildProcess.end(process);
    }
}
