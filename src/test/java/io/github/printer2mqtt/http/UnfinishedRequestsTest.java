package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.files.OpenFileLimit;
import io.github.printer2mqtt.http.security.ClientLimits;
import io.github.printer2mqtt.testing.Await;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Unfinished requests against a limit of 2 MiB for all clients. */
class UnfinishedRequestsTest {
    private static final int MEMORY = 2 * 1024 * 1024;
    private static final int PER_ADDRESS = 300;
    private static final String CLOSED = "printer2mqtt_http_connections_closed_total";

    @RegisterExtension
    private final RunningApi api = RunningApi.start(new ClientLimits(
            Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20), 1000, PER_ADDRESS, MEMORY));

    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
    }

    @Test
    void largestUnfinishedHeadsAreClosedWhenMemoryIsExhausted() throws IOException {
        RawClient small = client();
        small.write(head("GET", "/health/live"));

        for (int i = 0; i < 120; i++) {
            client().accepts(head("GET", "/api/printers") + ("X-Long: " + "a".repeat(180) + "\r\n").repeat(80));
        }

        Await.until("connections are closed", () -> api.metric(CLOSED + "{cause=\"memory\"}") >= 40);
        small.write("Connection: close\r\n\r\n");
        assertThat(RawClient.status(small.readToEnd())).isEqualTo(200);
        assertThat(api.get("/api/printers").statusCode()).isEqualTo(200);
    }

    @Test
    void shortHeaderLinesCountWithTheirOverhead() throws IOException {
        // 16 KB for the decoder, but each line becomes an entry.
        for (int i = 0; i < 12; i++) {
            client().accepts(head("GET", "/api/printers") + "a:\r\n".repeat(4000));
        }

        Await.until("connections are closed", () -> api.metric(CLOSED + "{cause=\"memory\"}") >= 6);
    }

    @Test
    void trailersAfterABodyCountLikeHeads() throws IOException {
        for (int i = 0; i < 12; i++) {
            client().accepts(head("POST", "/nothing") + "Transfer-Encoding: chunked\r\n\r\n0\r\n"
                    + "a:\r\n".repeat(4000));
        }

        Await.until("connections are closed", () -> api.metric(CLOSED + "{cause=\"memory\"}") >= 6);
    }

    @Test
    void completeRequestReleasesMemory() throws IOException {
        RawClient client = client();
        String padding = "X: " + "a".repeat(8000) + "\r\n";
        for (int i = 0; i < 300; i++) {
            client.write(head("GET", "/health/live") + padding);
            // The next request starts in the same bytes that end this one.
            client.write("\r\n" + head("GET", "/health/live") + padding);
            client.readUntil("{\"status\":\"up\"}");
            client.write("\r\n");
            client.readUntil("{\"status\":\"up\"}");
        }
        assertThat(api.metric(CLOSED + "{cause=\"memory\"}")).isZero();
    }

    @Test
    void disconnectReleasesMemory() throws IOException {
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 30; i++) {
                client().write(head("GET", "/api/printers") + "X: " + "a".repeat(15_000));
            }
            Await.until("30 clients are connected", () -> api.metric("printer2mqtt_http_connections") >= 30);
            for (RawClient client : clients) {
                client.close();
            }
            clients.clear();
            Await.until("the clients are disconnected", () -> api.metric("printer2mqtt_http_connections") <= 1);
        }
        assertThat(api.metric(CLOSED + "{cause=\"memory\"}")).isZero();
    }

    @Test
    void uploadIsRejectedWhileOthersUseTheMemory() throws IOException {
        RawClient first = client();
        first.write(upload(1_200_000) + " ");
        Await.until("the first is counted", () -> {
            String refused = responseTo(upload(1_000_000) + " ".repeat(1_000_000));
            return refused.startsWith("HTTP/1.1 503")
                    && refused.contains("\"busy\"")
                    && refused.contains("Retry-After: 5");
        });
        first.close();

        Await.until(
                "the next is taken",
                () -> responseTo(upload(1_200_000) + " ".repeat(1_199_998) + "[]")
                        .startsWith("HTTP/1.1 200"));
    }

    @Test
    void smallBodyIsAcceptedWhileUploadsUseTheMemory() throws IOException {
        client().write(upload(1_572_000) + " ");
        Await.until(
                "uploads are refused",
                () -> responseTo(upload(100_000) + " ".repeat(100_000)).startsWith("HTTP/1.1 503"));

        assertThat(responseTo(upload(1000) + " ".repeat(998) + "[]")).startsWith("HTTP/1.1 200");
    }

    @Test
    void smallBodyIsAcceptedWhileUnfinishedHeadsUseTheMemory() throws IOException {
        for (int i = 0; i < 120; i++) {
            client().accepts(head("GET", "/api/printers") + ("X-Long: " + "a".repeat(180) + "\r\n").repeat(80));
        }
        Await.until("connections are closed", () -> api.metric(CLOSED + "{cause=\"memory\"}") >= 40);

        assertThat(responseTo(upload(10_000) + " ".repeat(9_998) + "[]")).startsWith("HTTP/1.1 200");
    }

    @Test
    void chunkedUploadIsRejectedWhenMemoryIsExhausted() throws IOException {
        RawClient first = client();
        first.write(upload(1_200_000) + " ");
        String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
        Await.until(
                "it is refused",
                () -> responseTo(head("POST", "/api/printers/import")
                                + "Content-Type: application/json\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + chunk.repeat(10) + "0\r\n\r\n")
                        .startsWith("HTTP/1.1 503"));
    }

    @Test
    void uploadLargerThanTheMemoryIsTooLarge() throws IOException {
        String refused = responseTo(upload(1_600_000) + " ".repeat(1_600_000));

        assertThat(RawClient.status(refused)).isEqualTo(413);
        assertThat(new JsonObject(refused.substring(refused.indexOf('{'))).getString("detail"))
                .contains(Integer.toString(MEMORY / 4 * 3));
    }

    @Test
    void connectionsPerAddressAreLimited() throws IOException {
        for (int i = 0; i < PER_ADDRESS; i++) {
            clients.add(RawClient.fromAnotherAddress(api.port()));
        }
        RawClient further = RawClient.fromAnotherAddress(api.port());
        clients.add(further);

        assertThat(further.readToEnd()).isEmpty();
        assertThat(api.metric(CLOSED + "{cause=\"full\"}")).isEqualTo(1);
        assertThat(api.get("/api/printers").statusCode()).isEqualTo(200);
    }

    @Test
    void limitsFollowTheHeap() {
        ClientLimits small = ClientLimits.of(64L << 20, OpenFileLimit.NONE);
        ClientLimits large = ClientLimits.of(4L << 30, OpenFileLimit.NONE);

        assertThat(small.connections()).isEqualTo(1024);
        assertThat(small.memory()).isBetween(5L << 20, 6L << 20);
        assertThat(large.connections()).isEqualTo(4096);
        assertThat(large.connectionsPerAddress()).isEqualTo(1024);
        assertThat(large.memory()).isEqualTo(64L << 20);
        assertThat(ClientLimits.of(1L << 20, OpenFileLimit.NONE).memory()).isEqualTo(1L << 20);
    }

    @Test
    void limitsLeaveMostFilesToPrintersAndTheBroker() {
        assertThat(ClientLimits.of(4L << 30, 256).connections()).isEqualTo(64);
        assertThat(ClientLimits.of(4L << 30, 1_024).connections()).isEqualTo(256);
        assertThat(ClientLimits.of(4L << 30, 1_024).connectionsPerAddress()).isEqualTo(64);
        assertThat(ClientLimits.of(4L << 30, 20_000).connections()).isEqualTo(2_000);
        assertThat(ClientLimits.of(4L << 30, 65_536).connections()).isEqualTo(4_096);
    }

    private RawClient client() throws IOException {
        RawClient client = new RawClient(api.port());
        clients.add(client);
        return client;
    }

    private String responseTo(String request) {
        try {
            return RawClient.exchange(api.port(), request);
        } catch (IOException e) {
            return "";
        }
    }

    private String upload(int length) {
        return head("POST", "/api/printers/import")
                + "Content-Type: application/json\r\nConnection: close\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private String head(String method, String path) {
        return method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + api.port() + "\r\n";
    }
}
