package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.fleet.AvailabilityStatus;
import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.fleet.Observation;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.testing.LosableOwnership;
import io.github.printer2mqtt.testing.ManualTimers;
import io.github.printer2mqtt.testing.TestFleet;
import io.github.printer2mqtt.testing.TestPrinters;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One monitor and its fleet, with timers that the test advances. */
final class MonitorScenario {
    private static final PrinterId ID = new PrinterId("mk4");

    final ManualTimers timers = new ManualTimers();
    final LosableOwnership ownership = new LosableOwnership();
    final MetricsRegistry metricsRegistry = new MetricsRegistry();
    final PollMetrics metrics = new PollMetrics(metricsRegistry);
    final FleetState fleet = TestFleet.create(0, timers::nanos);
    final ScriptedSession session = new ScriptedSession();
    final PrinterMonitor monitor = monitor(fleet::record);

    PrinterState state() {
        return Objects.requireNonNull(fleet.snapshot().find(ID)).status().state();
    }

    PrinterMonitor monitor(Function<Observation, @Nullable AvailabilityStatus> recorder) {
        Printer printer = TestPrinters.printer(ID, "MK4", "test", "192.0.2.1");
        long generation = fleet.register(printer, Set.of(), 2);
        PollSchedule schedule =
                new PollSchedule(BridgeConfig.defaults().polling().interval(), 2, ID, () -> 0.5);
        return new PrinterMonitor(
                session,
                Duration.ofSeconds(1),
                schedule,
                timers,
                new PollLimiter(10),
                metrics,
                new ObservationRecorder(ID, generation, timers, ownership, recorder));
    }
}
