package io.github.printer2mqtt.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.testing.TestFleet;
import io.github.printer2mqtt.testing.TestPrinters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The monitoring loops record into one fleet. */
class ConcurrentFleetTest {
    private static final int LOOPS = 4;
    private static final int PRINTERS = 50;
    private static final int READINGS = 200;

    private final FleetState fleet = TestFleet.create(0, System::nanoTime);
    private final List<Long> versions = new CopyOnWriteArrayList<>();

    @Test
    void losesNoObservationOfSeveralLoops() throws Exception {
        fleet.addListener(new FleetListener() {
            @Override
            public void onChange(Status.Change change) {
                versions.add(change.version());
            }
        });
        ExecutorService loops = Executors.newFixedThreadPool(LOOPS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < LOOPS; i++) {
                int loop = i;
                running.add(loops.submit(() -> observe(loop)));
            }
            for (Future<?> one : running) {
                one.get(20, TimeUnit.SECONDS);
            }
        } finally {
            loops.shutdownNow();
        }

        assertThat(fleet.snapshot().version()).isEqualTo((long) LOOPS * PRINTERS * (1 + READINGS));
        assertThat(fleet.snapshot().documents())
                .hasSize(LOOPS * PRINTERS)
                .allSatisfy(document -> assertThat(document.status().state()).isEqualTo(PrinterState.PRINTING));
        assertThat(versions).as("listeners see the changes in their order").isSorted();
        assertThat(versions).doesNotHaveDuplicates();
    }

    private void observe(int loop) {
        for (int printer = 0; printer < PRINTERS; printer++) {
            PrinterId id = new PrinterId("printer-" + loop + "-" + printer);
            long generation = fleet.register(TestPrinters.printer(id, "One", "prusalink", "192.0.2.20"), Set.of(), 2);
            for (int i = 0; i < READINGS; i++) {
                fleet.record(new Observation(
                        id, generation, FleetScenario.printing("1"), Duration.ofMillis(20), FleetScenario.BEGIN));
            }
        }
    }
}
