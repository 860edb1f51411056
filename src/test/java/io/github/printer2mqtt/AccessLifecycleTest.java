package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.CapturedTrace;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first administrator, users and the audit of a whole bridge, over restarts. */
class AccessLifecycleTest {
    private static final Pattern CODE = Pattern.compile("with the code ([A-Z0-9-]{14})");

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @Test
    void bridgeOnAnOpenAddressIsSetUpOnce() throws SQLException {
        JsonObject configuration = RunningBridge.configuration(folder);
        configuration.getJsonObject("http").put("host", "0.0.0.0");
        String firstCode;
        try (CapturedTrace log = CapturedTrace.of("io.github.printer2mqtt.access");
                RunningBridge bridge = RunningBridge.start(configuration)) {
            firstCode = code(log);
            assertThat(bridge.api().get("/api/printers").statusCode()).isEqualTo(401);
        }
        try (CapturedTrace log = CapturedTrace.of("io.github.printer2mqtt.access");
                RunningBridge bridge = RunningBridge.start(configuration)) {
            assertThat(code(log)).isNotEqualTo(firstCode);
            assertThat(setUp(bridge.api(), firstCode).statusCode()).isEqualTo(401);
            assertThat(setUp(bridge.api(), code(log)).statusCode()).isEqualTo(200);
        }
        try (CapturedTrace log = CapturedTrace.of("io.github.printer2mqtt.access");
                RunningBridge bridge = RunningBridge.start(configuration)) {
            assertThat(log.text()).doesNotContain("code");
            assertThat(bridge.api().get("/api/printers").statusCode()).isEqualTo(401);
            JsonObject login = new JsonObject().put("user", "anna").put("password", "correct horse");
            HttpResponse<String> opened = bridge.api().post("/api/login", login);
            assertThat(opened.statusCode()).isEqualTo(200);
            assertThat(opened.body()).contains("\"role\":\"admin\"");
        }
        assertThat(passwordIterations()).isGreaterThanOrEqualTo(210_000);
    }

    private int passwordIterations() throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("printer2mqtt.db"));
                ResultSet users = database.createStatement().executeQuery("SELECT iterations FROM account")) {
            assertThat(users.next()).isTrue();
            return users.getInt(1);
        }
    }

    private static String code(CapturedTrace log) {
        Matcher found = CODE.matcher(log.text());
        assertThat(found.find()).as(log.text()).isTrue();
        return found.group(1);
    }

    private static HttpResponse<String> setUp(HttpApi api, String code) {
        return api.post(
                "/api/setup",
                new JsonObject().put("code", code).put("user", "anna").put("password", "correct horse"));
    }

    @Test
    void changesOfAllInterfacesAreRecorded() {
        JsonObject configuration = RunningBridge.configuration(folder);
        configuration.put(
                "commands",
                new JsonObject()
                        .put("mqtt", new JsonArray().add("pause"))
                        .put("mqtt_requests", new JsonArray().add("add")));
        try (RunningBridge bridge = RunningBridge.start(configuration);
                TestSubscriber user = bridge.listen()) {
            bridge.awaitOnline(user);
            bridge.api().post("/api/printers", printer("mk4", "192.0.2.20"));
            user.publish(
                    bridge.topic("bridge/request/printers/add"),
                    printer("voron", "192.0.2.21").encode(),
                    false);
            user.await(bridge.topic("bridge/response/printers/add"), heard -> true);
            user.publish(bridge.topic("printers/mk4/command/pause"), "", false);
            user.await(bridge.topic("printers/mk4/response/pause"), heard -> true);

            Await.until("three entries", () -> entries(bridge).size() >= 3);
            assertThat(entries(bridge))
                    .containsExactly(
                            "MQTT client MQTT printers/mk4/command/pause printer_offline",
                            "MQTT client MQTT bridge/request/printers/add ok",
                            "this machine HTTP 127.0.0.1 POST /api/printers ok");
        }
    }

    private static JsonObject printer(String id, String address) {
        return new JsonObject()
                .put("id", id)
                .put("name", id)
                .put("driver", "octoprint")
                .put("address", address);
    }

    private static List<String> entries(RunningBridge bridge) {
        return new JsonObject(bridge.api().get("/api/audit").body())
                .getJsonArray("entries").stream()
                        .map(JsonObject.class::cast)
                        .map(entry -> String.join(
                                " ",
                                entry.getString("actor"),
                                entry.getString("origin"),
                                entry.getString("action"),
                                entry.getString("result")))
                        .toList();
    }
}
