package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.Peers;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.TestBroker;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The start script of the Home Assistant app, against a server that answers as the Supervisor does. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class HomeAssistantAppIT {
    private static final String TOKEN = "token-of-the-supervisor";

    @TempDir
    private Path data;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer supervisor;
    private volatile JsonObject mqtt = new JsonObject();

    record Result(int code, List<String> lines) {}

    @BeforeEach
    void startSupervisor() throws IOException {
        Peers.program("jq");
        Peers.program("curl");
        supervisor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        supervisor.createContext("/services/mqtt", exchange -> {
            requests.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            JsonObject answer = mqtt.isEmpty()
                    ? new JsonObject().put("result", "error").put("message", "Service not enabled")
                    : new JsonObject().put("result", "ok").put("data", mqtt);
            byte[] body = answer.encode().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(mqtt.isEmpty() ? 400 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        supervisor.start();
    }

    @AfterEach
    void stopSupervisor() {
        supervisor.stop(0);
    }

    @Test
    void usesTheBrokerOfHomeAssistant() throws Exception {
        mqtt = new JsonObject()
                .put("host", "core-mosquitto")
                .put("port", 1883)
                .put("ssl", false)
                .put("username", "addons")
                .put("password", "a \"b\" $c");

        Result result = run(defaults());

        assertThat(result.lines())
                .contains(
                        "PRINTER2MQTT_MQTT_URL=mqtt://core-mosquitto:1883",
                        "PRINTER2MQTT_MQTT_USERNAME=addons",
                        "PRINTER2MQTT_MQTT_PASSWORD=a \"b\" $c",
                        "PRINTER2MQTT_HTTP_HOST=0.0.0.0",
                        "PRINTER2MQTT_HTTP_INGRESS_ROLES=*=admin",
                        "PRINTER2MQTT_DATABASE_PATH=" + data.resolve("printer2mqtt.db"),
                        "arguments: run")
                .noneMatch(line -> line.startsWith("PRINTER2MQTT_COMMANDS_MQTT"))
                .noneMatch(line -> line.contains(TOKEN));
        assertThat(requests).containsExactly("Bearer " + TOKEN);
    }

    @Test
    void usesAnotherBrokerAndMoreSettings() throws Exception {
        JsonObject options = defaults()
                .put("mqtt_url", "mqtts://192.0.2.5:8883")
                .put("mqtt_username", "anna")
                .put("mqtt_password", "secret")
                .put("roles", new JsonArray().add("Anna Müller=admin").add("*=viewer"))
                .put("commands", new JsonArray().add("pause").add("light"))
                .put("settings", new JsonArray().add(setting("polling.interval.idle", "30s")));

        assertThat(run(options).lines())
                .contains(
                        "PRINTER2MQTT_MQTT_URL=mqtts://192.0.2.5:8883",
                        "PRINTER2MQTT_MQTT_USERNAME=anna",
                        "PRINTER2MQTT_MQTT_PASSWORD=secret",
                        "PRINTER2MQTT_HTTP_INGRESS_ROLES=Anna Müller=admin,*=viewer",
                        "PRINTER2MQTT_COMMANDS_MQTT=pause,light",
                        "PRINTER2MQTT_POLLING_INTERVAL_IDLE=30s");
        assertThat(requests).isEmpty();
    }

    @Test
    void saysThatThereIsNoBroker() throws Exception {
        Result result = run(defaults());

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.lines())
                .containsExactly(
                        "printer2mqtt: Home Assistant has no MQTT broker; install the app \"Mosquitto broker\","
                                + " or set mqtt_url");
    }

    @Test
    void givesUpRootAndOwnsItsData() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root can give up root");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(data.resolve("printer2mqtt.db"), "of an earlier version, which ran as root");
        Files.writeString(data.resolve("options.json"), withBroker().encode());
        Files.setPosixFilePermissions(data.resolve("options.json"), PosixFilePermissions.fromString("rw-------"));

        Result result = start(fakeBridge(), "/usr/bin:/bin:/usr/sbin:/sbin");

        assertThat(result.lines()).contains("user: 10001");
        assertThat(Files.getAttribute(data.resolve("printer2mqtt.db"), "unix:uid"))
                .isEqualTo(10001);
        assertThat(Files.getAttribute(data.resolve("options.json"), "unix:uid")).isEqualTo(0);
    }

    @Test
    void ingressShowsThePageWithTheRoleOfTheUser() throws Exception {
        int port = Ports.free();
        TestBroker broker = TestBroker.shared();
        mqtt = new JsonObject()
                .put("host", "127.0.0.1")
                .put("port", broker.port())
                .put("ssl", false);
        // The test is where the Supervisor would be.
        JsonObject options = defaults()
                .put("roles", new JsonArray().add("anna=admin").add("*=viewer"))
                .put(
                        "settings",
                        new JsonArray()
                                .add(setting("http.port", Integer.toString(port)))
                                .add(setting("http.ingress.peer", "127.0.0.1"))
                                .add(setting("mqtt.base_topic", "app-" + port)));
        Files.writeString(data.resolve("options.json"), options.encode());
        Path bridge = script(
                "real-bridge",
                "exec '%s' -Xmx96m -cp '%s' %s \"$@\""
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
        Path output = data.resolve("output.txt");
        Process process = process(bridge, withoutRoot(), output);
        try {
            String base = "http://127.0.0.1:" + port;
            Await.until("the bridge serves", () -> status(base + "/health/ready", null) == 200);

            assertThat(status(base + "/api/printers", null)).isEqualTo(401);
            assertThat(status(base + "/api/printers", "anna")).isEqualTo(200);
            assertThat(status(base + "/api/audit", "anna")).isEqualTo(200);
            assertThat(status(base + "/api/printers", "ben")).isEqualTo(200);
            assertThat(status(base + "/api/audit", "ben")).isEqualTo(403);
            assertThat(framePolicy(base + "/", "anna")).contains("frame-ancestors 'self'");
        } finally {
            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(Files.readString(output)).contains("API  ").doesNotContain(TOKEN);
    }

    private static JsonObject defaults() {
        return new JsonObject()
                .put("roles", new JsonArray().add("*=admin"))
                .put("commands", new JsonArray())
                .put("log_level", "info")
                .put("settings", new JsonArray());
    }

    private static JsonObject withBroker() {
        return defaults().put("mqtt_url", "mqtt://192.0.2.5");
    }

    private static JsonObject setting(String key, String value) {
        return new JsonObject().put("key", key).put("value", value);
    }

    private static int status(String url, @Nullable String user) {
        HttpResponse<String> response = get(url, user);
        return response == null ? 0 : response.statusCode();
    }

    private static String framePolicy(String url, String user) {
        HttpResponse<String> response = get(url, user);
        return response == null
                ? ""
                : response.headers().firstValue("Content-Security-Policy").orElse("");
    }

    /** As the ingress sends it, with or without a user; null if nobody listens. */
    private static @Nullable HttpResponse<String> get(String url, @Nullable String user) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5));
        if (user != null) {
            request.header("X-Remote-User-Id", "0123")
                    .header("X-Remote-User-Name", user)
                    .header("X-Ingress-Path", "/api/hassio_ingress/abc");
        }
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private Result run(JsonObject options) throws Exception {
        Files.writeString(data.resolve("options.json"), options.encode());
        return start(fakeBridge(), withoutRoot());
    }

    private Result start(Path bridge, String path) throws Exception {
        Path output = data.resolve("output.txt");
        Process process = process(bridge, path, output);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), Files.readAllLines(output));
    }

    private Process process(Path bridge, String path, Path output) throws IOException {
        ProcessBuilder program = new ProcessBuilder("sh", "home-assistant-app/run.sh")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        program.environment().keySet().removeIf(name -> name.startsWith("PRINTER2MQTT_"));
        program.environment().put("PATH", path);
        program.environment().put("DATA", data.toString());
        program.environment()
                .put("SUPERVISOR", "http://127.0.0.1:" + supervisor.getAddress().getPort());
        program.environment().put("SUPERVISOR_TOKEN", TOKEN);
        program.environment().put("BRIDGE", bridge.toString());
        program.environment().put("MQTT_WAIT", "0");
        return program.start();
    }

    /** The programs of this machine, seen by somebody who is not root and cannot become another user. */
    private String withoutRoot() throws IOException {
        Path programs = Files.createDirectories(data.resolve("programs"));
        Files.move(script("id", "echo 1000"), programs.resolve("id"));
        return programs + ":" + System.getenv("PATH");
    }

    private Path fakeBridge() throws IOException {
        return script("bridge", "echo \"arguments: $*\"; echo \"user: $(id -u)\"; env");
    }

    private Path script(String name, String line) throws IOException {
        Path file = data.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }
}
