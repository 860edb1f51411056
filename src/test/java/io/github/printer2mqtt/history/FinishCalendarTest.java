package io.github.printer2mqtt.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.fleet.Observation;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.testing.TestFleet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FinishCalendarTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:50:00Z");

    private final FleetState fleet = TestFleet.create(0, System::nanoTime);

    @Test
    void eachRunningPrintIsAnEventAtItsEnd() {
        printer("a", "MK4 left", "shelf-a", printing("297", "bracket.gcode", 1500L));
        printer("b", "Idle", null, reading(PrinterState.IDLE, null));
        printer("c", "Unknown end", null, printing("1", "x.gcode", null));

        assertThat(text())
                .isEqualTo(String.join(
                        "\r\n",
                        "BEGIN:VCALENDAR",
                        "VERSION:2.0",
                        "PRODID:-//printer2mqtt//finish times//EN",
                        "CALSCALE:GREGORIAN",
                        "X-WR-CALNAME:printer2mqtt",
                        "REFRESH-INTERVAL;VALUE=DURATION:PT5M",
                        "X-PUBLISHED-TTL:PT5M",
                        "BEGIN:VEVENT",
                        "UID:" + uid(),
                        "DTSTAMP:20261121T095000Z",
                        "DTSTART:20261121T101500Z",
                        "SUMMARY:MK4 left: bracket.gcode",
                        "LOCATION:shelf-a",
                        "TRANSP:TRANSPARENT",
                        "END:VEVENT",
                        "END:VCALENDAR",
                        ""));
    }

    @Test
    void uidStaysWithThePrintAndDiffersFromTheNext() {
        printer("a", "A", null, printing("297", "bracket.gcode", 1500L));
        String first = uid();
        printer("a", "Renamed", null, printing("297", "bracket.gcode", 60L));
        assertThat(uid()).isEqualTo(first).matches("a-[0-9a-f]{16}@printer2mqtt");

        printer("a", "A", null, printing("298", "bracket.gcode", 60L));
        assertThat(uid()).isNotEqualTo(first);
    }

    @Test
    void textsAreEscaped() {
        printer("a", "A, B; C\\D", null, printing("1", "x,y;z\\.gcode", 60L));
        assertThat(text()).contains("\r\nSUMMARY:A\\, B\\; C\\\\D: x\\,y\\;z\\\\.gcode\r\n");
    }

    @Test
    void linesAreFoldedBetweenCharactersAt75Octets() {
        for (String file : List.of("ü".repeat(200), "🖨".repeat(90), "x".repeat(66), "x".repeat(67), "a€".repeat(80))) {
            printer("a", "A", null, printing("1", file, 60L));
            byte[] calendar = calendar();
            int start = 0;
            for (int i = 0; i < calendar.length; i++) {
                if (calendar[i] == '\n') {
                    assertThat(calendar[i - 1]).as("every line ends in CRLF").isEqualTo((byte) '\r');
                    assertThat(i - 1 - start).as("octets of a line").isBetween(1, 75);
                    String line = new String(calendar, start, i - 1 - start, StandardCharsets.UTF_8);
                    assertThat(line).as("no character is cut").doesNotContain("\uFFFD");
                    start = i + 1;
                }
            }
            assertThat(start).isEqualTo(calendar.length);
            assertThat(text().replace("\r\n ", "")).contains("\r\nSUMMARY:A: " + file + "\r\n");
        }
    }

    private void printer(String id, String name, @Nullable String group, Reading reading) {
        Printer printer = new Printer(
                new PrinterId(id),
                name,
                "prusalink",
                AddressText.parse("192.0.2.20").withDefaultPort(80),
                null,
                group,
                List.of(),
                true,
                Printer.PollingOverrides.none(),
                null);
        long generation = fleet.register(printer, Set.of(), 2);
        fleet.record(new Observation(printer.id(), generation, reading, Duration.ofMillis(5), NOW));
    }

    private static Reading printing(String id, String file, @Nullable Long remaining) {
        return reading(PrinterState.PRINTING, new Job(id, file, 50.0, 600L, remaining, null, null));
    }

    private static Reading reading(PrinterState state, @Nullable Job job) {
        return new Reading(state, state.name(), null, Temperatures.unknown(), job, null, null, null, null);
    }

    private byte[] calendar() {
        return FinishCalendar.of(
                fleet.snapshot().documents().stream()
                        .map(StatusDocument::status)
                        .toList(),
                NOW);
    }

    private String text() {
        return new String(calendar(), StandardCharsets.UTF_8);
    }

    private String uid() {
        return text().lines()
                .filter(line -> line.startsWith("UID:"))
                .map(line -> line.substring(4))
                .findFirst()
                .orElseThrow();
    }
}
