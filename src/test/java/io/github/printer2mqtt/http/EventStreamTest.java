package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.http.EventStreamReader.Message;
import io.github.printer2mqtt.http.security.ClientLimits;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.testing.Await;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventStreamTest {
    private static final ClientLimits FEW_CONNECTIONS = new ClientLimits(
            Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10), 8, 8, 16 * 1024 * 1024);

    @RegisterExtension
    private final RunningApi api = RunningApi.start();

    @Test
    void snapshotIsTheList() throws IOException {
        api.fleet.threePrinters();

        try (EventStreamReader reader = open("")) {
            Message snapshot = reader.next("snapshot");

            assertThat(snapshot.data()).isEqualTo(api.get("/api/printers").body());
            assertThat(snapshot.id()).startsWith("s7x-" + snapshot.json().getLong("version") + "-");
        }
    }

    /** Without the first line, which contains a random number. */
    @Test
    void wireFormMatchesTheGoldenFile() throws IOException {
        api.fleet.register("a", "shelf-1").record("a", SmallFleet.reading(PrinterState.PRINTING));
        try (EventStreamReader reader = open("")) {
            reader.next("snapshot");
            api.fleet.record("a", SmallFleet.reading(PrinterState.FINISHED));
            assertThat(reader.nextNames(2)).containsExactly("change", "event");
            api.alerts.add(alert("a"));
            reader.next("alert");
            api.alerts.acknowledge(new PrinterId("a"), AlertCode.OFFLINE);
            reader.next("alert");
            api.fleet.remove("a");
            reader.next("removed");

            String text = reader.text();
            assertThat(text).matches("(?s)retry: [12]\\d\\d\\d\n\n.*");
            assertThat(text.substring(text.indexOf("\n\n") + 2)).isEqualTo(golden());
        }
    }

    private static String golden() throws IOException {
        try (InputStream file = EventStreamTest.class.getResourceAsStream("/golden/stream.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void emptyFleetBeginsWithAnEmptySnapshot() throws IOException {
        try (EventStreamReader reader = open("")) {
            assertThat(reader.next("snapshot").json().getJsonArray("printers")).isEmpty();
            api.fleet.register("a", null);
            assertThat(reader.next("change").printer()).isEqualTo("a");
        }
    }

    @Test
    void changeIsTheStatusAndPrecedesItsEvent() throws IOException {
        api.fleet.threePrinters();
        try (EventStreamReader reader = open("")) {
            reader.next("snapshot");

            api.fleet.record("a", SmallFleet.reading(PrinterState.FINISHED));

            assertThat(reader.next("change").data()).isEqualTo(api.fleet.document("a"));
            JsonObject event = reader.next("event").json();
            assertThat(event.getString("event_type")).isEqualTo("print_finished");
            assertThat(event.getString("printer")).isEqualTo("a");
        }
    }

    @Test
    void changesOfNumbersAreSentToo() throws IOException {
        api.fleet.threePrinters();
        try (EventStreamReader reader = open("")) {
            reader.next("snapshot");

            api.fleet.record("a", SmallFleet.readingWithProgress(77));

            assertThat(reader.next("change").json().getJsonObject("job").getDouble("progress"))
                    .isEqualTo(77);
        }
    }

    @Test
    void removedPrinterIsReported() throws IOException {
        api.fleet.threePrinters();
        try (EventStreamReader reader = open("")) {
            reader.next("snapshot");

            api.fleet.remove("b");
            api.fleet.register("b", null);

            Message first = reader.next();
            // Both may be taken over at once, which leaves the newest.
            Message last = first.name().equals("removed") ? reader.next("change") : first;
            assertThat(first.printer()).isEqualTo("b");
            assertThat(last.json().getString("group")).isNull();
        }
    }

    @Test
    void alertsAreReportedWhenTheyOpenAndClear() throws IOException {
        api.fleet.threePrinters();
        try (EventStreamReader reader = open("")) {
            reader.next("snapshot");

            api.alerts.add(alert("a"));
            JsonObject opened = reader.next("alert").json();
            api.alerts.acknowledge(new PrinterId("a"), AlertCode.OFFLINE);
            JsonObject cleared = reader.next("alert").json();

            assertThat(opened.getString("printer")).isEqualTo("a");
            assertThat(opened.getString("code")).isEqualTo("offline");
            assertThat(opened.getBoolean("open")).isTrue();
            assertThat(cleared.getBoolean("open")).isFalse();
        }
    }

    @Test
    void printerThatLeavesTheFilterIsRemoved() throws IOException {
        api.fleet.threePrinters();
        try (EventStreamReader reader = open("?state=printing")) {
            assertThat(ids(reader.next("snapshot"))).containsExactly("a");

            api.fleet.record("a", SmallFleet.reading(PrinterState.FINISHED));
            assertThat(reader.next("removed").data()).isEqualTo("{\"id\":\"a\"}");
            assertThat(reader.next("event").json().getString("event_type")).isEqualTo("print_finished");

            api.fleet.record("b", SmallFleet.reading(PrinterState.PRINTING));
            assertThat(reader.next("change").printer()).isEqualTo("b");
            assertThat(reader.next("event").json().getString("event_type")).isEqualTo("print_started");

            api.fleet.remove("a");
            api.fleet.remove("b");
            assertThat(reader.next("removed").printer()).isEqualTo("b");
        }
    }

    @Test
    void groupAndTagSelectEventsAndAlertsToo() throws IOException {
        api.fleet.threePrinters();
        try (EventStreamReader reader = open("?group=shelf-1&tag=pla")) {
            assertThat(ids(reader.next("snapshot"))).containsExactly("b");

            api.fleet.record("a", SmallFleet.reading(PrinterState.FINISHED));
            api.alerts.add(alert("a"));
            api.alerts.add(alert("b"));
            assertThat(reader.next("alert").json().getString("printer")).isEqualTo("b");

            api.fleet.register("b", "shelf-2", "pla");
            assertThat(reader.next("removed").printer()).isEqualTo("b");
            api.alerts.add(alert("b"));
            api.fleet.register("b", "shelf-1", "pla");
            assertThat(reader.next("change").printer()).isEqualTo("b");
        }
    }

    @Test
    void fieldsAreSelectedAndTheIdIsAlwaysThere() throws IOException {
        api.fleet.threePrinters();
        try (EventStreamReader reader = open("?fields=state")) {
            assertThat(reader.next("snapshot").data())
                    .startsWith("{\"printers\":[{\"id\":\"a\",\"state\":\"printing\"},");

            api.fleet.record("a", SmallFleet.reading(PrinterState.FINISHED));

            assertThat(reader.next("change").data()).isEqualTo("{\"id\":\"a\",\"state\":\"finished\"}");
        }
    }

    @Test
    void wrongParametersAreRejected() {
        assertThat(code(api.get("/api/stream?state=melting"))).isEqualTo("invalid_parameter");
        assertThat(code(api.get("/api/stream?fresh=true"))).isEqualTo("invalid_parameter");
    }

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

    private static Alert alert(String printer) {
        return new Alert(
                new PrinterId(printer), AlertCode.OFFLINE, Alert.Severity.WARNING, "no answer", SmallFleet.NOW);
    }

    private static List<String> ids(Message snapshot) {
        return snapshot.json().getJsonArray("printers").stream()
                .map(each -> ((JsonObject) each).getString("id"))
                .toList();
    }

    private static String code(HttpResponse<String> response) {
        return new JsonObject(response.body()).getString("code");
    }
}
