package io.github.printer2mqtt.testing;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real OctoPrint with its bundled virtual printer, in a process of its own on loopback. Its program is named by the
 * environment variable {@code PRINTER2MQTT_OCTOPRINT} or found on the path.
 */
public final class OctoPrint implements AutoCloseable {
    /** The key of its only user. */
    public static final String API_KEY = "0123456789ABCDEF0123456789ABCDEF";

    private static final String BOUNDARY = "----printer2mqtt-upload";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path program;
    private final Path base;
    private final int port;
    private @Nullable Process process;

    private OctoPrint(Path program, Path base, int port) {
        this.program = program;
        this.base = base;
        this.port = port;
    }

    /** Sets one up in an empty directory and starts it. */
    public static OctoPrint start(Path base) {
        OctoPrint octoprint = new OctoPrint(Peers.program("octoprint", "PRINTER2MQTT_OCTOPRINT"), base, freePort());
        octoprint.configure();
        octoprint.start();
        return octoprint;
    }

    public int port() {
        return port;
    }

    /** Starts it again on the same port after {@link #kill}. */
    public void start() {
        // The last word allows root, which a build machine often is.
        process = launch("serve", "--host", "127.0.0.1", "--port", String.valueOf(port), "--iknowwhatimdoing");
        Await.until("OctoPrint answers", Duration.ofSeconds(90), this::answers);
    }

    /** Ends it without a word, as a power cut would. */
    public void kill() {
        Process running = process;
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
            end(running);
        }
    }

    /** Has the virtual printer connected. */
    public void connectPrinter() {
        post("/api/connection", "{\"command\":\"connect\",\"port\":\"VIRTUAL\",\"baudrate\":115200}");
        Await.until("the virtual printer is operational", () -> state().equals("Operational"));
    }

    /** Has the virtual printer disconnected, while the server goes on. */
    public void disconnectPrinter() {
        post("/api/connection", "{\"command\":\"disconnect\"}");
        Await.until("the virtual printer is gone", () -> state().equals("Offline"));
    }

    /** Uploads a file that takes about so many seconds, and prints it. */
    public void print(String file, int seconds) {
        String gcode = "G28\n" + "G4 P250\n".repeat(seconds * 4);
        String body = part("file\"; filename=\"" + file, gcode) + part("select", "true") + part("print", "true") + "--"
                + BOUNDARY + "--\r\n";
        HttpRequest upload = request("/api/files/local")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofString(body))
                .build();
        expect(send(upload), 201);
    }

    /** Cancels the running print at OctoPrint itself. */
    public void cancelPrint() {
        post("/api/job", "{\"command\":\"cancel\"}");
    }

    /** What OctoPrint itself says of its job. */
    public JsonObject job() {
        HttpResponse<String> answer = send(request("/api/job").GET().build());
        expect(answer, 200);
        return new JsonObject(answer.body());
    }

    /** What OctoPrint itself says of its heaters. */
    public JsonObject temperatures() {
        HttpResponse<String> answer = send(request("/api/printer").GET().build());
        expect(answer, 200);
        return new JsonObject(answer.body()).getJsonObject("temperature");
    }

    /** OctoPrint's own word for its state. */
    public String state() {
        return job().getString("state");
    }

    private boolean answers() {
        try {
            return http.send(request("/api/version").GET().build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false; // not yet
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void configure() {
        try {
            Files.createDirectories(base);
            Files.writeString(base.resolve("config.yaml"), CONFIG);
            end(launch("user", "add", "bridge", "--password", "not-a-secret", "--admin"));
            Path users = base.resolve("users.yaml");
            String withKey = Files.readString(users).replace("apikey: null", "apikey: " + API_KEY);
            Files.writeString(
                    users, withKey.replaceAll("(?m)^  apikey: (?!" + API_KEY + ").*$", "  apikey: " + API_KEY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(List.of("-b", base.toString()));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            base.resolve("output.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(Process process) {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("OctoPrint's command did not end within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void post(String path, String json) {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        expect(send(request), 204);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .header("X-Api-Key", API_KEY);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static void expect(HttpResponse<String> answer, int status) {
        if (answer.statusCode() != status) {
            throw new AssertionError(answer.request().uri() + ": expected " + status + ", OctoPrint answered "
                    + answer.statusCode() + " " + answer.body());
        }
    }

    private static String part(String name, String content) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private static final String CONFIG = """
            server:
              firstRun: false
              onlineCheck:
                enabled: false
              pluginBlacklist:
                enabled: false
              seenWizards:
                classicwebcam: 1
                tracking: 1
                corewizard: 4
            accessControl:
              autologinLocal: false
            plugins:
              _disabled: [announcements, softwareupdate, tracking, pluginmanager, errortracking, discovery, backup, achievements]
              virtual_printer:
                enabled: true
            serial:
              port: VIRTUAL
              baudrate: 115200
              autoconnect: false
            """;
}
