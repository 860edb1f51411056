package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BearerTokenAuthTest {
    private static final String BEARER = "Bearer " + RunningApi.TOKEN;

    @RegisterExtension
    private final RunningApi api = RunningApi.startWithToken();

    @BeforeEach
    void registerOne() {
        api.fleet.register("mk4", null);
    }

    @Test
    void everyRouteExceptPublicOnesNeedsTheToken() {
        Set<String> publicRoutes = new TreeSet<>();
        for (RouteTable.Key route : api.routes()) {
            String path = path(route);
            HttpResponse<String> response = api.send(route.method().name(), path, null);
            if (response.statusCode() == 401) {
                assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("unauthorized");
                assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"printer2mqtt\"");
            } else {
                publicRoutes.add(route.method() + " " + route.template());
            }
        }
        assertThat(publicRoutes)
                .containsExactly(
                        "GET /",
                        "GET /api/session",
                        "GET /assets/{name}",
                        "GET /health/live",
                        "GET /health/ready",
                        "GET /openapi.yaml",
                        "GET /wall",
                        "POST /api/login",
                        "POST /api/logout",
                        "POST /api/setup");
        assertThat(api.commands.executed).isEmpty();
    }

    private static String path(RouteTable.Key route) {
        return route.template()
                .replace("{site}", "north")
                .replace("{id}", "mk4")
                .replace("{verb}", "pause")
                .replace("{name}", "unknown.js");
    }

    @Test
    void tokenGivesAccessToEveryRoute() {
        for (RouteTable.Key route : api.routes()) {
            String path = path(route);
            // A stream does not end.
            String method = List.of("/api/stream", "/api/wall").contains(path)
                    ? "HEAD"
                    : route.method().name();
            HttpResponse<String> response = api.send(method, path, null, "Authorization", BEARER);
            assertThat(response.statusCode()).as(route.toString()).isNotIn(401, 403, 500);
        }
    }

    @Test
    void unusualPathsDoNotBypassTheToken() {
        for (String path : List.of(
                "/api/printers/",
                "//api/printers",
                "/health/../api/printers",
                "/health/live/../../api/printers",
                "/%61pi/printers",
                "/openapi.yaml/../api/printers",
                "/api/./printers")) {
            HttpResponse<String> response = api.get(path);
            assertThat(response.statusCode()).as(path).isIn(401, 404);
            assertThat(response.body()).doesNotContain("\"printers\"");
        }
        assertThat(api.send("HEAD", "/api/printers", null).statusCode()).isEqualTo(401);
    }

    @Test
    void tokenIsAcceptedInOneHeaderOnly() throws IOException {
        assertThat(api.get("/api/printers?token=" + RunningApi.TOKEN).statusCode())
                .isEqualTo(401);
        assertThat(api.get("/api/printers?access_token=" + RunningApi.TOKEN).statusCode())
                .isEqualTo(401);
        assertThat(api.get("/api/printers", "Cookie", "token=" + RunningApi.TOKEN)
                        .statusCode())
                .isEqualTo(401);
        String twice = RawClient.exchange(
                api.port(),
                "GET /api/printers HTTP/1.1\r\nHost: 127.0.0.1:" + api.port() + "\r\nConnection: close\r\n"
                        + "Authorization: Bearer wrong\r\nAuthorization: " + BEARER + "\r\n\r\n");
        assertThat(RawClient.status(twice)).isEqualTo(401);
    }

    @Test
    void withoutTokenAndUsersNobodyHasAccessToAnOpenAddress() throws IOException {
        String address = addressOfThisMachine();
        BridgeConfig.Http everywhere = new BridgeConfig.Http("0.0.0.0", 0, null, List.of(), List.of());
        try (RunningApi open = RunningApi.start(everywhere)) {
            String request = "GET /api/printers HTTP/1.1\r\nHost: " + address + "\r\nConnection: close\r\n\r\n";
            assertThat(RawClient.status(RawClient.exchange(open.port(), request)))
                    .isEqualTo(401);
            try (RawClient outside = new RawClient(address, open.port())) {
                outside.write(request);
                assertThat(RawClient.status(outside.readToEnd())).isEqualTo(401);
            }
        }
    }

    private static String addressOfThisMachine() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElseGet(() -> Assumptions.abort("this machine has no address but loopback"));
    }

    @Test
    void wholeTokenIsCompared() {
        for (String wrong : List.of(
                RunningApi.TOKEN,
                "Bearer",
                "Bearer ",
                "Basic " + RunningApi.TOKEN,
                "Bearer wrong",
                "Bearer " + RunningApi.TOKEN.substring(1),
                BEARER + "x",
                BEARER + ", " + BEARER)) {
            assertThat(api.get("/api/printers", "Authorization", wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(401);
        }
        assertThat(api.get("/api/printers", "Authorization", "bearer " + RunningApi.TOKEN)
                        .statusCode())
                .isEqualTo(200);
    }
}
