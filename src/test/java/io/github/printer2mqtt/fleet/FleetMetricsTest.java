package io.github.printer2mqtt.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.testing.TestFleet;
import io.github.printer2mqtt.testing.TestPrinters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FleetMetricsTest {
    private static final Instant START = Instant.parse("2026-11-29T12:00:00Z");

    private final FleetState fleet = TestFleet.create(0, () -> 0);
    private final MetricsRegistry metricsRegistry = new MetricsRegistry();
    private Instant now = START;

    FleetMetricsTest() {
        FleetMetrics.register(metricsRegistry, fleet, () -> now);
    }

    @Test
    void printersAreCountedByStateAndByReason() {
        long voron = register(printer("voron"));
        long mk4 = register(printer("mk4"));
        register(printer("spare").disabled());
        assertThat(lines())
                .contains(
                        "printer2mqtt_printers{state=\"unknown\"} 2.0", "printer2mqtt_printers{state=\"paused\"} 0.0");

        record("voron", voron, reading(PrinterState.PRINTING));
        record("mk4", mk4, PollFailure.of(FailureReason.AUTH));

        assertThat(lines())
                .contains(
                        "printer2mqtt_printers{state=\"printing\"} 1.0",
                        "printer2mqtt_printers{state=\"offline\"} 2.0",
                        "printer2mqtt_printers{state=\"unknown\"} 0.0",
                        "printer2mqtt_printers_offline{reason=\"auth\"} 1.0",
                        "printer2mqtt_printers_offline{reason=\"disabled\"} 1.0",
                        "printer2mqtt_printers_offline{reason=\"timeout\"} 0.0");
    }

    @Test
    void onlinePrinterHasSeriesUntilItIsRemoved() {
        long generation = register(printer("voron"));
        assertThat(ofPrinters()).containsExactly("printer2mqtt_printer_state{printer=\"voron\",state=\"unknown\"} 1.0");

        record("voron", generation, reading(PrinterState.PRINTING));
        assertThat(ofPrinters())
                .containsExactly(
                        "printer2mqtt_printer_online{printer=\"voron\"} 1.0",
                        "printer2mqtt_printer_state{printer=\"voron\",state=\"printing\"} 1.0");

        record("voron", generation, PollFailure.of(FailureReason.AUTH));
        assertThat(ofPrinters())
                .containsExactly(
                        "printer2mqtt_printer_online{printer=\"voron\"} 0.0",
                        "printer2mqtt_printer_state{printer=\"voron\",state=\"offline\"} 1.0");

        fleet.remove(new PrinterId("voron"));
        assertThat(ofPrinters()).isEmpty();
    }

    /** An alert rule on this metric must not fire for what nobody expects to answer. */
    @Test
    void disabledPrinterAndPrinterInMaintenanceAreNotExpectedToBeOnline() {
        register(printer("spare").disabled());
        long generation = register(inMaintenance(printer("voron")));
        record("voron", generation, reading(PrinterState.IDLE));

        assertThat(ofPrinters())
                .containsExactly(
                        "printer2mqtt_printer_state{printer=\"spare\",state=\"offline\"} 1.0",
                        "printer2mqtt_printer_state{printer=\"voron\",state=\"idle\"} 1.0");
    }

    @Test
    void ageIsThatOfTheOldestStatusOfAnOnlinePrinter() {
        long voron = register(printer("voron"));
        long mk4 = register(printer("mk4"));
        assertThat(lines()).noneMatch(line -> line.startsWith("printer2mqtt_reading_age_max_seconds "));

        record("voron", voron, reading(PrinterState.IDLE));
        now = START.plusSeconds(7);
        record("mk4", mk4, reading(PrinterState.IDLE));
        now = START.plusSeconds(9);
        assertThat(lines()).contains("printer2mqtt_reading_age_max_seconds 9.0");

        record("voron", voron, PollFailure.of(FailureReason.AUTH));
        assertThat(lines()).contains("printer2mqtt_reading_age_max_seconds 2.0");

        now = START;
        assertThat(lines()).contains("printer2mqtt_reading_age_max_seconds 0.0");
    }

    @Test
    void seriesOfPrintersCanBeLeftOut() {
        record("voron", register(printer("voron")), reading(PrinterState.IDLE));

        assertThat(new String(metricsRegistry.prometheusText(MetricsRegistry.Detail.TOTALS), StandardCharsets.UTF_8))
                .contains("printer2mqtt_printers{state=\"idle\"} 1.0")
                .doesNotContain("voron", "printer2mqtt_printer_");
    }

    private static Printer printer(String id) {
        return TestPrinters.printer(new PrinterId(id), id, "moonraker", "192.0.2.7");
    }

    private static Printer inMaintenance(Printer printer) {
        return new Printer(
                printer.id(),
                printer.name(),
                printer.driver(),
                printer.address(),
                printer.model(),
                printer.group(),
                printer.tags(),
                printer.enabled(),
                printer.polling(),
                printer.fingerprint(),
                printer.alerts(),
                printer.mqttCommands(),
                new Printer.Maintenance("new hotend", START));
    }

    private long register(Printer printer) {
        return fleet.register(printer, Set.of(), 2);
    }

    private void record(String printer, long generation, PollResult result) {
        fleet.record(new Observation(new PrinterId(printer), generation, result, Duration.ofMillis(10), now));
    }

    private static Reading reading(PrinterState state) {
        return new Reading(state, state.wireName(), null, Temperatures.unknown(), null, null, null, null, null);
    }

    private List<String> ofPrinters() {
        return lines().stream()
                .filter(line -> line.startsWith("printer2mqtt_printer_"))
                .toList();
    }

    private List<String> lines() {
        return new String(metricsRegistry.prometheusText(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
