package io.github.printer2mqtt.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.testing.TestFleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A listener that throws affects no other listener and misses nothing later. */
class FaultyListenerTest {
    private final FleetState fleet = TestFleet.create(0, () -> 0);

    @Test
    void errorOfAListenerDoesNotStopTheOthers() {
        List<PrinterState> states = new ArrayList<>();
        fleet.addListener(new FleetListener() {
            @Override
            public void onChange(Status.Change change) {
                throw new StackOverflowError("made up");
            }
        });
        fleet.addListener(new FleetListener() {
            @Override
            public void onChange(Status.Change change) {
                states.add(change.after().state());
            }
        });

        fleet.register(FleetScenario.printer(), Set.of(), 2);

        assertThat(states).containsExactly(PrinterState.UNKNOWN);
        assertThat(Objects.requireNonNull(fleet.snapshot().find(FleetScenario.ID))
                        .status()
                        .state())
                .isEqualTo(PrinterState.UNKNOWN);
    }

    @Test
    void failedWakeUpIsRepeatedAtTheNextChange() {
        int[] wakeUps = {0};
        ChangeQueue changeQueue = new ChangeQueue(
                () -> {
                    if (++wakeUps[0] == 1) {
                        throw new IllegalStateException("the loop rejects the task");
                    }
                },
                10);
        fleet.addListener(changeQueue);

        fleet.register(FleetScenario.printer(), Set.of(), 2);
        fleet.remove(FleetScenario.ID);

        assertThat(wakeUps[0]).isGreaterThan(1);
        assertThat(changeQueue.drain().changed()).containsExactly(FleetScenario.ID);
    }
}
