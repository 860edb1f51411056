package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.http.security.ClientLimits;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.testing.Await;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a client of the event stream connects, resumes and is disconnected. */
class EventStreamConnectionTest {
    private static final ClientLimits FEW_CONNECTIONS = new ClientLimits(
            Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10), 8, 8, 16 * 1024 * 1024);

    @RegisterExtension
    private final RunningApi api = RunningApi.start();

    @Test
    void streamIsUnavailableBeforePrintersAreLoaded() {
        api.registryLoaded.set(false);

        HttpResponse<String> response = api.get("/api/stream");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(code(response)).isEqualTo("starting");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    }

    @Test
    void requestsOfOtherSitesAreRejected() throws IOException {
        assertThat(code(api.get("/api/stream", "Origin", "http://evil.example")))
                .isEqualTo("origin_not_allowed");
        assertThat(code(api.get("/api/stream", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "cors")))
                .isEqualTo("origin_not_allowed");
        assertThat(RawClient.status(RawClient.exchange(
                        api.port(), "GET /api/stream HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")))
                .isEqualTo(421);
        try (RunningApi closed = RunningApi.startWithToken()) {
            assertThat(closed.get("/api/stream").statusCode()).isEqualTo(401);
            assertThat(closed.get("/api/stream?token=" + RunningApi.TOKEN).statusCode())
                    .isEqualTo(401);
            EventStreamReader.open(closed.port(), "", "Authorization: Bearer " + RunningApi.TOKEN)
                    .close();
        }
    }

    @Test
    void headersKeepProxiesFromCollectingAndCompressing() throws IOException {
        try (EventStreamReader reader = EventStreamReader.open(
                api.port(), "", "Accept-Encoding: gzip, deflate, br", "Accept: text/event-stream")) {
            assertThat(reader.head().toLowerCase(java.util.Locale.ROOT))
                    .contains(
                            "content-type: text/event-stream\r\n",
                            "cache-control: no-store, no-transform\r\n",
                            "x-accel-buffering: no\r\n",
                            "x-content-type-options: nosniff\r\n")
                    .doesNotContain("content-encoding", "content-length");
            reader.next("snapshot");
        }
        HttpResponse<String> head = api.send("HEAD", "/api/stream", null);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    }

    @Test
    void proxiesMayUseHttp10() throws IOException {
        try (RawClient client = new RawClient(api.port())) {
            client.write("GET /api/stream HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n");
            client.readUntil("event: snapshot\ndata: {\"printers\":[]");
            api.fleet.register("a", null);
            client.readUntil("event: change\ndata: {\"schema\":1,\"id\":\"a\"");
        }
    }

    @Test
    void quietStreamHasHeartbeats() throws IOException {
        try (EventStreamReader reader = open("")) {
            reader.next("snapshot");
            reader.readUntilLine(": heartbeat");
        }
    }

    @Test
    void streamsLeaveConnectionsForOtherRequests() throws IOException {
        try (RunningApi small = RunningApi.start(FEW_CONNECTIONS)) {
            List<EventStreamReader> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                readers.add(EventStreamReader.open(small.port(), ""));
            }

            HttpResponse<String> fifth = small.get("/api/stream");
            assertThat(fifth.statusCode()).isEqualTo(503);
            assertThat(code(fifth)).isEqualTo("busy");
            assertThat(fifth.headers().firstValue("Retry-After")).hasValue("5");
            assertThat(small.get("/api/printers").statusCode()).isEqualTo(200);

            for (EventStreamReader reader : readers) {
                reader.close();
            }
            Await.until("streams are closed", () -> small.metric("printer2mqtt_http_streams") == 0);
            EventStreamReader.open(small.port(), "").close();
        }
    }

    @Test
    void streamsEndWhenTheBridgeStops() throws IOException {
        RunningApi stopping = RunningApi.start();
        try (EventStreamReader reader = EventStreamReader.open(stopping.port(), "")) {
            reader.next("snapshot");
            stopping.close();
            assertThat(reader.nextOrEnd()).isNull();
        }
    }

    @Test
    void unknownIdsLeadToASnapshot() throws IOException {
        api.fleet.threePrinters();
        String id;
        try (EventStreamReader reader = open("")) {
            id = reader.next("snapshot").id();
        }
        String sequence = id.substring(id.lastIndexOf('-') + 1);
        for (String unknown : List.of(
                id.replace("s7x", "s7w"), // another start
                id + "0000", // the future
                id.replace("-" + sequence, "-0"), // older than what is kept
                id + "-0123456789abcdef", // another filter
                "s7x",
                "s7x-",
                "s7x-a-b",
                "s7x-1--1",
                "s7x-1-99999999999999999999",
                "1",
                "\u00e4")) {
            try (EventStreamReader reader = EventStreamReader.resume(api.port(), "", unknown)) {
                reader.next("snapshot");
            }
        }
        try (EventStreamReader reader = EventStreamReader.resume(api.port(), "?group=shelf-1", id)) {
            reader.next("snapshot");
        }
        try (EventStreamReader reader = EventStreamReader.resume(api.port(), "", id)) {
            api.fleet.record("a", SmallFleet.reading(PrinterState.FINISHED));
            reader.next("change");
        }
        assertThat(api.metric("printer2mqtt_http_stream_snapshots_total{cause=\"new\"}"))
                .isEqualTo(1);
    }

    @Test
    void newClientIsNotSentEventsOfThePast() throws IOException {
        api.fleet.threePrinters();
        try (EventStreamReader first = open("")) {
            first.next("snapshot");
            api.fleet.record("a", SmallFleet.reading(PrinterState.FINISHED));
            first.next("change");
            first.next("event");

            // Shares the snapshot of the first client, so the change follows it.
            try (EventStreamReader second = open("")) {
                assertThat(second.nextNames(2)).containsExactly("snapshot", "change");
                api.fleet.record("b", SmallFleet.reading(PrinterState.PRINTING));
                assertThat(second.nextNames(2)).containsExactly("change", "event");
            }
        }
    }

    private EventStreamReader open(String query) throws IOException {
        return EventStreamReader.open(api.port(), query);
    }

    private static String code(HttpResponse<String> response) {
        return new JsonObject(response.body()).getString("code");
    }
}
