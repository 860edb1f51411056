package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.ProxyConfig;
import io.github.printer2mqtt.model.access.Role;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page inside of Home Assistant. */
class IngressTest {
    private static final ProxyConfig.Roles ROLES =
            new ProxyConfig.Roles(Map.of("ada", Role.ADMIN, "0f4a", Role.OPERATOR, "*", Role.VIEWER));
    private static final String PATH = "/api/hassio_ingress/kV9-x_1";

    @RegisterExtension
    private final RunningApi api =
            RunningApi.start(ProxyFixture.config(RunningApi.TOKEN, ProxyFixture.ingress("127.0.0.1", ROLES)));

    @Test
    void userHasTheRoleOfTheNameOrTheId() {
        assertThat(role("9b21", "ada")).isEqualTo("admin");
        assertThat(role("0f4a", "ben")).isEqualTo("operator");
        assertThat(role("0f4a", null)).isEqualTo("operator");
        assertThat(role("9b21", "cleo")).isEqualTo("viewer");
        assertThat(new JsonObject(api.get("/api/session", "X-Remote-User-Name", "ada")
                                .body())
                        .getString("role"))
                .as("without an id")
                .isNull();
    }

    @Test
    void userWithoutARoleHasNoAccess() {
        ProxyConfig.Roles adaOnly = new ProxyConfig.Roles(Map.of("ada", Role.ADMIN));
        try (RunningApi strict =
                RunningApi.start(ProxyFixture.config(RunningApi.TOKEN, ProxyFixture.ingress("127.0.0.1", adaOnly)))) {
            assertThat(strict.get("/api/printers", headers("9b21", "ada")).statusCode())
                    .isEqualTo(200);
            assertThat(strict.get("/api/printers", headers("9b21", "ben")).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void headersFromElsewhereAreIgnored() throws IOException {
        assertThat(ProxyFixture.fromElsewhere(api, "GET /api/printers", headers("9b21", "ada")))
                .startsWith("HTTP/1.1 401 ");
        assertThat(ProxyFixture.fromElsewhere(api, "GET /", headers("9b21", "ada")))
                .startsWith("HTTP/1.1 200 ")
                .contains("frame-ancestors 'none'");
        try (RunningApi off = RunningApi.start(ProxyFixture.config(RunningApi.TOKEN, ProxyConfig.none()))) {
            assertThat(off.get("/api/printers", headers("9b21", "ada")).statusCode())
                    .isEqualTo(401);
        }
    }

    /** Home Assistant forwards the origin of its own page, and the host either unchanged or replaced. */
    @Test
    void pageWorksInTheFrameBelowItsPath() {
        HttpResponse<String> page = api.get("/", headers("9b21", "ada"));
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("frame-ancestors 'self'");
        assertThat(page.headers().firstValue("X-Frame-Options")).isEmpty();

        List<String> headers = new ArrayList<>(List.of(headers("9b21", "ada")));
        String session = api.get("/api/session", headers.toArray(String[]::new)).body();
        headers.addAll(List.of("Origin", "https://home.example", "X-Forwarded-Host", "home.example"));
        headers.addAll(List.of("X-CSRF-Token", new JsonObject(session).getString("csrf")));
        HttpResponse<String> created = api.send(
                "POST",
                "/api/tokens",
                new JsonObject().put("name", "t").put("scopes", List.of("read")).encode(),
                headers.toArray(String[]::new));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location").orElse("")).startsWith(PATH + "/api/tokens/");
        assertThat(api.stored.audit.toString()).contains("ada (Home Assistant)", "HTTP 192.0.2.9");
    }

    private @Nullable String role(String id, @Nullable String name) {
        return new JsonObject(api.get("/api/session", headers(id, name)).body()).getString("role");
    }

    private static String[] headers(String id, @Nullable String name) {
        List<String> headers = new ArrayList<>(
                List.of("X-Ingress-Path", PATH, "X-Forwarded-For", "192.0.2.9", "X-Remote-User-Id", id));
        if (name != null) {
            headers.addAll(List.of("X-Remote-User-Name", name));
        }
        return headers.toArray(String[]::new);
    }
}
