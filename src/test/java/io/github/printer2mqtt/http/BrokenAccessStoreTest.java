package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** 88: a store that fails gives 503 and never access. */
class BrokenAccessStoreTest {
    @Test
    void nobodyHasAccessWhileUsersCannotBeRead() {
        for (BridgeConfig.Http config : List.of(
                RunningApi.config(null),
                RunningApi.config(RunningApi.TOKEN),
                new BridgeConfig.Http("0.0.0.0", 0, null, List.of(), List.of()))) {
            try (RunningApi api = RunningApi.startWithBrokenStore(config)) {
                for (RouteTable.Key route : api.routes()) {
                    String path = route.template().replaceAll("\\{\\w+}", "x");
                    for (String[] headers : new String[][] {
                        {},
                        {"Authorization", "Bearer some-token"},
                        {"Cookie", "printer2mqtt_" + api.port() + "=some-session"}
                    }) {
                        HttpResponse<String> response = api.send(route.method().name(), path, null, headers);
                        if (route.right() != null) {
                            assertThat(response.statusCode())
                                    .as(route.toString())
                                    .isEqualTo(503);
                        }
                    }
                }
                assertThat(api.get("/api/session").statusCode()).isEqualTo(503);
                assertThat(api.tryLogin("anna", RunningApi.PASSWORD).statusCode())
                        .isEqualTo(503);
                assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
                if (config.token() != null) {
                    assertThat(api.get("/api/printers", "Authorization", "Bearer " + RunningApi.TOKEN)
                                    .statusCode())
                            .as("the configured token is not in the store")
                            .isEqualTo(200);
                }
            }
        }
    }

    @Test
    void whatCannotBeStoredDoesNotHappen() {
        try (RunningApi api = RunningApi.startWithToken()) {
            api.createUser("anna", "admin");
            JsonObject token = api.createToken(null, "read");
            String[] anna = api.login("anna");
            api.stored.broken = true;

            assertNotStored(api.tryLogin("anna", RunningApi.PASSWORD));
            assertNotStored(api.send(
                    "POST", "/api/users", "{\"name\":\"ben\",\"role\":\"viewer\",\"password\":\"long enough\"}", anna));
            assertNotStored(api.send("PATCH", "/api/users/anna", "{\"password\":\"another password\"}", anna));
            assertNotStored(api.send("POST", "/api/tokens", "{\"name\":\"x\",\"scopes\":[\"read\"]}", anna));
            assertNotStored(api.send("DELETE", "/api/tokens/" + token.getString("id"), null, anna));
            assertThat(api.get("/api/users", anna).body()).contains("anna").doesNotContain("ben");

            HttpResponse<String> logout = api.send("POST", "/api/logout", null, anna);
            assertNotStored(logout);
            assertThat(api.get("/api/users", anna).statusCode())
                    .as("a session ends even if this cannot be stored")
                    .isEqualTo(401);
        }
    }

    private static void assertNotStored(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("not_stored");
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    }
}
