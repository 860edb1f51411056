package io.github.printer2mqtt.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.json.CountsDocument;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.StateCounts;
import io.github.printer2mqtt.testing.TestFleet;
import io.github.printer2mqtt.testing.TestPrinters;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FleetCountsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:50:00Z");

    private final FleetState fleet = TestFleet.create(0, () -> 0);
    private final Map<String, Long> generations = new HashMap<>();

    @Test
    void emptyFleetHasZeroCounts() {
        FleetCounts counts = FleetCounts.of(FleetSnapshot.EMPTY);
        assertThat(counts.fleet()).isEqualTo(new StateCounts(Map.of(), 0, null, null));
        assertThat(counts.fleet().byState()).containsOnlyKeys(PrinterState.values());
        assertThat(counts.groups()).isEmpty();
    }

    @Test
    void everyPrinterIsCountedOnceAndInItsGroup() {
        register("a", "shelf-b");
        register("b", "shelf-a");
        register("c", "shelf-a");
        register("d", null);
        reports("a", FleetScenario.idle());
        reports("b", printing(3600L));
        reports("c", printing(1800L));
        reports("d", PollFailure.of(FailureReason.AUTH));
        FleetCounts counts = counts();
        assertThat(counts.fleet())
                .isEqualTo(new StateCounts(
                        Map.of(PrinterState.IDLE, 1, PrinterState.PRINTING, 2, PrinterState.OFFLINE, 1),
                        4,
                        NOW.plusSeconds(1800),
                        new PrinterId("c")));
        assertThat(counts.groups().keySet()).containsExactly("shelf-a", "shelf-b");
        assertThat(counts.groups().get("shelf-a"))
                .isEqualTo(new StateCounts(
                        Map.of(PrinterState.PRINTING, 2), 2, NOW.plusSeconds(1800), new PrinterId("c")));
        assertThat(counts.groups().get("shelf-b"))
                .isEqualTo(new StateCounts(Map.of(PrinterState.IDLE, 1), 1, null, null));
    }

    @Test
    void firstIdIsNamedForEqualFinishes() {
        for (String id : List.of("z", "m", "a", "k")) {
            register(id, null);
            reports(id, printing(1800L));
        }
        assertThat(counts().fleet().nextFinishPrinter()).isEqualTo(new PrinterId("a"));
    }

    @Test
    void offlineAndPausedPrintersHaveNoFinish() {
        register("a", null);
        register("b", null);
        reports("a", printing(1800L));
        reports("a", PollFailure.of(FailureReason.AUTH));
        reports("b", FleetScenario.reading(PrinterState.PAUSED, job(60L)));
        assertThat(counts().fleet().nextFinish()).isNull();
    }

    @Test
    void groupDisappearsWithItsLastPrinter() {
        register("a", "shelf-a");
        register("a", "shelf-b");
        assertThat(counts().groups()).containsOnlyKeys("shelf-b");
        fleet.remove(new PrinterId("a"));
        assertThat(counts()).isEqualTo(FleetCounts.of(FleetSnapshot.EMPTY));
    }

    @Test
    void unchangedCountsGiveTheSameBytes() {
        register("a", "shelf-a");
        reports("a", printing(1800L));
        byte[] before = CountsDocument.group(
                "shelf-a", Objects.requireNonNull(counts().groups().get("shelf-a")));
        for (int i = 0; i < 20; i++) {
            reports("a", printing(1800L - i));
        }
        assertThat(CountsDocument.group(
                        "shelf-a", Objects.requireNonNull(counts().groups().get("shelf-a"))))
                .isEqualTo(before);
    }

    private FleetCounts counts() {
        return FleetCounts.of(fleet.snapshot());
    }

    private static PollResult printing(long remaining) {
        return FleetScenario.reading(PrinterState.PRINTING, job(remaining));
    }

    private static Job job(long remaining) {
        return new Job("1", "clip.gcode", 50.0, 60L, remaining, null, null);
    }

    private void register(String id, @Nullable String group) {
        Printer printer = TestPrinters.printer(new PrinterId(id), id, "prusalink", id + ".local", group);
        generations.put(id, fleet.register(printer, Set.of(), 2));
    }

    private void reports(String id, PollResult result) {
        long generation = Objects.requireNonNull(generations.get(id));
        fleet.record(new Observation(new PrinterId(id), generation, result, Duration.ofMillis(20), NOW));
    }
}
