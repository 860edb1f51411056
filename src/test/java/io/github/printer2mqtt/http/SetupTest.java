package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The first start of a bridge that other machines can reach: the administrator is created with the code of the log. */
class SetupTest {
    @RegisterExtension
    private final RunningApi api = RunningApi.start(new BridgeConfig.Http("0.0.0.0", 0, null, List.of(), List.of()));

    @Test
    void nobodyHasAccessBeforeTheSetup() {
        assertThat(api.json("/api/session").getBoolean("setup_required")).isTrue();
        assertThat(api.json("/api/session").getBoolean("login_required")).isTrue();
        for (RouteTable.Key route : api.routes()) {
            String path = route.template().replaceAll("\\{\\w+}", "x");
            int status = api.send(route.method().name(), path, null).statusCode();
            assertThat(status == 401).as(route.toString()).isEqualTo(route.right() != null);
        }
        assertThat(api.get("/api/printers").body()).contains("enter the code from the log");
        assertThat(api.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void codeCreatesTheAdministratorOnce() {
        String code = api.setupCode();
        assertThat(setUp("0000-0000-0000", "anna", RunningApi.PASSWORD).statusCode())
                .isEqualTo(401);
        assertThat(setUp(code, "anna", "short").statusCode()).isEqualTo(422);
        assertThat(api.stored.users).isEmpty();

        HttpResponse<String> opened = setUp(code.toLowerCase(Locale.ROOT), "anna", RunningApi.PASSWORD);

        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(opened.body()).getString("role")).isEqualTo("admin");
        assertThat(api.get("/api/users", RunningApi.session(opened)).statusCode())
                .isEqualTo(200);
        assertThat(setUp(code, "mallory", RunningApi.PASSWORD).statusCode()).isEqualTo(409);
        assertThat(api.stored.users).containsOnlyKeys("anna");
        assertThat(api.get("/api/printers").statusCode()).isEqualTo(401);
        assertThat(api.json("/api/session").getBoolean("setup_required")).isFalse();
        assertThat(api.stored.audit.toString()).doesNotContain(code);
    }

    @Test
    void guessingTheCodeIsLimited() {
        for (int i = 0; i < 20; i++) {
            assertThat(setUp("WRONG-" + i, "anna", RunningApi.PASSWORD).statusCode())
                    .isEqualTo(401);
        }
        assertThat(setUp(api.setupCode(), "anna", RunningApi.PASSWORD).statusCode())
                .isEqualTo(429);
    }

    @Test
    void localOrTokenBridgeHasNoSetup() {
        for (RunningApi other : List.of(RunningApi.start(), RunningApi.startWithToken())) {
            try (other) {
                assertThat(other.access.login().setupCode()).isNull();
                assertThat(other.send("POST", "/api/setup", body("x", "anna", RunningApi.PASSWORD))
                                .statusCode())
                        .isEqualTo(409);
            }
        }
    }

    private HttpResponse<String> setUp(String code, String user, String password) {
        return api.send("POST", "/api/setup", body(code, user, password));
    }

    private static String body(String code, String user, String password) {
        return new JsonObject()
                .put("code", code)
                .put("user", user)
                .put("password", password)
                .encode();
    }
}
