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

/** Requests that a browser may send for a page of another site. */
class CrossOriginTest {
    @RegisterExtension
    private final RunningApi api = RunningApi.start();

    /** 89 */
    @Test
    void foreignHostIsRejected() throws IOException {
        for (String path :
                List.of("/", "/wall", "/api/printers", "/api/stream", "/metrics", "/health/live", "/nothing")) {
            String response = exchange(api, "GET", path, "Host: evil.example:" + api.port());
            assertThat(RawClient.status(response)).as(path).isEqualTo(421);
            assertThat(response).contains("host_not_allowed");
        }
    }

    @Test
    void loopbackListenerAllowsAllLoopbackNames() throws IOException {
        for (String host : List.of("127.0.0.1", "localhost", "LOCALHOST", "[::1]")) {
            assertThat(status(api, "Host: " + host + ":" + api.port())).as(host).isEqualTo(200);
            assertThat(status(api, "Host: " + host + ":1")).as(host).isEqualTo(200);
            assertThat(status(api, "Host: " + host)).as(host).isEqualTo(200);
        }
        assertThat(status(api, "Host: localhost.evil.example:" + api.port())).isEqualTo(421);
        assertThat(status(api, "Host: 192.0.2.1:" + api.port())).isEqualTo(421);
    }

    @Test
    void missingOrRepeatedHostIsRejected() throws IOException {
        assertThat(status(api, "X: y")).isEqualTo(400);
        assertThat(status(api, "Host: 127.0.0.1:" + api.port() + "\r\nHost: evil.example"))
                .isEqualTo(400);
    }

    @Test
    void hostOfAnAbsoluteTargetReplacesTheHeader() throws IOException {
        String own = "127.0.0.1:" + api.port();
        for (String path : List.of("/api/printers", "/api/printers?state=idle", "/health/live", "/metrics", "/", "")) {
            assertThat(status("http://" + own + path, "1.1", "Host: " + own))
                    .as(path)
                    .isEqualTo(200);
            assertThat(status("HTTP://" + own + path, "1.1", "Host: evil.example"))
                    .as(path)
                    .isEqualTo(200);
            assertThat(status("http://evil.example" + path, "1.1", "Host: " + own))
                    .as(path)
                    .isEqualTo(421);
        }
        assertThat(status("http://" + own + "/api/nothing", "1.1", "Host: " + own))
                .isEqualTo(404);
        assertThat(status("http://" + own + "/api/printers?sate=idle", "1.1", "Host: " + own))
                .isEqualTo(400);
        assertThat(status("http://user@" + own + "/", "1.1", "Host: " + own)).isEqualTo(421);
        assertThat(status("http://" + own + "/", "1.1", "X: y")).isEqualTo(400);
        assertThat(status("http://" + own + "/", "1.1", "Host: " + own + "\r\nOrigin: http://evil.example"))
                .isEqualTo(403);
        for (String target : List.of(
                "http://", "http:///api/printers", "http://" + own + "?/api/printers", "ftp://" + own + "/", "*")) {
            assertThat(status(target, "1.1", "Host: " + own)).as(target).isEqualTo(400);
        }
    }

    @Test
    void http10HealthChecksNeedNoHost() throws IOException {
        for (String path : List.of("/health/live", "/health/ready", "/health/live?")) {
            assertThat(status(path, "1.0", "X: y")).as(path).isEqualTo(200);
            assertThat(status(path, "1.0", "Host: evil.example")).as(path).isEqualTo(421);
            assertThat(status(path, "1.0", "Origin: http://evil.example"))
                    .as(path)
                    .isEqualTo(400);
            assertThat(status(path, "1.1", "X: y")).as(path).isEqualTo(400);
        }
        for (String path : List.of("/", "/api/printers", "/health/../api/printers", "/health/%2e%2e/metrics")) {
            assertThat(status(path, "1.0", "X: y")).as(path).isEqualTo(400);
        }
    }

    @Test
    void configuredHostsAreAllowed() throws IOException {
        BridgeConfig.Http config = new BridgeConfig.Http(
                "127.0.0.1",
                0,
                Secret.of(RunningApi.TOKEN),
                List.of("Printers.example", "other.example:8443"),
                List.of());
        try (RunningApi behind = RunningApi.start(config)) {
            String token = "\r\nAuthorization: Bearer " + RunningApi.TOKEN;
            assertThat(status(behind, "Host: printers.example" + token)).isEqualTo(200);
            assertThat(status(behind, "Host: printers.example:443" + token)).isEqualTo(200);
            assertThat(status(behind, "Host: other.example:8443" + token)).isEqualTo(200);
            assertThat(status(behind, "Host: other.example")).isEqualTo(421);
            assertThat(status(behind, "Host: printers.example\r\nOrigin: https://printers.example" + token))
                    .isEqualTo(200);
        }
    }

    @Test
    void everyHostIsAllowedWithATokenUnlessHostsAreConfigured() throws IOException {
        BridgeConfig.Http config =
                new BridgeConfig.Http("0.0.0.0", 0, Secret.of(RunningApi.TOKEN), List.of(), List.of());
        try (RunningApi open = RunningApi.start(config)) {
            String token = "\r\nAuthorization: Bearer " + RunningApi.TOKEN;
            assertThat(status(open, "Host: 192.0.2.1:8080" + token)).isEqualTo(200);
            assertThat(status(open, "Host: [2001:db8::1]:8080" + token)).isEqualTo(200);
            assertThat(status(open, "Host: localhost:" + open.port() + token)).isEqualTo(200);
            assertThat(status(open, "Host: printer2mqtt:8080" + token)).isEqualTo(200);
            assertThat(status(open, "Host: farm.local" + token)).isEqualTo(200);
            assertThat(status(open, "Host: evil.example:" + open.port())).isEqualTo(401);
            assertThat(status(open, "Host: no host" + token)).isEqualTo(421);
        }
        BridgeConfig.Http listed =
                new BridgeConfig.Http("0.0.0.0", 0, Secret.of(RunningApi.TOKEN), List.of("farm.local"), List.of());
        try (RunningApi strict = RunningApi.start(listed)) {
            String token = "\r\nAuthorization: Bearer " + RunningApi.TOKEN;
            assertThat(status(strict, "Host: farm.local" + token)).isEqualTo(200);
            assertThat(status(strict, "Host: 192.0.2.1:8080" + token)).isEqualTo(200);
            assertThat(status(strict, "Host: printer2mqtt:8080" + token)).isEqualTo(421);
            assertThat(status(strict, "Host: 192.0.2.1.evil.example:8080" + token))
                    .isEqualTo(421);
        }
    }

    /** 90 */
    @Test
    void foreignOriginIsRejected() {
        String own = "http://127.0.0.1:" + api.port();
        for (String origin : List.of(
                "null", "http://evil.example", "https://127.0.0.1", "http://127.0.0.1:1", own + ".evil.example", "")) {
            for (String method : List.of("GET", "POST", "PATCH", "DELETE", "OPTIONS")) {
                HttpResponse<String> response = api.send(method, "/api/printers", null, "Origin", origin);
                assertThat(response.statusCode()).as(method + " " + origin).isEqualTo(403);
                assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("origin_not_allowed");
            }
        }
        assertThat(api.get("/api/printers", "Origin", own).statusCode()).isEqualTo(200);
    }

    /** 90: without an origin, by what browsers say of the site. */
    @Test
    void crossSiteRequestWithoutOriginIsRejected() {
        for (String[] request : new String[][] {{"GET", "no-cors"}, {"POST", "navigate"}, {"DELETE", "cors"}}) {
            HttpResponse<String> response = api.send(
                    request[0], "/api/printers", null, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", request[1]);
            assertThat(response.statusCode()).as(request[0] + " " + request[1]).isEqualTo(403);
            assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("origin_not_allowed");
        }
        assertThat(api.get("/", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate")
                        .statusCode())
                .as("a link on another page")
                .isEqualTo(200);
        assertThat(api.get("/api/printers", "Sec-Fetch-Site", "same-origin", "Sec-Fetch-Mode", "cors")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void responsesHaveSecurityHeadersAndNoCorsHeaders() {
        for (String path : List.of("/", "/api/printers", "/nothing", "/openapi.yaml", "/api/printers/nobody")) {
            HttpResponse<String> response = api.get(path);
            assertThat(response.headers().map().keySet())
                    .as(path)
                    .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
            assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(response.headers().firstValue("X-Frame-Options")).hasValue("DENY");
            assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
            assertThat(response.headers().allValues("Content-Security-Policy"))
                    .hasSize(1)
                    .allMatch(policy -> policy.startsWith("default-src 'none';"));
        }
    }

    private int status(String target, String version, String headers) throws IOException {
        return RawClient.status(RawClient.exchange(
                api.port(), "GET " + target + " HTTP/" + version + "\r\n" + headers + "\r\nConnection: close\r\n\r\n"));
    }

    private static int status(RunningApi api, String headers) throws IOException {
        return RawClient.status(exchange(api, "GET", "/api/printers", headers));
    }

    private static String exchange(RunningApi api, String method, String target, String headers) throws IOException {
        return RawClient.exchange(
                api.port(), method + " " + target + " HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n");
    }
}
