package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yaml.snakeyaml.Yaml;

/** Compares openapi.yaml with the routes of the running server. */
class ApiDescriptionTest {
    @RegisterExtension
    private final RunningApi api = RunningApi.start();

    private final ApiDescription description =
            new ApiDescription(api.get("/openapi.yaml").body());

    @Test
    void descriptionHasExactlyTheMountedRoutes() {
        Set<String> mounted = new TreeSet<>();
        api.routes().forEach(route -> mounted.add(route.method() + " " + route.template()));

        assertThat(description.operations()).isEqualTo(mounted);
    }

    @Test
    void descriptionMarksRoutesWithoutToken() {
        try (RunningApi authenticated = RunningApi.startWithToken()) {
            for (RouteTable.Key route : authenticated.routes()) {
                String method = route.method().name();
                String path = route.template()
                        .replace("{site}", "north")
                        .replace("{id}", "a")
                        .replace("{verb}", "pause")
                        .replace("{name}", "x.js");
                boolean isPublic = authenticated.send(method, path, null).statusCode() != 401;

                assertThat(description.isPublic(method, route.template()))
                        .as(route.toString())
                        .isEqualTo(isPublic);
                assertThat(description.right(method, route.template()))
                        .as(route.toString())
                        .isEqualTo(route.right() == null ? null : route.right().wireName());
                if (!isPublic) {
                    assertThat(description.statuses(method, route.template()))
                            .as(route.toString())
                            .contains("401", "403");
                }
            }
        }
    }

    @Test
    void everyRouteRejectsUnknownQueryParameters() {
        for (RouteTable.Key route : api.routes()) {
            String method = route.method().name();
            String path = route.template()
                    .replace("{site}", "north")
                    .replace("{id}", "a")
                    .replace("{verb}", "pause")
                    .replace("{name}", "x.js");
            HttpResponse<String> response = api.send(method, path + "?frehs=true", null);

            assertThat(response.statusCode()).as(route.toString()).isEqualTo(400);
            assertThat(new JsonObject(response.body()).getString("code"))
                    .as(route.toString())
                    .isEqualTo("invalid_parameter");
            assertThat(new JsonObject(response.body()).getString("field")).isEqualTo("frehs");
            assertThat(new JsonObject(response.body()).getString("detail"))
                    .startsWith("unknown parameter \"frehs\", expected ");
            assertThat(description.statuses(method, route.template()))
                    .as(route.toString())
                    .contains("400");
        }
        assertThat(new JsonObject(api.get("/health/live?x=1").body()).getString("detail"))
                .isEqualTo("unknown parameter \"x\", expected no parameters");
        assertThat(new JsonObject(api.get("/api/printers/a?x=1").body()).getString("detail"))
                .isEqualTo("unknown parameter \"x\", expected one of fresh");
    }

    @Test
    void checkReportsResponsesThatAreNotDescribed() {
        Object status = new Yaml().load("{id: a, name: 3, state: melting, more: 1, temperatures: null}");

        List<String> faults = description.faults("GET", "/api/printers/{id}", 200, "application/json", status);

        assertThat(faults)
                .contains(
                        "$.poll is missing",
                        "$.name is no string but 3",
                        "$.more is not described",
                        "$.temperatures is null")
                .anyMatch(fault -> fault.startsWith("$.state is melting, not one of"));
        assertThat(description.faults("GET", "/api/printers/{id}", 418, "application/json", status))
                .isNotEmpty();
    }
}
