package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.PrinterState;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PrinterListTest {
    private static final String PLAIN_BUILDS = "printer2mqtt_http_list_builds_total{encoding=\"identity\"}";
    private static final String GZIP_BUILDS = "printer2mqtt_http_list_builds_total{encoding=\"gzip\"}";

    @RegisterExtension
    private final RunningApi api = RunningApi.start();

    @Test
    void listHasAllDocumentsAndCounts() {
        api.fleet.threePrinters();

        JsonObject list = api.json("/api/printers");

        assertThat(list.getJsonArray("printers").stream().map(each -> ((JsonObject) each).encode()))
                .containsExactly(api.fleet.document("a"), api.fleet.document("b"), api.fleet.document("c"));
        assertThat(list.getJsonObject("counts"))
                .isEqualTo(new JsonObject("{\"idle\":1,\"preparing\":0,\"printing\":1,\"paused\":0,\"finished\":0,"
                        + "\"cancelled\":0,\"error\":0,\"attention\":0,\"busy\":0,\"offline\":1,\"unknown\":0,"
                        + "\"total\":3}"));
        assertThat(list.getLong("version"))
                .isEqualTo(api.fleet.state().snapshot().version());
    }

    @Test
    void emptyFleetGivesAnEmptyList() {
        JsonObject list = api.json("/api/printers");

        assertThat(list.getJsonArray("printers")).isEmpty();
        assertThat(list.getJsonObject("counts").getInteger("total")).isZero();
    }

    @Test
    void listIsUnavailableBeforePrintersAreLoaded() {
        api.registryLoaded.set(false);

        HttpResponse<String> response = api.get("/api/printers");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("starting");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void unchangedListIsNotSentAgain() {
        api.fleet.threePrinters();
        String tag = header(api.get("/api/printers"), "ETag");

        HttpResponse<String> unchanged = api.get("/api/printers", "If-None-Match", "\"other\", W/" + tag);
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
        assertThat(header(unchanged, "ETag")).isEqualTo(tag);

        api.fleet.record("b", SmallFleet.reading(PrinterState.PRINTING));
        HttpResponse<String> changed = api.get("/api/printers", "If-None-Match", tag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(header(changed, "ETag")).isNotEqualTo(tag).startsWith("\"s7x-");
    }

    @Test
    void entityTagsDifferByEncodingAndFilter() throws IOException {
        api.fleet.threePrinters();

        assertThat(List.of(
                        header(api.get("/api/printers"), "ETag"),
                        header(api.getBytes("/api/printers", "Accept-Encoding", "gzip"), "ETag"),
                        header(api.get("/api/printers?state=idle"), "ETag"),
                        header(api.get("/api/printers?group=idle"), "ETag"),
                        header(api.get("/api/printers?fields=id"), "ETag")))
                .doesNotHaveDuplicates();
        String filtered = header(api.get("/api/printers?state=idle"), "ETag");
        assertThat(api.get("/api/printers?state=idle", "If-None-Match", filtered)
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void compressedListEqualsThePlainOne() throws IOException {
        api.fleet.threePrinters();

        HttpResponse<byte[]> compressed = api.getBytes("/api/printers", "Accept-Encoding", "br, gzip;q=0.8");

        assertThat(header(compressed, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(compressed, "Vary")).isEqualTo("Accept-Encoding");
        assertThat(header(compressed, "Cache-Control")).isEqualTo("no-cache");
        assertThat(unzipped(compressed)).isEqualTo(api.get("/api/printers").body());
        assertThat(unzipped(api.getBytes("/api/printers?state=idle", "Accept-Encoding", "gzip")))
                .isEqualTo(api.get("/api/printers?state=idle").body());
    }

    @Test
    void listIsBuiltOnceAVersion() {
        api.fleet.threePrinters();
        for (int i = 0; i < 5; i++) {
            api.get("/api/printers");
            api.getBytes("/api/printers", "Accept-Encoding", "gzip");
        }
        assertThat(api.metric(PLAIN_BUILDS)).isEqualTo(1);
        assertThat(api.metric(GZIP_BUILDS)).isEqualTo(1);

        api.fleet.record("a", SmallFleet.reading(PrinterState.IDLE));
        api.get("/api/printers");
        api.get("/api/printers");
        assertThat(api.metric(PLAIN_BUILDS)).isEqualTo(2);
        assertThat(api.metric(GZIP_BUILDS)).isEqualTo(1);
    }

    @Test
    void headRequestGetsTheSameHeaders() {
        api.fleet.threePrinters();
        HttpResponse<String> whole = api.get("/api/printers");

        HttpResponse<String> head = api.send("HEAD", "/api/printers", null);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "Content-Length")).isEqualTo(header(whole, "Content-Length"));
        assertThat(header(head, "ETag")).isEqualTo(header(whole, "ETag"));
    }

    @Test
    void freshListWaitsForAPoll() {
        api.fleet.threePrinters();
        Promise<Void> poll = Promise.promise();
        CompletableFuture<Void> pollStarted = new CompletableFuture<>();
        api.monitoring.poll = () -> {
            pollStarted.complete(null);
            return poll.future();
        };
        CompletableFuture<JsonObject> fresh =
                CompletableFuture.supplyAsync(() -> api.json("/api/printers?fresh=true&state=paused"));
        pollStarted.join();
        assertThat(api.json("/api/printers?state=paused").getJsonArray("printers"))
                .isEmpty();
        assertThat(fresh).isNotDone();

        api.fleet.record("a", SmallFleet.reading(PrinterState.PAUSED));
        poll.complete();

        assertThat(fresh.join().getJsonArray("printers")).hasSize(1);
    }

    @Test
    void listsAreCompleteAndCurrentDuringChanges() throws IOException {
        int size = 2_000;
        for (int i = 0; i < size; i++) {
            api.fleet.register("p" + i, i % 2 == 0 ? "even" : "odd", "pla");
        }
        CompletableFuture<Void> changing = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < size; i++) {
                api.fleet.record("p" + i, SmallFleet.reading(PrinterState.IDLE));
            }
        });
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int client = 0; client < 4; client++) {
            String encoding = client % 2 == 0 ? "gzip" : "identity";
            clients.add(CompletableFuture.runAsync(() -> requestWhile(changing, size, encoding)));
        }
        changing.join();
        clients.forEach(CompletableFuture::join);

        HttpResponse<byte[]> last = api.getBytes("/api/printers", "Accept-Encoding", "gzip");
        JsonObject list = new JsonObject(unzipped(last));
        assertThat(list.getLong("version"))
                .isEqualTo(api.fleet.state().snapshot().version());
        assertThat(list.getJsonObject("counts").getInteger("idle")).isEqualTo(size);
        assertThat(api.json("/api/printers?group=odd&fields=id").getJsonArray("printers"))
                .hasSize(size / 2);
    }

    /** Every list is complete and at least as new as the fleet at its request. */
    private void requestWhile(CompletableFuture<Void> changing, int size, String encoding) {
        do {
            long before = api.fleet.state().snapshot().version();
            HttpResponse<byte[]> response = api.getBytes("/api/printers", "Accept-Encoding", encoding);
            String body =
                    encoding.equals("gzip") ? unzipped(response) : new String(response.body(), StandardCharsets.UTF_8);
            JsonObject list = new JsonObject(body);
            assertThat(list.getLong("version")).isGreaterThanOrEqualTo(before);
            assertThat(list.getJsonArray("printers")).hasSize(size);
            assertThat(header(response, "ETag")).startsWith("\"s7x-" + list.getLong("version"));
        } while (!changing.isDone());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElseThrow(() -> new AssertionError("no " + name));
    }

    private static String unzipped(HttpResponse<byte[]> response) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError("no gzip", e);
        }
    }
}
