package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.ProxyConfig;
import io.github.printer2mqtt.http.security.ClientLimits;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.text.IpNetwork;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where a request comes from, as trusted proxies tell it. */
class TrustedProxiesTest {
    private static final ProxyConfig TRUSTED =
            new ProxyConfig(List.of(IpNetwork.parse("127.0.0.1"), IpNetwork.parse("10.1.0.0/16")), null, null);

    @RegisterExtension
    private final RunningApi api = RunningApi.start(ProxyFixture.config(RunningApi.TOKEN, TRUSTED));

    @Test
    void clientIsTheLastAddressThatNoTrustedProxyHas() {
        assertThat(originOf("192.0.2.9")).isEqualTo("HTTP 192.0.2.9");
        assertThat(originOf("192.0.2.9, 10.1.2.3")).isEqualTo("HTTP 192.0.2.9");
        assertThat(originOf("192.0.2.9:4711,10.1.2.3:80")).isEqualTo("HTTP 192.0.2.9");
        assertThat(originOf("[2001:db8::1]:4711")).isEqualTo("HTTP 2001:db8:0:0:0:0:0:1");
        assertThat(originOf("198.51.100.1, 192.0.2.9, 10.1.2.3"))
                .as("a client may invent what stands before its own address")
                .isEqualTo("HTTP 192.0.2.9");
        assertThat(originOf("10.1.2.3")).isEqualTo("HTTP 10.1.2.3");
        for (String malformed : List.of("", "unknown", "None", "evil.example", "1.2.3", "1.2.3.4/8")) {
            assertThat(originOf(malformed)).as(malformed).isEqualTo("HTTP 127.0.0.1");
        }
        assertThat(originOf("10.1.0.1, ".repeat(500) + "10.1.0.1")).isEqualTo("HTTP 10.1.0.1");
    }

    @Test
    void untrustedPeerCannotChangeItsAddress() throws IOException {
        for (int i = 0; i < 20; i++) {
            assertThat(loginFromElsewhere("10.1.0." + i)).startsWith("HTTP/1.1 401 ");
        }
        assertThat(loginFromElsewhere("10.1.1.1")).startsWith("HTTP/1.1 429 ");
        assertThat(api.stored.audit)
                .allSatisfy(entry -> assertThat(entry.origin()).isEqualTo("HTTP 127.0.0.2"));
    }

    @Test
    void loginsAreLimitedByTheAddressOfTheClient() {
        for (int i = 0; i < 20; i++) {
            assertThat(login("user" + i, "192.0.2.9").statusCode()).isEqualTo(401);
        }
        assertThat(login("another", "192.0.2.9").statusCode()).isEqualTo(429);
        assertThat(login("another", "192.0.2.10").statusCode()).isEqualTo(401);
    }

    /** Of a proxy that adds no header, its address is the only sign that a client is not on this machine. */
    @Test
    void clientsOfAProxyOnThisMachineNeedCredentials() {
        try (RunningApi local = RunningApi.start(ProxyFixture.config(null, ProxyConfig.none()));
                RunningApi behind = RunningApi.start(ProxyFixture.config(null, TRUSTED))) {
            assertThat(local.get("/api/printers").statusCode()).isEqualTo(200);
            assertThat(behind.get("/api/printers").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void originIsComparedWithTheHostThatTheClientKnows() throws IOException {
        String[] page = {"Origin", "https://farm.example", "X-Forwarded-Host", "farm.example"};
        assertThat(api.get("/api/session", page).statusCode()).isEqualTo(200);
        assertThat(api.get("/api/session", "Origin", "https://evil.example", "X-Forwarded-Host", "farm.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(api.get("/api/session", "Origin", "https://a b", "X-Forwarded-Host", "a b")
                        .statusCode())
                .isEqualTo(403);
        assertThat(ProxyFixture.fromElsewhere(api, "GET /api/session", page)).startsWith("HTTP/1.1 403 ");
    }

    @Test
    void locationsHaveThePathThatTheProxyRemoved() throws IOException {
        JsonObject token = new JsonObject().put("name", "t").put("scopes", List.of("read"));
        String[] bearer = {"Authorization", "Bearer " + RunningApi.TOKEN, "X-Forwarded-Prefix", "/farm/hall-1"};
        HttpResponse<String> created = api.send("POST", "/api/tokens", token.encode(), bearer);
        assertThat(created.headers().firstValue("Location").orElse("")).startsWith("/farm/hall-1/api/tokens/");
        for (String prefix : List.of("//evil.example", "https://evil.example", "/a/../b", "/farm/", "/a, /b")) {
            bearer[3] = prefix;
            HttpResponse<String> plain = api.send("POST", "/api/tokens", token.encode(), bearer);
            assertThat(plain.headers().firstValue("Location").orElse(""))
                    .as(prefix)
                    .startsWith("/api/tokens/");
        }
        String body = token.encode();
        assertThat(ProxyFixture.fromElsewhere(
                        api,
                        "POST /api/tokens",
                        "Authorization",
                        "Bearer " + RunningApi.TOKEN,
                        "X-Forwarded-Prefix",
                        "/farm",
                        "Content-Type",
                        "application/json",
                        "Content-Length",
                        body.length() + "\r\n\r\n" + body))
                .contains("Location: /api/tokens/");
    }

    @Test
    void connectionsOfAProxyAreNotLimitedLikeThoseOfOneClient() throws IOException {
        ClientLimits limits = new ClientLimits(
                Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60), 10, 2, 1 << 20);
        BridgeConfig.Http config = ProxyFixture.config(null, TRUSTED);
        try (RunningApi small = RunningApi.start(config, limits);
                RawClient first = new RawClient(small.port());
                RawClient second = new RawClient(small.port());
                RawClient third = new RawClient(small.port());
                RawClient fourth = RawClient.fromAnotherAddress(small.port());
                RawClient fifth = RawClient.fromAnotherAddress(small.port());
                RawClient sixth = RawClient.fromAnotherAddress(small.port())) {
            for (RawClient client : List.of(first, second, third, fourth, fifth)) {
                client.write("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 ");
            }
            assertThat(sixth.readToEnd()).isEmpty();
        }
    }

    /** The origin that the audit has of a failed login. */
    private String originOf(String forwardedFor) {
        int before = api.stored.audit.size();
        login("user" + before, forwardedFor);
        Await.until("it is recorded", () -> api.stored.audit.size() > before);
        api.clockAhead = api.clockAhead.plusMinutes(10);
        return api.stored.audit.get(before).origin();
    }

    private HttpResponse<String> login(String user, String forwardedFor) {
        return api.tryLogin(user, "wrong password", "X-Forwarded-For", forwardedFor);
    }

    private String loginFromElsewhere(String forwardedFor) throws IOException {
        String body = "{\"user\":\"u" + forwardedFor + "\",\"password\":\"wrong password\"}";
        return ProxyFixture.fromElsewhere(
                api,
                "POST /api/login",
                "X-Forwarded-For",
                forwardedFor,
                "Content-Type",
                "application/json",
                "Content-Length",
                body.length() + "\r\n\r\n" + body);
    }
}
