package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.http.EventStreamReader.Message;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.model.address.AddressText;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What wall screens are sent. */
class WallStreamTest {
    private static final String CANARY = "canary";

    @RegisterExtension
    private final RunningApi api = RunningApi.start();

    @Test
    void nothingElseOfAPrinterIsSent() throws IOException {
        // given a printer with a canary in every text that people or the printer may have set, except its name and its
        // group
        api.fleet.register(canaryPrinter(null)).record("a", canaryReading(PrinterState.PRINTING, 42.5));
        api.alerts.add(alert(AlertCode.STALLED));

        try (EventStreamReader reader = open()) {
            // when it is sent as a snapshot, after a change with events, with an alert, and in maintenance
            JsonObject first = onlyPrinter(reader.next("snapshot"));
            api.fleet.record("a", canaryReading(PrinterState.FINISHED, 100));
            reader.next("change");
            api.alerts.acknowledge(new PrinterId("a"), AlertCode.STALLED);
            reader.next("change");
            api.fleet.register(canaryPrinter(new Printer.Maintenance(CANARY, SmallFleet.NOW)));
            JsonObject last = reader.next("change").json();

            // then it has exactly these keys, and no canary appears anywhere
            String[] keys = {"id", "site", "name", "group", "state", "progress", "finish_at", "plate", "alert"};
            assertThat(first.fieldNames()).containsExactly(keys);
            assertThat(last.fieldNames()).containsExactly(keys);
            assertThat(first.getDouble("progress")).isEqualTo(42.5);
            assertThat(first.getString("finish_at")).isEqualTo("2026-11-21T10:15:00Z");
            assertThat(reader.text()).doesNotContain(CANARY, "192.0.2.20", "\"event\"", "\"message\"");
        }
    }

    @Test
    void alertIsAValueOfItsPrinter() throws IOException {
        api.fleet.threePrinters();
        try (EventStreamReader reader = open()) {
            assertThat(reader.next("snapshot").data())
                    .startsWith("{\"printers\":[{")
                    .contains("\"alert\":null");

            api.alerts.add(alert(AlertCode.NOT_CLEARED));
            assertThat(nextAlert(reader)).isEqualTo("not_cleared");
            api.alerts.add(alert(AlertCode.TEMPERATURE));
            assertThat(nextAlert(reader)).as("the most severe").isEqualTo("temperature");
            api.alerts.add(alert(AlertCode.STALLED));
            assertThat(nextAlert(reader)).isEqualTo("temperature");
            api.alerts.acknowledge(new PrinterId("a"), AlertCode.TEMPERATURE);
            assertThat(nextAlert(reader)).isEqualTo("stalled");
        }
    }

    @Test
    void alertThatOpensAfterASharedSnapshotIsNotMissed() throws IOException {
        api.fleet.threePrinters();
        try (EventStreamReader first = open()) {
            first.next("snapshot");
            api.alerts.add(alert(AlertCode.STALLED));
            assertThat(nextAlert(first)).isEqualTo("stalled");

            try (EventStreamReader second = open()) {
                // Within five seconds it gets the snapshot of the first, and what happened since.
                second.next("snapshot");
                assertThat(nextAlert(second)).isEqualTo("stalled");
            }
        }
    }

    @Test
    void errorAndAttentionCountWithoutAnAlertUnlessThePrinterIsInMaintenance() throws IOException {
        api.fleet.threePrinters();
        try (EventStreamReader reader = open()) {
            reader.next("snapshot");
            api.fleet.record("a", SmallFleet.reading(PrinterState.ATTENTION));
            assertThat(nextAlert(reader)).isEqualTo("attention");
            api.fleet.record("a", SmallFleet.reading(PrinterState.ERROR));
            assertThat(nextAlert(reader)).isEqualTo("error");

            api.fleet.register(canaryPrinter(new Printer.Maintenance("new belt", SmallFleet.NOW)));
            api.fleet.record("a", SmallFleet.reading(PrinterState.ERROR));
            JsonObject maintained = lastChange(reader);
            assertThat(maintained.getString("state")).isEqualTo("error");
            assertThat(maintained.getString("alert")).isNull();
        }
    }

    @Test
    void removedPrinterDoesNotComeBackWithTheEndOfItsAlert() throws IOException {
        api.fleet.threePrinters();
        api.alerts.add(alert(AlertCode.STALLED));
        try (EventStreamReader reader = open()) {
            reader.next("snapshot");

            api.fleet.remove("a");
            assertThat(reader.next("removed").printer()).isEqualTo("a");
            api.alerts.acknowledge(new PrinterId("a"), AlertCode.STALLED);
            api.fleet.record("b", SmallFleet.reading(PrinterState.PRINTING));

            assertThat(reader.next("change").printer()).isEqualTo("b");
        }
    }

    @Test
    void screenThatComesBackGetsWhatItMissed() throws IOException {
        api.fleet.threePrinters();
        String seen;
        try (EventStreamReader reader = open()) {
            seen = reader.next("snapshot").id();
        }
        api.alerts.add(alert(AlertCode.STALLED));

        try (EventStreamReader resumed = open("Last-Event-ID: " + seen)) {
            assertThat(nextAlert(resumed)).isEqualTo("stalled");
        }
        try (EventStreamReader other = EventStreamReader.resume(api.port(), "", seen)) {
            // The position of a wall means nothing to the event stream.
            other.next("snapshot");
        }
    }

    @Test
    void changesThatAScreenDoesNotShowAreNotSent() throws IOException {
        api.fleet.threePrinters();
        try (EventStreamReader reader = open()) {
            reader.next("snapshot");
            api.fleet.record("a", SmallFleet.readingWithProgress(80));
            assertThat(reader.next("change").json().getDouble("progress")).isEqualTo(80);

            // when only its temperatures and its file change
            api.fleet.record("a", canaryReading(PrinterState.PRINTING, 80));
            api.fleet.record("b", SmallFleet.readingWithProgress(10));

            // then the next message is about another printer
            assertThat(reader.next("change").printer()).isEqualTo("b");
        }
    }

    @Test
    void stateIsSentAlthoughAnUnseenChangeFollowedIt() throws IOException {
        api.fleet.threePrinters();
        api.fleet.record("a", SmallFleet.readingWithProgress(20));
        String seen;
        try (EventStreamReader reader = open()) {
            seen = reader.next("snapshot").id();
        }
        api.fleet.record("a", SmallFleet.readingWithProgress(80));
        api.fleet.record("a", canaryReading(PrinterState.PRINTING, 80));

        try (EventStreamReader resumed = open("Last-Event-ID: " + seen)) {
            assertThat(resumed.next("change").json().getDouble("progress")).isEqualTo(80);
        }
    }

    @Test
    void parametersAreRefused() {
        assertThat(api.get("/api/wall?fields=job").statusCode()).isEqualTo(400);
    }

    private EventStreamReader open(String... headers) throws IOException {
        return EventStreamReader.openPath(api.port(), "/api/wall", headers);
    }

    private static JsonObject onlyPrinter(Message snapshot) {
        return snapshot.json().getJsonArray("printers").getJsonObject(0);
    }

    private static @Nullable String nextAlert(EventStreamReader reader) throws IOException {
        return reader.next("change").json().getString("alert");
    }

    /** Changes that follow each other at once may be sent as one. */
    private static JsonObject lastChange(EventStreamReader reader) throws IOException {
        JsonObject change = reader.next("change").json();
        while (!"error".equals(change.getString("state")) || change.getString("alert") != null) {
            change = reader.next("change").json();
        }
        return change;
    }

    private static Alert alert(AlertCode code) {
        return new Alert(new PrinterId("a"), code, code.severity(), CANARY, SmallFleet.NOW);
    }

    private static Printer canaryPrinter(Printer.@Nullable Maintenance maintenance) {
        return new Printer(
                new PrinterId("a"),
                "MK4 left",
                "prusalink",
                AddressText.parse("192.0.2.20/" + CANARY).withDefaultPort(80),
                CANARY,
                "shelf-1",
                List.of(CANARY),
                true,
                Printer.PollingOverrides.none(),
                null,
                Printer.AlertOverrides.none(),
                null,
                maintenance);
    }

    private static Reading canaryReading(PrinterState state, double progress) {
        Job job = new Job(CANARY, CANARY + ".gcode", progress, 1200L, 1500L, 12, 120);
        return new Reading(state, CANARY, CANARY, Temperatures.unknown(), job, null, 100, 40, CANARY);
    }
}
