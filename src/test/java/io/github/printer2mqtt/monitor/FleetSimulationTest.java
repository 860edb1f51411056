package io.github.printer2mqtt.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.ManualTimers;
import io.github.printer2mqtt.testing.TestFleet;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A simulated day of a farm whose printers are mostly offline. */
class FleetSimulationTest {
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    @Test
    void offlinePrintersDoNotSlowPollsOfOnlineOnes() {
        SimulatedFleet alone = new SimulatedFleet();
        alone.printer("on-1", Kind.IDLE);
        alone.printer("on-2", Kind.IDLE);
        alone.timers.advance(DAY);

        SimulatedFleet farm = new SimulatedFleet();
        farm.printer("on-1", Kind.IDLE);
        farm.printer("on-2", Kind.IDLE);
        for (int i = 0; i < 54; i++) {
            farm.printer("off-" + i, Kind.OFF);
        }
        farm.timers.advance(DAY);

        assertThat(alone.pollTimes.get("on-1")).hasSizeGreaterThan(8_600);
        assertThat(farm.pollTimes.get("on-1")).isEqualTo(alone.pollTimes.get("on-1"));
        assertThat(farm.pollTimes.get("on-2")).isEqualTo(alone.pollTimes.get("on-2"));
        assertThat(farm.pollTimes.get("off-0")).hasSizeLessThan(1_700);
    }

    @Test
    void halfOfflineFarmLogsFewerThanTwoLinesPerPrinterAndDay() {
        try (CapturedLog log = CapturedLog.of(PrinterMonitor.class.getName())) {
            SimulatedFleet farm = new SimulatedFleet();
            for (int i = 0; i < 10; i++) {
                farm.printer("on-" + i, Kind.PRINTING);
                farm.printer("off-" + i, Kind.OFF);
            }
            farm.timers.advance(DAY);

            assertThat(farm.polls()).isGreaterThan(10 * 40_000);
            assertThat(log.lines()).hasSizeLessThan(2 * 20);
            assertThat(farm.state("on-3")).isEqualTo(PrinterState.PRINTING);
            assertThat(farm.state("off-3")).isEqualTo(PrinterState.OFFLINE);
        }
    }

    @Test
    void wallClockJumpsChangeNoPollAndNoAvailability() {
        SimulatedFleet calm = new SimulatedFleet();
        SimulatedFleet jumpy = new SimulatedFleet();
        for (SimulatedFleet fleet : List.of(calm, jumpy)) {
            fleet.printer("prints", Kind.PRINTING);
            fleet.printer("rests", Kind.IDLE);
            fleet.printer("off", Kind.OFF);
        }
        Random random = new Random(42);
        for (int hour = 0; hour < 24; hour++) {
            jumpy.timers.jump(Duration.ofMinutes(random.nextInt(-600, 600)));
            jumpy.timers.advance(Duration.ofHours(1));
            calm.timers.advance(Duration.ofHours(1));
            for (String id : List.of("prints", "rests", "off")) {
                assertThat(jumpy.state(id)).isEqualTo(calm.state(id));
            }
        }
        assertThat(jumpy.pollTimes).isEqualTo(calm.pollTimes);
    }

    @Test
    void pollsStaySpreadOverTheInterval() {
        SimulatedFleet farm = new SimulatedFleet();
        for (int i = 0; i < 400; i++) {
            farm.printer("p-" + i, Kind.IDLE);
        }
        farm.timers.advance(Duration.ofMinutes(10));

        long from = Duration.ofMinutes(5).toNanos();
        int[] seconds = new int[300];
        farm.pollTimes
                .values()
                .forEach(all -> all.stream()
                        .filter(at -> at >= from)
                        .forEach(at -> seconds[(int) Math.min(299, (at - from) / 1_000_000_000L)]++));
        assertThat(Arrays.stream(seconds).min().orElse(0)).isGreaterThan(15);
        assertThat(Arrays.stream(seconds).max().orElse(0)).isLessThan(70);
    }

    private enum Kind {
        IDLE,
        PRINTING,
        OFF
    }

    /** A fleet with its monitors and timers. */
    private static final class SimulatedFleet {
        private final ManualTimers timers = new ManualTimers();
        private final PollMetrics metrics = new PollMetrics(new MetricsRegistry());
        private final FleetState fleet = TestFleet.create(0, timers::nanos);
        private final PollLimiter limiter = new PollLimiter(512);
        private final Map<String, List<Long>> pollTimes = new HashMap<>();

        void printer(String id, Kind kind) {
            PrinterId printer = new PrinterId(id);
            Printer registered = new Printer(
                    printer,
                    id,
                    "test",
                    AddressText.parse("192.0.2.1:" + (1000 + pollTimes.size())).withDefaultPort(80),
                    null,
                    null,
                    List.of(),
                    true,
                    Printer.PollingOverrides.none(),
                    null);
            long generation = fleet.register(registered, Set.of(), 2);
            List<Long> times = new ArrayList<>();
            pollTimes.put(id, times);
            PollSchedule schedule =
                    new PollSchedule(BridgeConfig.defaults().polling().interval(), 2, printer, () -> 0.5);
            PrinterMonitor monitor = new PrinterMonitor(
                    new Session(timers, kind, times),
                    TIMEOUT,
                    schedule,
                    timers,
                    limiter,
                    metrics,
                    new ObservationRecorder(printer, generation, timers, Ownership.alone(), fleet::record));
            monitor.start(Duration.ZERO);
        }

        int polls() {
            return pollTimes.values().stream().mapToInt(List::size).sum();
        }

        PrinterState state(String id) {
            return Objects.requireNonNull(fleet.snapshot().find(new PrinterId(id)))
                    .status()
                    .state();
        }
    }

    private record Session(ManualTimers timers, Kind kind, List<Long> times) implements PolledSession {
        @Override
        public Future<Reading> poll() {
            times.add(timers.nanos());
            Promise<Reading> result = Promise.promise();
            Duration takes = kind == Kind.OFF ? TIMEOUT : Duration.ofMillis(100);
            timers.after(takes, () -> {
                if (kind == Kind.OFF) {
                    result.fail(new PrinterException(FailureReason.TIMEOUT, null));
                } else {
                    result.complete(reading());
                }
            });
            return result.future();
        }

        private Reading reading() {
            PrinterState state = kind == Kind.IDLE ? PrinterState.IDLE : PrinterState.PRINTING;
            return new Reading(state, null, null, Temperatures.unknown(), null, null, null, null, null);
        }

        @Override
        public Future<Void> execute(PrinterCommand command) {
            return Future.succeededFuture();
        }

        @Override
        public void close() {}
    }
}
