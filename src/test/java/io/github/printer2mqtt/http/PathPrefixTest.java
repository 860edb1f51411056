package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.ConfigReader;
import io.github.printer2mqtt.config.ProxyConfig;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A bridge behind a proxy that does not remove the path. */
class PathPrefixTest {
    private static final String BEARER = "Bearer " + RunningApi.TOKEN;

    @RegisterExtension
    private final RunningApi api = RunningApi.start(new BridgeConfig.Http(
            "127.0.0.1",
            0,
            Secret.of(RunningApi.TOKEN),
            List.of(),
            List.of(),
            "/hall-1/printers",
            null,
            ProxyConfig.none()));

    @Test
    void everythingIsServedBelowThePathAndWithoutIt() throws IOException {
        api.fleet.threePrinters();
        for (String path : List.of("/", "/wall", "/api/printers/a", "/assets/" + DashboardTest.nameOfScript())) {
            HttpResponse<String> below = api.get("/hall-1/printers" + path, "Authorization", BEARER);

            assertThat(below.statusCode()).as(path).isEqualTo(200);
            assertThat(below.body())
                    .isEqualTo(api.get(path, "Authorization", BEARER).body());
        }
        try (EventStreamReader reader =
                EventStreamReader.openPath(api.port(), "/hall-1/printers/api/stream", "Authorization: " + BEARER)) {
            assertThat(reader.next("snapshot").json().getJsonArray("printers")).hasSize(3);
        }
    }

    /** A prefix that is a path of the bridge would hide the files of the page. */
    @Test
    void noRouteOfTheBridgeCanBeThePrefix() {
        ConfigReader reader = new ConfigReader(Map.of(), path -> "");
        Set<String> firstSegments = api.routes().stream()
                .map(route -> route.template().replaceFirst("^(/[^/]*).*", "$1"))
                .filter(segment -> segment.matches("/[A-Za-z0-9_-]+"))
                .collect(Collectors.toSet());
        assertThat(firstSegments).contains("/api", "/assets", "/wall");
        for (String segment : firstSegments) {
            assertThatThrownBy(() -> reader.read("config.json", "{\"http\": {\"path_prefix\": \"" + segment + "\"}}"))
                    .as(segment)
                    .hasMessageContaining("http.path_prefix");
        }
    }

    @Test
    void tokenIsNeededBelowThePathToo() {
        for (RouteTable.Key route : api.routes()) {
            String path = route.template().replaceAll("\\{\\w+}", "x");
            assertThat(api.send(route.method().name(), "/hall-1/printers" + path, null)
                            .statusCode())
                    .as(path)
                    .isEqualTo(api.send(route.method().name(), path, null).statusCode());
        }
    }

    @Test
    void pathWithoutSlashLeadsToThePage() {
        HttpResponse<String> response = api.get("/hall-1/printers?lang=de");

        assertThat(response.statusCode()).isEqualTo(308);
        assertThat(response.headers().firstValue("Location")).hasValue("/hall-1/printers/?lang=de");
    }

    @Test
    void locationsHaveThePathThatTheRequestCameWith() {
        for (String prefix : List.of("/hall-1/printers", "")) {
            String user = prefix.isEmpty() ? "eve" : "ada";
            String printer = location(
                    prefix + "/api/printers",
                    new JsonObject()
                            .put("name", user)
                            .put("driver", "prusalink")
                            .put("address", user + ".local"));
            String created = location(
                    prefix + "/api/users",
                    new JsonObject().put("name", user).put("role", "admin").put("password", RunningApi.PASSWORD));
            String token = location(
                    prefix + "/api/tokens",
                    new JsonObject().put("name", "t").put("scopes", new JsonArray().add("read")));

            assertThat(printer).isEqualTo(prefix + "/api/printers/" + user);
            assertThat(created).isEqualTo(prefix + "/api/users/" + user);
            assertThat(token).startsWith(prefix + "/api/tokens/");
        }
    }

    private String location(String path, JsonObject body) {
        HttpResponse<String> created = api.send("POST", path, body.encode(), "Authorization", BEARER);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return created.headers().firstValue("Location").orElse("");
    }

    @Test
    void otherPathsAreNotFound() {
        for (String path : List.of("/hall-1", "/hall-1/", "/hall-1/printersapi/printers", "/hall-1/printers/nothing")) {
            HttpResponse<String> response = api.get(path, "Authorization", BEARER);

            assertThat(response.statusCode()).as(path).isEqualTo(404);
            assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("not_found");
        }
    }
}
