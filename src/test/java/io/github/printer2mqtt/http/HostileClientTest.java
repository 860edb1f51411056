package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.http.security.ClientLimits;
import io.github.printer2mqtt.http.security.RequestBodies;
import io.github.printer2mqtt.testing.Await;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HostileClientTest {
    private static final ClientLimits FEW_CONNECTIONS = new ClientLimits(
            Duration.ofSeconds(20), Duration.ofSeconds(2), Duration.ofSeconds(20), 8, 8, 16 * 1024 * 1024);

    @RegisterExtension
    private final RunningApi api = RunningApi.start(FEW_CONNECTIONS);

    @AfterEach
    void otherClientsAreStillServed() {
        assertThat(api.get("/api/printers").statusCode()).isEqualTo(200);
    }

    @Test
    void connectionsAboveTheLimitAreClosed() throws IOException {
        RawClient[] others = new RawClient[8];
        for (int i = 0; i < others.length; i++) {
            others[i] = new RawClient(api.port());
            others[i].write(head("GET", "/health/live") + "\r\n");
            others[i].readUntil("{\"status\":\"up\"}");
        }
        try (RawClient late = new RawClient(api.port())) {
            late.accepts(head("GET", "/health/live") + "\r\n");
            assertThat(late.readToEnd()).isEmpty();
        }
        for (RawClient client : others) {
            client.close();
        }
        Await.until("connections are accepted again", () -> isServed());
    }

    private boolean isServed() {
        try {
            return RawClient.exchange(api.port(), head("GET", "/health/live") + "Connection: close\r\n\r\n")
                    .startsWith("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }

    /** 93 */
    @Test
    void largeBodyIsRejected() {
        String large = "{\"name\":\"" + "x".repeat(RequestBodies.MAX_BODY) + "\"}";

        HttpResponse<String> response = api.send("POST", "/api/printers", large);

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("body_too_large");
        assertThat(api.send("POST", "/api/printers/import", "[" + " ".repeat(RequestBodies.MAX_IMPORT) + "]")
                        .statusCode())
                .isEqualTo(413);
        assertThat(api.registrations.requests).isEmpty();
    }

    /** 93: an archive is refused by its type and never opened. */
    @Test
    void archiveIsRejected() {
        HttpResponse<String> response =
                api.send("POST", "/api/printers/import", "PK\u0003\u0004../x", "Content-Type", "application/zip");

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(api.registrations.requests).isEmpty();
    }

    @Test
    void largeChunkedBodyIsRejected() throws IOException {
        try (RawClient client = new RawClient(api.port())) {
            client.write(head("POST", "/api/printers") + "Content-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
            String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
            for (int i = 0; i < 17; i++) {
                client.accepts(chunk);
            }
            client.accepts("0\r\n\r\n");
            assertThat(RawClient.status(client.readToEnd())).isEqualTo(413);
        }
    }

    @Test
    void continueIsSentOnlyForAcceptableBodies() throws IOException {
        try (RawClient client = new RawClient(api.port())) {
            client.write(head("POST", "/api/printers") + "Content-Type: application/json\r\n"
                    + "Content-Length: 9000000\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 413").contains("body_too_large");
        }
        try (RawClient client = new RawClient(api.port())) {
            client.write(head("POST", "/api/printers") + "Content-Type: application/json\r\nConnection: close\r\n"
                    + "Content-Length: 12\r\nExpect: 100-continue\r\n\r\n");
            client.readUntil("HTTP/1.1 100 Continue\r\n\r\n");
            client.write("{\"name\":\"a\"}");
            assertThat(RawClient.status(client.readToEnd())).isEqualTo(201);
        }
    }

    @Test
    void longRequestLinesAndHeadersAreRejected() throws IOException {
        assertThat(exchange("GET /" + "a".repeat(9000) + " HTTP/1.1\r\n\r\n"))
                .matches("(?s)HTTP/1.. 414.*")
                .contains("uri_too_long");
        assertThat(exchange(head("GET", "/") + "X: " + "a".repeat(20_000) + "\r\n\r\n"))
                .matches("(?s)HTTP/1.. 431.*")
                .contains("headers_too_large");
    }

    @Test
    void invalidHttpIsRejected() throws IOException {
        for (String invalid : List.of(
                "\u0016\u0003\u0001 tls\r\n\r\n",
                "GET / HTTP/9.x\r\n\r\n",
                "GET / HTTP/1.1\r\nno colon\r\n\r\n",
                head("POST", "/api/printers") + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd")) {
            assertThat(exchange(invalid))
                    .as(invalid)
                    .matches("(?s)HTTP/1.. 400.*")
                    .contains("bad_request", "nosniff");
        }
    }

    @Test
    void invalidJsonIsRejected() {
        for (String body : List.of(
                "{",
                "",
                "{\"a\":1}}",
                "{'a':1}",
                "[",
                "nul",
                "\u0000",
                "[".repeat(5000),
                "{\"a\":1}{",
                "\"text\"",
                "[]")) {
            HttpResponse<String> response = api.send("POST", "/api/printers", body);
            assertThat(response.statusCode()).as(body).isEqualTo(400);
            assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("malformed_json");
        }
        assertThat(api.registrations.requests).isEmpty();
    }

    @Test
    void unsupportedMethodGetsAllow() {
        assertThat(allow("PUT", "/api/printers")).isEqualTo("GET, HEAD, POST");
        assertThat(allow("GET", "/api/printers/probe")).isEqualTo("POST");
        assertThat(allow("DELETE", "/api/printers/export")).isEqualTo("GET, HEAD");
        assertThat(allow("POST", "/api/printers/mk4")).isEqualTo("PATCH, DELETE, GET, HEAD");
        assertThat(allow("OPTIONS", "/metrics")).isEqualTo("GET, HEAD");
    }

    @Test
    void unknownPathsAreNotFound() throws IOException {
        for (String path :
                List.of("/nothing", "/api", "/api/printers/a/b/c", "/../etc/passwd", "/assets/x%2F..%2Fy", "/.git/")) {
            String response = exchange(head("GET", path) + "Connection: close\r\n\r\n");
            assertThat(RawClient.status(response)).as(path).isEqualTo(404);
            assertThat(response).contains("not_found", "application/problem+json");
        }
        assertThat(RawClient.status(exchange(head("GET", "/api/printers/%zz") + "Connection: close\r\n\r\n")))
                .isEqualTo(400);
        assertThat(RawClient.status(exchange(head("GET", "/" + "%41".repeat(2500)) + "Connection: close\r\n\r\n")))
                .isEqualTo(404);
        assertThat(RawClient.status(exchange(head("GET", "/api/printers?state=%zz") + "Connection: close\r\n\r\n")))
                .isEqualTo(400);
    }

    @Test
    void pipelinedResponsesKeepTheirOrder() throws IOException {
        String one = head("GET", "/health/live") + "\r\n";
        String last = head("GET", "/nothing") + "Connection: close\r\n\r\n";

        String responses = exchange(one + one + last);

        assertThat(responses.split("HTTP/1.1 200 OK", -1)).hasSize(3);
        assertThat(responses.indexOf("HTTP/1.1 404")).isGreaterThan(responses.lastIndexOf("HTTP/1.1 200"));
    }

    private String allow(String method, String path) {
        HttpResponse<String> response = api.send(method, path, null);
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("method_not_allowed");
        return response.headers().firstValue("Allow").orElseThrow();
    }

    private String exchange(String request) throws IOException {
        return RawClient.exchange(api.port(), request);
    }

    private String head(String method, String path) {
        return method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + api.port() + "\r\n";
    }
}
