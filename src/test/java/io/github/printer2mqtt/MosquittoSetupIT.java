package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.Peers;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The broker of {@code docker-compose.yml}: its setup, configuration, rules and health check, with a real mosquitto. */
@Timeout(60)
class MosquittoSetupIT {
    private static final String HINT =
            "to print the token of the API and the passwords: docker compose run --rm setup show";
    private final List<Process> brokers = new ArrayList<>();
    private final int port = Ports.free();

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    private record Result(int code, List<String> lines) {}

    @BeforeAll
    static void programsAreInstalled() {
        Peers.program("mosquitto");
        Peers.program("mosquitto_sub");
    }

    @BeforeEach
    void makeFolders() throws IOException {
        Files.createDirectories(folder.resolve("import"));
    }

    @AfterEach
    void stopBrokers() {
        brokers.forEach(Process::destroyForcibly);
    }

    @Test
    void firstStartCreatesSecretsWithoutPrintingThem() throws IOException, InterruptedException {
        Result first = setup("create");
        assertThat(first)
                .isEqualTo(new Result(
                        0,
                        List.of(
                                "created: http_token mqtt_password mqtt_reader_password health_password"
                                        + " grafana_password",
                                HINT)));
        assertThat(secret("bridge/http_token")).matches("[0-9a-f]{48}").isNotEqualTo(secret("bridge/mqtt_password"));
        try (Stream<Path> files = Files.walk(folder.resolve("secrets"))) {
            assertThat(files.filter(Files::isRegularFile).toList())
                    .hasSize(8)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo("rw-------"));
        }
        assertThat(Files.readString(folder.resolve("secrets/broker/passwords")))
                .contains("printer2mqtt:$", "reader:$", "health:$")
                .doesNotContain(secret("bridge/mqtt_password"));
        String token = secret("bridge/http_token");
        String password = secret("clients/mqtt_reader_password");
        assertThat(setup("show").lines())
                .anyMatch(line -> line.startsWith("API token ") && line.endsWith(" " + token))
                .anyMatch(line -> line.contains("user reader") && line.endsWith(" " + password));
    }

    @Test
    void laterStartsChangeNothing() throws IOException, InterruptedException {
        setup("create");
        Path passwords = folder.resolve("secrets/broker/passwords");
        Files.writeString(passwords, Files.readString(passwords) + "phone:$7$101$own\n");
        Map<String, String> before = Map.of(
                "token", secret("bridge/http_token"),
                "passwords", Files.readString(passwords));
        assertThat(setup("create")).isEqualTo(new Result(0, List.of(HINT)));
        assertThat(Map.of("token", secret("bridge/http_token"), "passwords", Files.readString(passwords)))
                .isEqualTo(before);
    }

    /** A new password in a secret's file reaches the broker's accounts at the next start, and no other account. */
    @Test
    void changedPasswordIsUsedAtTheNextStart() throws IOException, InterruptedException {
        setup("create");
        Path passwords = folder.resolve("secrets/broker/passwords");
        List<String> before = Files.readAllLines(passwords);
        Path changed = folder.resolve("secrets/clients/mqtt_reader_password");
        Files.writeString(changed, "another");
        Files.setLastModifiedTime(changed, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(setup("create").code()).isZero();
        List<String> after = Files.readAllLines(passwords);
        assertThat(after).hasSameSizeAs(before);
        assertThat(after.stream().filter(line -> !before.contains(line)).toList())
                .singleElement()
                .asString()
                .startsWith("reader:$");
    }

    @Test
    void secretsOfAnOlderSetupAreTakenOver() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("import/http_token"), "token-of-before\r\n");
        Files.writeString(folder.resolve("import/mqtt_password"), "password-of-before\n");
        setup("create");
        assertThat(secret("bridge/http_token")).isEqualTo("token-of-before");
        assertThat(secret("bridge/mqtt_password")).isEqualTo("password-of-before");
        assertThat(secret("clients/mqtt_reader_password")).matches("[0-9a-f]{48}");
    }

    @Test
    void tokenForPrometheusIsCreatedOnceAndMayOnlyRead() throws IOException, InterruptedException {
        Peers.program("wget");
        setup("create");
        JsonObject configuration = RunningBridge.configuration(folder);
        configuration.getJsonObject("http").put("token", secret("bridge/http_token"));
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            String url = "http://127.0.0.1:" + bridge.httpPort();
            assertThat(setup("metrics-token", url)).isEqualTo(new Result(0, List.of()));
            String token = secret("prometheus/token");
            assertThat(token).startsWith("p2m_");
            assertThat(status(url, token, "GET", "/metrics")).isEqualTo(200);
            assertThat(status(url, token, "GET", "/api/tokens")).isEqualTo(403);
            assertThat(setup("metrics-token", "http://127.0.0.1:1").code()).isZero();
            assertThat(secret("prometheus/token")).isEqualTo(token);
        }
    }

    private static int status(String url, String token, String method, String path)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void unknownCommandIsOneLine() throws IOException, InterruptedException {
        assertThat(setup("make"))
                .isEqualTo(new Result(2, List.of("found \"make\", expected create, show or metrics-token")));
    }

    @Test
    void brokerIsHealthyAndLetsEachAccountDoItsWork() throws IOException, InterruptedException {
        setup("create");
        assertThat(healthCheck().code()).as("no broker").isNotZero();
        startBroker();
        assertThat(healthCheck().code()).isZero();
        JsonObject configuration = RunningBridge.configuration(folder, port);
        configuration
                .getJsonObject("mqtt")
                .put("username", "printer2mqtt")
                .put("password", secret("bridge/mqtt_password"))
                .put("base_topic", "printer2mqtt");
        String password = secret("clients/mqtt_reader_password");
        try (TestSubscriber reader = TestSubscriber.listen(port, "printer2mqtt/#", "reader", password);
                RunningBridge bridge = RunningBridge.start(configuration)) {
            reader.await("printer2mqtt/bridge/state", heard -> heard.text().contains("online"));
            Await.until(
                    "the broker lets the bridge do everything",
                    () -> bridge.health("broker").contains("\"up\""));
            publish("reader", password, "printer2mqtt/bridge/state", "forged");
            publish("reader", password, "printer2mqtt/bridge/request/printers/list", "{\"transaction\":\"t1\"}");
            reader.await(
                    "printer2mqtt/bridge/response/printers/list",
                    heard -> heard.text().contains("\"t1\""));
            assertThat(reader.of("printer2mqtt/bridge/state"))
                    .noneMatch(heard -> heard.text().equals("forged"));
        }
    }

    /** The health check as in the container, but at the port of this test. */
    private Result healthCheck() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        ComposeTest.read()
                .getJsonObject("services")
                .getJsonObject("mosquitto")
                .getJsonObject("healthcheck")
                .getJsonArray("test")
                .forEach(word -> command.add(word.toString().replace("$$", "$")));
        assertThat(command.remove(0)).isEqualTo("CMD");
        command.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(port)));
        return run(command);
    }

    private void publish(String user, String password, String topic, String payload)
            throws IOException, InterruptedException {
        run(List.of(
                "mosquitto_pub",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-u",
                user,
                "-P",
                password,
                "-q",
                "1",
                "-t",
                topic,
                "-m",
                payload));
    }

    /** The configuration of the container with other folders and another port. */
    private void startBroker() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        String lines = Files.readString(Path.of("mosquitto/mosquitto.conf"))
                .replace("/mosquitto/secrets/", folder.resolve("secrets/broker") + "/")
                .replace("/mosquitto/data/", data + "/")
                .replace("listener 1883", "listener " + port + " 127.0.0.1");
        // Root's programs drop their rights otherwise, to a user that cannot read this folder.
        Path file = Files.writeString(folder.resolve("mosquitto.conf"), lines + "user root\n");
        brokers.add(new ProcessBuilder(Peers.program("mosquitto").toString(), "-c", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mosquitto.log").toFile())
                .start());
        Await.until("mosquitto runs", () -> {
            try {
                return healthCheck().code() == 0;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        });
    }

    private String secret(String name) throws IOException {
        return Files.readString(folder.resolve("secrets").resolve(name));
    }

    private Result setup(String command) throws IOException, InterruptedException {
        return setup(command, "http://127.0.0.1:1");
    }

    private Result setup(String command, String api) throws IOException, InterruptedException {
        return run(List.of("env", "API=" + api, "sh", "mosquitto/setup.sh", command));
    }

    private Result run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder program = new ProcessBuilder(command).redirectErrorStream(true);
        program.environment()
                .putAll(Map.of(
                        "SECRETS", folder.resolve("secrets").toString(),
                        "CONFIG", "mosquitto",
                        "IMPORT", folder.resolve("import").toString(),
                        "XDG_CONFIG_HOME", folder.resolve("secrets/broker").toString()));
        Process process = program.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output.lines().toList());
    }
}
