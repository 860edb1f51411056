package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.access.Right;
import io.github.printer2mqtt.model.access.Role;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 87: every route, without, with wrong and with narrow credentials, compared with the table of docs/reference/http.md. */
class AccessRightsTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| `([A-Z]+ /[^`]*)` \\|.*\\| ?([a-z]*) \\|$", Pattern.MULTILINE);

    private static final Map<Right, Set<Right>> RIGHTS_OF_SCOPE = Map.of(
            Right.READ, Set.of(Right.READ, Right.WALL, Right.CALENDAR),
            Right.CONTROL, Set.of(Right.READ, Right.CONTROL, Right.WALL, Right.CALENDAR),
            Right.ADMIN, Set.of(Right.values()),
            Right.WALL, Set.of(Right.WALL),
            Right.CAMERA, Set.of(Right.CAMERA),
            Right.CALENDAR, Set.of(Right.CALENDAR));

    private static final Map<Role, Set<Right>> RIGHTS_OF_ROLE = Map.of(
            Role.VIEWER, Set.of(Right.READ, Right.WALL, Right.CAMERA, Right.CALENDAR),
            Role.OPERATOR, Set.of(Right.READ, Right.CONTROL, Right.WALL, Right.CAMERA, Right.CALENDAR),
            Role.ADMIN, Set.of(Right.values()));

    @RegisterExtension
    private final RunningApi api = RunningApi.startWithToken();

    @BeforeEach
    void registerOne() {
        api.fleet.register("mk4", null);
    }

    @Test
    void documentHasTheRightOfEveryRoute() throws IOException {
        Map<String, String> mounted = new TreeMap<>();
        for (RouteTable.Key route : api.routes()) {
            Right right = route.right();
            mounted.put(route.method() + " " + route.template(), right == null ? "" : right.wireName());
        }
        String document = Files.readString(Path.of("docs", "reference", "http.md"));
        String table = document.substring(document.indexOf("## Routes"), document.indexOf("## Requests"));
        Map<String, String> documented = new TreeMap<>();
        for (MatchResult row : ROW.matcher(table).results().toList()) {
            documented.put(row.group(1), row.group(2));
        }
        assertThat(documented).isEqualTo(mounted);
    }

    @Test
    void withoutCredentialsOnlyOpenRoutesAnswer() {
        everyRouteAnswers401();
    }

    @Test
    void wrongCredentialsAreRefused() {
        api.createUser("anna", "admin");
        String token = api.createToken(null, "admin").getString("token");
        for (String[] wrong : new String[][] {
            {"Authorization", "Bearer wrong"},
            {"Authorization", "Bearer " + token + "x"},
            {"Authorization", "Bearer " + token.substring(0, token.length() - 1)},
            {"Authorization", "Basic " + token},
            {"Cookie", "printer2mqtt_" + api.port() + "=wrong"},
            {"Cookie", "printer2mqtt_" + api.port() + "=" + token},
            {"X-CSRF-Token", "wrong"}
        }) {
            everyRouteAnswers401(wrong);
        }
    }

    @Test
    void expiredTokenIsRefused() {
        String token = api.createToken(Instant.now().plusSeconds(3600), "admin").getString("token");
        assertThat(api.get("/api/printers", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(200);
        api.clockAhead = Duration.ofHours(2);
        everyRouteAnswers401("Authorization", "Bearer " + token);
    }

    @Test
    void revokedTokenIsRefused() {
        JsonObject token = api.createToken(null, "admin");
        String[] admin = {"Authorization", "Bearer " + token.getString("token")};
        assertThat(api.send("DELETE", "/api/tokens/" + token.getString("id"), null, admin)
                        .statusCode())
                .isEqualTo(204);
        everyRouteAnswers401(admin);
    }

    @ParameterizedTest
    @EnumSource
    void scopeOpensItsRoutesOnly(Right scope) {
        String token = api.createToken(null, scope.wireName()).getString("token");
        everyRouteFollows(Objects.requireNonNull(RIGHTS_OF_SCOPE.get(scope)), "Authorization", "Bearer " + token);
    }

    @ParameterizedTest
    @EnumSource
    void roleOpensItsRoutesOnly(Role role) {
        api.createUser("boss", "admin");
        api.createUser("anna", role.wireName());
        everyRouteFollows(Objects.requireNonNull(RIGHTS_OF_ROLE.get(role)), api.login("anna"));
    }

    @Test
    void changedRoleAppliesToOpenSessions() {
        api.createUser("boss", "admin");
        api.createUser("anna", "viewer");
        String[] anna = api.login("anna");
        assertThat(api.send("POST", "/api/printers/mk4/commands/pause", null, anna)
                        .statusCode())
                .isEqualTo(403);
        assertThat(api.commands.executed).isEmpty();
        api.send("PATCH", "/api/users/anna", "{\"role\":\"operator\"}", api.login("boss"));
        assertThat(api.send("POST", "/api/printers/mk4/commands/pause", null, anna)
                        .statusCode())
                .isEqualTo(202);
    }

    private void everyRouteAnswers401(String... headers) {
        for (RouteTable.Key route : api.routes()) {
            HttpResponse<String> response = send(route, headers);
            if (route.right() != null) {
                assertThat(response.statusCode())
                        .as(route + " " + List.of(headers))
                        .isEqualTo(401);
                assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("unauthorized");
            } else if (!route.template().startsWith("/api/")) {
                assertThat(response.statusCode()).as(route.toString()).isIn(200, 404);
            }
        }
        assertThat(api.commands.executed).isEmpty();
    }

    private void everyRouteFollows(Set<Right> rights, String... headers) {
        for (RouteTable.Key route : api.routes()) {
            if (route.right() == null) {
                continue;
            }
            HttpResponse<String> response = send(route, headers);
            if (rights.contains(route.right())) {
                assertThat(response.statusCode()).as(route.toString()).isNotIn(401, 403, 500);
            } else {
                assertThat(response.statusCode()).as(route.toString()).isEqualTo(403);
                assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("forbidden");
            }
        }
    }

    private HttpResponse<String> send(RouteTable.Key route, String... headers) {
        String path = route.template()
                .replace("{site}", "north")
                .replace("{id}", "mk4")
                .replace("{verb}", "pause")
                .replace("{name}", "nobody");
        // Streams do not end.
        boolean isStream = path.equals("/api/stream") || path.equals("/api/wall");
        HttpResponse<String> response =
                api.send(isStream ? "HEAD" : route.method().name(), path, null, headers);
        return isStream && response.statusCode() >= 400 ? api.send("GET", path, null, headers) : response;
    }
}
