package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.http.EventStreamReader.Message;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the event stream sends. */
class EventStreamTest {
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
