package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A bridge behind a proxy that does not remove the path. */
class PathPrefixTest {
    private static final String BEARER = "Bearer " + RunningApi.TOKEN;

    @RegisterExtension
    private final RunningApi api = RunningApi.start(new BridgeConfig.Http(
            "127.0.0.1", 0, Secret.of(RunningApi.TOKEN), List.of(), List.of(), "/hall-1/printers", null));

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
    void otherPathsAreNotFound() {
        for (String path : List.of("/hall-1", "/hall-1/", "/hall-1/printersapi/printers", "/hall-1/printers/nothing")) {
            HttpResponse<String> response = api.get(path, "Authorization", BEARER);

            assertThat(response.statusCode()).as(path).isEqualTo(404);
            assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("not_found");
        }
    }
}
