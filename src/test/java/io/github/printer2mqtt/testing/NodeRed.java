package io.github.printer2mqtt.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A real Node-RED without its editor, in a process on loopback, with downloads and telemetry disabled. Its program is named by
 * the environment variable {@code PRINTER2MQTT_NODE_RED} or found on the path.
 */
public final class NodeRed implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(20);
    private static final long LONGEST_STOP_SECONDS = 10;

    // Node-RED waits for a web socket when a client offers to upgrade to HTTP/2.
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path folder;
    private final int port;
    private final Process process;

    private NodeRed(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** Starts Node-RED without flows in an empty directory. */
    public static NodeRed start(Path folder) {
        Path program = Peers.program("node-red", "PRINTER2MQTT_NODE_RED");
        int port = Ports.free();
        Path settings = folder.resolve("settings.js");
        List<String> command =
                List.of(program.toString(), "--userDir", folder.toString(), "--settings", settings.toString());
        try {
            Files.writeString(settings, SETTINGS.replace("%d", Integer.toString(port)));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log(folder).toFile())
                    .start();
            NodeRed started = new NodeRed(folder, port, process);
            started.awaitService();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitService() {
        try {
            Await.until("Node-RED serves", LONGEST_START, this::serves);
        } catch (AssertionError e) {
            close();
            throw new AssertionError("Node-RED does not start: " + log(), e);
        }
    }

    private static Path log(Path folder) {
        return folder.resolve("node-red.log");
    }

    /** Its log, which includes errors of flows and connections to brokers. */
    public String log() {
        try {
            return Files.readString(log(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deploys these flows in place of all others. */
    public void deploy(JsonArray flows) {
        deploy("full", flows.encode());
    }

    /** Restarts all flows, which reconnects to brokers. */
    public void reload() {
        deploy("reload", "");
    }

    private void deploy(String kind, String flows) {
        HttpRequest request = request("/flows")
                .header("Content-Type", "application/json")
                .header("Node-RED-Deployment-Type", kind)
                .POST(BodyPublishers.ofString(flows))
                .build();
        expect(send(request), 204);
    }

    /** Presses the button of an inject node; waits for a flow that was just deployed. */
    public void press(String node) {
        HttpRequest request = request("/inject/" + node)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.noBody())
                .build();
        expect(sendOnceFound(request), 200);
    }

    /** An object in the context of a flow; null if there is none. */
    public @Nullable JsonObject context(String flow, String key) {
        HttpResponse<String> response =
                send(request("/context/flow/" + flow + "/" + key).GET().build());
        expect(response, 200);
        JsonObject value = new JsonObject(response.body());
        return "Object".equals(value.getString("format")) ? new JsonObject(value.getString("msg")) : null;
    }

    /** The response of a flow at a path for a media type; waits for a flow that was just deployed. */
    public HttpResponse<String> get(String path, String accept) {
        HttpRequest request = request(path).header("Accept", accept).GET().build();
        HttpResponse<String> response = sendOnceFound(request);
        expect(response, 200);
        return response;
    }

    /** Node-RED responds to a deployment shortly before the flows run. */
    private HttpResponse<String> sendOnceFound(HttpRequest request) {
        HttpResponse<String> response = send(request);
        if (response.statusCode() != 404) {
            return response;
        }
        AtomicReference<@Nullable HttpResponse<String>> found = new AtomicReference<>();
        Await.until("a flow serves " + request.uri(), () -> {
            HttpResponse<String> next = send(request);
            found.set(next);
            return next.statusCode() != 404;
        });
        return Objects.requireNonNull(found.get());
    }

    /** Reads the log, because Node-RED answers early requests with errors of its own. */
    private boolean serves() {
        if (!process.isAlive()) {
            throw new AssertionError("it ended");
        }
        String log = log();
        return log.contains("Server now running") && log.contains("Started flows");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(LONGEST_REQUEST);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static void expect(HttpResponse<String> response, int status) {
        if (response.statusCode() != status) {
            throw new AssertionError(response.request().uri() + ": expected " + status + ", Node-RED answered "
                    + response.statusCode() + " " + response.body());
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static final String SETTINGS = """
            module.exports = {
                uiHost: "127.0.0.1",
                uiPort: %d,
                flowFile: "flows.json",
                lang: "en-US",
                credentialSecret: "not-a-secret",
                disableEditor: true,
                mqttReconnectTime: 500,
                telemetry: { enabled: false, updateNotification: false },
                diagnostics: { enabled: false },
                externalModules: {
                    autoInstall: false,
                    palette: { allowInstall: false, allowUpload: false, catalogues: [] },
                    modules: { allowInstall: false }
                },
                logging: { console: { level: "info", metrics: false, audit: false } }
            };
            """;
}
