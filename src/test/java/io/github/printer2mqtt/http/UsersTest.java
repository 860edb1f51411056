package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Users as an administrator creates, changes and removes them. */
class UsersTest {
    @RegisterExtension
    private final RunningApi api = RunningApi.startWithToken();

    @BeforeEach
    void createUsers() {
        api.createUser("anna", "admin");
        api.createUser("ben", "operator");
    }

    @Test
    void passwordsAndNamesAreChecked() {
        String[] token = {"Authorization", "Bearer " + RunningApi.TOKEN};
        for (String[] wrong : new String[][] {
            {"name", "{\"name\":\"\",\"role\":\"viewer\",\"password\":\"long enough\"}"},
            {"name", "{\"name\":\"a b\",\"role\":\"viewer\",\"password\":\"long enough\"}"},
            {"name", "{\"name\":\"<b>\",\"role\":\"viewer\",\"password\":\"long enough\"}"},
            {"role", "{\"name\":\"carl\",\"role\":\"root\",\"password\":\"long enough\"}"},
            {"role", "{\"name\":\"carl\",\"password\":\"long enough\"}"},
            {"password", "{\"name\":\"carl\",\"role\":\"viewer\",\"password\":\"short\"}"},
            {"password", "{\"name\":\"carl\",\"role\":\"viewer\",\"password\":12345678901}"},
            {"admin", "{\"name\":\"carl\",\"role\":\"viewer\",\"password\":\"long enough\",\"admin\":true}"}
        }) {
            HttpResponse<String> response = api.send("POST", "/api/users", wrong[1], token);
            assertThat(response.statusCode()).as(wrong[1]).isEqualTo(422);
            assertThat(new JsonObject(response.body()).getString("field"))
                    .as(wrong[1])
                    .isEqualTo(wrong[0]);
            assertThat(response.body()).doesNotContain("long enough").doesNotContain("\"short\"");
        }
        assertThat(api.stored.users).containsOnlyKeys("anna", "ben");
    }

    @Test
    void lastAdministratorStays() {
        String[] anna = api.login("anna");
        for (HttpResponse<String> refused : List.of(
                api.send("DELETE", "/api/users/anna", null, anna),
                api.send("PATCH", "/api/users/anna", "{\"role\":\"viewer\"}", anna))) {
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(new JsonObject(refused.body()).getString("code")).isEqualTo("last_administrator");
        }
        api.send("PATCH", "/api/users/ben", "{\"role\":\"admin\"}", anna);
        assertThat(api.send("DELETE", "/api/users/anna", null, anna).statusCode())
                .isEqualTo(204);
        assertThat(api.get("/api/printers", anna).statusCode()).isEqualTo(401);
    }

    @Test
    void firstUserIsAnAdministrator() {
        BridgeConfig.Http config = RunningApi.config(null);
        try (RunningApi fresh = RunningApi.start(config)) {
            String viewer = "{\"name\":\"carl\",\"role\":\"viewer\",\"password\":\"long enough\"}";
            assertThat(fresh.send("POST", "/api/users", viewer).statusCode()).isEqualTo(422);
            assertThat(fresh.json("/api/session"))
                    .isEqualTo(LoginTest.session(null, "admin")
                            .put("login_required", false)
                            .put("csrf", null));
            assertThat(fresh.send("POST", "/api/users", viewer.replace("viewer", "admin"))
                            .statusCode())
                    .isEqualTo(201);
            assertThat(fresh.get("/api/printers").statusCode())
                    .as("access from this machine without credentials ends with the first user")
                    .isEqualTo(401);
            assertThat(fresh.tryLogin("carl", "long enough").statusCode()).isEqualTo(200);
        }
    }
}
