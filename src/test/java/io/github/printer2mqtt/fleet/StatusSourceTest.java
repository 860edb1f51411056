package io.github.printer2mqtt.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.testing.TestFleet;
import io.github.printer2mqtt.testing.TestPrinters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each status says which node made it, and which of two is newer. */
class StatusSourceTest {
    private static final PrinterId ID = new PrinterId("mk4");

    @Test
    void numbersGrowWithEachStatusAlsoAfterAnewRegistration() {
        FleetState fleet = TestFleet.create(0, () -> 0, new Ownership.Holder("hall-a", 17));
        List<Status.@Nullable Source> sources = new ArrayList<>();

        for (int registration = 0; registration < 3; registration++) {
            long generation = register(fleet);
            sources.add(source(fleet));
            for (int poll = 0; poll < 3; poll++) {
                observe(fleet, generation);
                sources.add(source(fleet));
            }
            fleet.remove(ID);
        }

        assertThat(sources).hasSize(12).doesNotContainNull().allSatisfy(source -> {
            assertThat(source.node()).isEqualTo("hall-a");
            assertThat(source.epoch()).isEqualTo(17);
        });
        List<Long> numbers = sources.stream()
                .map(source -> Objects.requireNonNull(source).seq())
                .toList();
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void newNumberAloneIsNoChange() {
        FleetState fleet = TestFleet.create(0, () -> 0, new Ownership.Holder("hall-a", 17));
        long generation = register(fleet);
        observe(fleet, generation);
        List<Status.Change> changes = new ArrayList<>();
        fleet.addListener(new FleetListener() {
            @Override
            public void onChange(Status.Change change) {
                changes.add(change);
            }
        });

        observe(fleet, generation);

        assertThat(changes).isEmpty();
    }

    @Test
    void bridgeAloneNamesNone() {
        FleetState fleet = TestFleet.create(0, () -> 0);

        observe(fleet, register(fleet));

        assertThat(source(fleet)).isNull();
    }

    private static long register(FleetState fleet) {
        return fleet.register(TestPrinters.printer(ID, "MK4", "prusalink", "192.0.2.1"), Set.of(), 2);
    }

    private static void observe(FleetState fleet, long generation) {
        fleet.record(new Observation(ID, generation, FleetScenario.idle(), Duration.ofMillis(5), Instant.EPOCH));
    }

    private static Status.@Nullable Source source(FleetState fleet) {
        return Objects.requireNonNull(fleet.snapshot().find(ID)).status().source();
    }
}
