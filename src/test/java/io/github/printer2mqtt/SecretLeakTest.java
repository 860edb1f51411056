package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.cli.StartException;
import io.github.printer2mqtt.testing.CapturedTrace;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.TestBroker;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** 96: no secret appears in a route, topic, log line, exception or file. */
@Timeout(60)
class SecretLeakTest {
    private static final String CANARY = CanaryPrinters.CANARY;

    private static final String TOKEN = "canary-token-0123456789";
    private static final String BROKER_PASSWORD = "canary-broker-password";
    private static final String WRONG_KEY = CanaryPrinters.WRONG_KEY;
    private static final String USER_PASSWORD = "canary-password-of-anna";
    private static final String ENCRYPTION_KEY = "c0ffee".repeat(10) + "cafe";

    @RegisterExtension
    private final CanaryPrinters printers = new CanaryPrinters();

    @RegisterExtension
    private final TestBroker broker = TestBroker.withLogin("farm", BROKER_PASSWORD);

    private final List<String> seen = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private JsonObject configuration;

    @BeforeEach
    void configure() {
        configuration = RunningBridge.configuration(folder, broker.port());
        JsonObject proxy = new JsonObject()
                .put("trusted", new JsonArray().add("127.0.0.9"))
                .put("secret", "canary-proxy-secret-0123456789")
                .put("user_header", "Remote-User")
                .put("roles", new JsonArray().add("*=viewer"));
        configuration.getJsonObject("http").put("token", TOKEN).put("proxy", proxy);
        configuration.getJsonObject("mqtt").put("username", "farm").put("password", BROKER_PASSWORD);
        configuration.put("secrets", new JsonObject().put("key", ENCRYPTION_KEY));
        JsonObject webhook = new JsonObject()
                .put("url", "http://127.0.0.1:9/canary-webhook-0123456789")
                .put("secret", "canary-webhook-secret-0123456789");
        JsonObject ntfy = new JsonObject()
                .put("url", "http://127.0.0.1:9/canary-topic")
                .put("token", "canary-ntfy-token-0123456789");
        configuration.put("notify", new JsonObject().put("webhook", webhook).put("ntfy", ntfy));
    }

    @Test
    void noSecretLeavesTheBridge() {
        List<String> issued = new ArrayList<>();
        try (CapturedTrace log = CapturedTrace.of("io.github.printer2mqtt")) {
            RunningBridge bridge = RunningBridge.start(configuration);
            HttpApi api = bridge.api().withToken(TOKEN);
            try (TestSubscriber user = TestSubscriber.listen(broker.port(), "#", "farm", BROKER_PASSWORD)) {
                printers.registrations().forEach(printer -> recordResponse(api.post("/api/printers", printer), 201));
                api.awaitState("ender", "idle");
                api.awaitState("mk4", "idle");
                api.awaitState("voron", "idle");
                api.awaitState("delta", "idle");
                api.awaitOffline("wrong", "auth");
                api.awaitOffline("wrong-delta", "auth");
                api.awaitOffline("wrong-user", "auth");
                api.awaitState("forge", "idle");
                api.awaitOffline("wrong-forge", "auth");
                printers.ender().startUnderWay("part.gcode", Duration.ofHours(1), Duration.ofMinutes(1));
                api.awaitState("ender", "printing");
                callEveryRoute(api);
                callWithInvalidRequests(bridge.api(), api);
                issued.addAll(useAccounts(bridge.api(), api));
                seen.add(filesBesideTheDatabase());
                bridge.awaitOnline(user);
                user.await(
                        bridge.topic("printers/wrong/availability"),
                        heard -> heard.text().contains("auth"));
                user.await(bridge.topic("bridge/health"), heard -> true);
                assertThat(user.catchUp().newest())
                        .containsKeys(bridge.topic("bridge/info"), bridge.topic("bridge/printers"));
                user.all().forEach(heard -> seen.add(heard.topic() + " " + heard.text()));
                seen.add(bridge.config().toString());
            } finally {
                bridge.close();
            }
            seen.add(filesBesideTheDatabase());
            assertThat(seen).hasSizeGreaterThan(60);
            assertThat(seen.stream().filter(SecretLeakTest::containsSecret)).isEmpty();
            assertThat(log.text()).isNotEmpty().doesNotContain(CANARY, ENCRYPTION_KEY);
            assertThat(issued).hasSize(3).noneMatch(log.text()::contains);
            assertThat(seen.stream().filter(text -> issued.stream().anyMatch(text::contains)))
                    .isEmpty();
        }
    }

    @Test
    void failedStartRevealsNoSecret() {
        try (CapturedTrace log = CapturedTrace.of("io.github.printer2mqtt")) {
            configuration.getJsonObject("http").put("port", broker.port());
            assertThatThrownBy(() -> RunningBridge.start(configuration).close())
                    .isInstanceOf(StartException.class)
                    .satisfies(failure -> assertThat(trace(failure)).doesNotContain(CANARY));
            configuration.getJsonObject("http").put("port", 0).put("token", "canary");
            configuration.getJsonObject("secrets").put("key", "canary");
            configuration.getJsonObject("mqtt").put("password", new JsonArray().add("canary"));
            assertThatThrownBy(() -> RunningBridge.read(configuration))
                    .satisfies(failure -> assertThat(trace(failure)).doesNotContain(CANARY));
            assertThat(log.text()).doesNotContain(CANARY);
        }
    }

    /**
     * Creates a user and a token, and logs in.
     *
     * @return what the bridge issued, which is in these answers only: a token, the cookie and the CSRF token of a session
     */
    private List<String> useAccounts(HttpApi anonymous, HttpApi api) {
        JsonObject user =
                new JsonObject().put("name", "anna").put("role", "admin").put("password", USER_PASSWORD);
        recordResponse(api.post("/api/users", user), 201);
        recordResponse(api.post("/api/users", user), 409);
        JsonObject login = new JsonObject().put("user", "anna").put("password", USER_PASSWORD);
        recordResponse(anonymous.post("/api/login", login.copy().put("password", WRONG_KEY)), 401);
        recordResponse(anonymous.post("/api/login", login.copy().put("more", WRONG_KEY)), 422);
        HttpResponse<String> opened = anonymous.post("/api/login", login);
        String cookie = opened.headers().firstValue("Set-Cookie").orElseThrow();
        HttpResponse<String> created = api.post(
                "/api/tokens", new JsonObject().put("name", "Grafana").put("scopes", new JsonArray().add("read")));
        String token = new JsonObject(created.body()).getString("token");
        recordResponse(anonymous.withToken(token).get("/api/printers"), 200);
        for (String path : List.of("/api/users", "/api/tokens", "/api/audit", "/api/history", "/api/session")) {
            recordResponse(api.get(path), 200);
        }
        return List.of(
                token,
                cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';')),
                new JsonObject(opened.body()).getString("csrf"));
    }

    /** Calls every route with valid requests. */
    private void callEveryRoute(HttpApi api) {
        for (String path : List.of(
                "/",
                "/openapi.yaml",
                "/health/live",
                "/health/ready",
                "/metrics",
                "/api/printers",
                "/api/printers?fresh=true",
                "/api/printers/ender",
                "/api/printers/wrong/polls",
                "/api/printers/export",
                "/api/printers/export?format=csv")) {
            recordResponse(api.get(path), 200);
        }
        recordResponse(api.send("POST", "/api/notifications/test", null), 0);
        recordResponse(api.get("/api/printers/ender/registration"), 200);
        recordResponse(api.get("/api/printers/wrong/diagnosis"), 200);
        recordResponse(api.send("POST", "/api/printers/ender/commands/pause", null), 202);
        JsonObject elsewhere = new JsonObject()
                .put("driver", "octoprint")
                .put("address", "127.0.0.1:9")
                .put("credentials", new JsonObject().put("api_key", WRONG_KEY));
        recordResponse(api.post("/api/printers/probe", elsewhere), 0);
        JsonObject row = elsewhere.copy().put("id", "imported").put("name", "Imported");
        recordResponse(
                api.send(
                        "POST", "/api/printers/import", new JsonArray().add(row).encode()),
                0);
        recordResponse(
                api.send(
                        "POST",
                        "/api/printers/import",
                        new JsonObject().put("printers", JsonArray.of(row)).encode()),
                0);
        JsonObject change = new JsonObject().put("credentials", new JsonObject().put("api_key", WRONG_KEY));
        recordResponse(api.patch("/api/printers/voron", change), 200);
        api.awaitOffline("voron", "auth");
        recordResponse(api.get("/api/printers/voron"), 200);
        recordResponse(api.delete("/api/printers/voron"), 204);
    }

    /** Sends invalid requests that contain a secret. */
    private void callWithInvalidRequests(HttpApi anonymous, HttpApi api) {
        recordResponse(anonymous.withToken(WRONG_KEY).get("/api/printers"), 401);
        String key = "{\"api_key\":\"" + WRONG_KEY + "\"}";
        for (String body : List.of(
                "{\"name\":\"x\",\"driver\":\"octoprint\",\"address\":\"127.0.0.1\",\"credentials\":\"" + WRONG_KEY
                        + "\"}",
                "{\"name\":\"x\",\"driver\":\"octoprint\",\"address\":\"127.0.0.1\",\"credentials\":[\"" + WRONG_KEY
                        + "\"]}",
                "{\"name\":\"x\",\"driver\":\"octoprint\",\"address\":\"127.0.0.1\",\"credentials\":{\"api_key\":[\""
                        + WRONG_KEY + "\"]}}",
                "{\"name\":\"x\",\"driver\":\"octoprint\",\"address\":\"127.0.0.1\",\"credentials\":{\"api_key\":\""
                        + WRONG_KEY + "\\n\"}}",
                "{\"name\":\"x\",\"driver\":\"octoprint\",\"address\":\"http://u:" + WRONG_KEY + "@127.0.0.1/\"}",
                "{\"name\":\"x\",\"driver\":\"octoprint\",\"address\":\"http://127.0.0.1/?apikey=" + WRONG_KEY + "\"}",
                "{\"name\":\"x\",\"driver\":\"octoprint\",\"address\":\"http://u:" + WRONG_KEY + "/x@127.0.0.1/\"}",
                "{\"name\":\"x\",\"driver\":\"octoprint\",\"address\":\"127.0.0.1#" + WRONG_KEY + "\"}",
                "{\"name\":\"x\",\"driver\":\"nonesuch\",\"address\":\"127.0.0.1\",\"credentials\":" + key + "}",
                "{\"name\":\"x\",\"driver\":\"auto\",\"address\":\"127.0.0.1:9\",\"credentials\":" + key + "}",
                "{\"id\":\"ender\",\"name\":\"x\",\"driver\":\"octoprint\",\"address\":\"127.0.0.1:9\",\"credentials\":"
                        + key + "}",
                "{\"credentials\":" + key + ", broken",
                "\"" + WRONG_KEY + "\"",
                "[" + key + "]")) {
            HttpResponse<String> rejected = api.send("POST", "/api/printers", body);
            assertThat(rejected.statusCode()).as(body).isBetween(400, 499);
            seen.add(rejected.headers() + " " + rejected.body());
            recordResponse(api.send("POST", "/api/printers/probe", body), 0);
            recordResponse(api.send("POST", "/api/printers/import", "[" + body + "]"), 0);
            recordResponse(api.send("PATCH", "/api/printers/ender", body), 0);
        }
        recordResponse(api.post("/api/printers/ender/commands/resume", new JsonObject().put("token", WRONG_KEY)), 422);
    }

    private void recordResponse(HttpResponse<String> response, int expected) {
        if (expected != 0) {
            assertThat(response.statusCode())
                    .as(response.uri() + " " + response.body())
                    .isEqualTo(expected);
        }
        seen.add(response.uri().getPath() + " " + response.headers() + " " + response.body());
    }

    private static boolean containsSecret(String text) {
        return text.contains(CANARY) || text.contains(ENCRYPTION_KEY);
    }

    /** Their names and bytes: the database, its write-ahead log and everything else that the bridge wrote there. */
    private String filesBesideTheDatabase() {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                all.append(file).append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(all).contains("printer2mqtt.db", "wrong-user");
        return all.toString();
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
