package io.github.printer2mqtt.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.BridgeConfig.Polling.Interval;
import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.TestFleet;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Polling all printers now completes with the last printer or at the deadline. */
class PollAllTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** Long enough that only the test causes a second poll. */
    private static final Duration NEVER = Duration.ofHours(1);

    private static final int HEALTHY_PER_LOOP = 40;

    /** More than the permits of a loop, even if the ids are unevenly distributed. */
    private static final int SILENT_PER_LOOP = 650;

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx serverVertx = instance.vertx();

    /** Enough loops that fleet, monitors and network share none. */
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4 * MonitoringLoops.count() + 4));

    private final FleetState fleet = TestFleet.create(0, System::nanoTime);
    private volatile @Nullable CountDownLatch blocked;
    private HostileServer healthy;
    private HostileServer silent;
    private MonitoringLoops monitoring;

    @BeforeEach
    void open() {
        healthy = HostileServer.start(serverVertx, HostileServer.answers("HTTP/1.1 200 OK", "{}"));
        silent = HostileServer.start(serverVertx, socket -> {});
        monitoring = new MonitoringLoops(
                vertx,
                new BridgeConfig.Polling(TIMEOUT, 1, new Interval(NEVER, NEVER, NEVER, NEVER, NEVER, NEVER)),
                Map.of("plain", new ScriptedDriver(poll -> {
                    block();
                    return poll.get();
                })),
                PrinterNetwork.create(vertx, new AddressPolicy(Loopback.ALLOWED, Set::of)),
                new PollMetrics(new MetricsRegistry()),
                fleet,
                Ownership.alone());
        Await.done(monitoring.start());
    }

    @AfterEach
    void close() {
        CountDownLatch latch = blocked;
        if (latch != null) {
            latch.countDown();
        }
        Await.done(monitoring.stop());
        Await.done(vertx.close());
    }

    @Test
    void completesAtTheDeadlineAndPollsOnlinePrintersFirst() {
        int loops = MonitoringLoops.count();
        Map<Printer, Credentials> printers = new LinkedHashMap<>();
        for (int i = 0; i < SILENT_PER_LOOP * loops; i++) {
            printers.put(ScriptedDriver.printer("silent-" + i, silent.port()), Credentials.none());
        }
        for (int i = 0; i < HEALTHY_PER_LOOP * loops; i++) {
            printers.put(ScriptedDriver.printer("healthy-" + i, healthy.port()), Credentials.none());
        }
        Await.done(monitoring.monitorAll(printers));
        Await.until("every printer is decided", Duration.ofSeconds(60), () -> count(PrinterState.UNKNOWN) == 0);
        assertThat(count(PrinterState.IDLE)).isEqualTo((long) HEALTHY_PER_LOOP * loops);

        Instant begin = Instant.now();
        Future<Void> all = monitoring.pollAll();
        Future<Void> shared = monitoring.pollAll();
        Await.until("the polls are complete", Duration.ofSeconds(30), () -> all.isComplete() && shared.isComplete());

        List<Status> statuses = statuses();
        assertThat(statuses)
                .filteredOn(status -> status.id().value().startsWith("healthy"))
                .as("online printers are polled before silent ones take the permits")
                .hasSize(HEALTHY_PER_LOOP * loops)
                .allSatisfy(status -> assertThat(observedAt(status)).isAfterOrEqualTo(begin));
        assertThat(statuses)
                .filteredOn(status -> status.id().value().startsWith("silent"))
                .allMatch(status -> status.state() == PrinterState.OFFLINE)
                .as("polls without a permit are not awaited")
                .anyMatch(status -> status.poll().failures() == 1);
    }

    @Test
    void completesWhileALoopIsBlockedAndMakesNoPrinterLate() {
        Map<Printer, Credentials> printers = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            printers.put(ScriptedDriver.printer("healthy-" + i, healthy.port()), Credentials.none());
        }
        Await.done(monitoring.monitorAll(printers));
        Await.until("all printers are idle", () -> count(PrinterState.IDLE) == 20);
        Map<PrinterId, Status.LastPoll> before = new HashMap<>();
        statuses().forEach(status -> before.put(status.id(), status.poll()));

        CountDownLatch stall = new CountDownLatch(1);
        blocked = stall;
        Future<Void> all = monitoring.pollAll();
        Await.until("the polls are complete", Duration.ofSeconds(30), all::isComplete);
        Future<Void> one = monitoring.pollNow(new PrinterId("healthy-0"));
        Await.until("the poll of one printer is complete", Duration.ofSeconds(30), one::isComplete);

        assertThat(stall.getCount()).as("the loops are still blocked").isEqualTo(1);
        assertThat(all.succeeded() && one.succeeded()).isTrue();
        assertThat(statuses())
                .as("the observations are the old ones")
                .allSatisfy(status -> assertThat(status.poll()).isEqualTo(before.get(status.id())))
                .allMatch(status -> status.state() == PrinterState.IDLE);

        blocked = null;
        stall.countDown();
        Await.until(
                "the loops run again and no printer is late",
                () -> statuses().stream()
                        .allMatch(status -> status.state() == PrinterState.IDLE
                                && status.poll().failures() == 0
                                && !status.poll().equals(before.get(status.id()))));
    }

    @Test
    void pollsOnlyTheNamedPrinter() {
        Await.done(monitoring.monitor(ScriptedDriver.printer("one", healthy.port()), Credentials.none()));
        Await.done(monitoring.monitor(ScriptedDriver.printer("other", healthy.port()), Credentials.none()));
        Await.until("both printers are idle", () -> count(PrinterState.IDLE) == 2);
        int before = healthy.requests();

        Await.done(monitoring.pollNow(new PrinterId("one")));
        assertThat(healthy.requests()).isEqualTo(before + 1);
        Await.done(monitoring.pollNow(new PrinterId("unregistered")));
        assertThat(healthy.requests()).isEqualTo(before + 1);
    }

    private List<Status> statuses() {
        return fleet.snapshot().documents().stream()
                .map(document -> document.status())
                .toList();
    }

    private long count(PrinterState state) {
        return statuses().stream().filter(status -> status.state() == state).count();
    }

    private static Instant observedAt(Status status) {
        return Objects.requireNonNull(status.poll().observedAt());
    }

    /** Blocks the loop of a poll while {@link #blocked} is set. */
    private void block() {
        CountDownLatch latch = blocked;
        try {
            if (latch != null && !latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test did not release the loop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
