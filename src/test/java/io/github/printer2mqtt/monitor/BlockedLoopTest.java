package io.github.printer2mqtt.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.BridgeConfig.Polling.Interval;
import io.github.printer2mqtt.fleet.FleetListener;
import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.TestFleet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Blocked event loops, with printers on real sockets. */
class BlockedLoopTest {
    private static final Duration INTERVAL = Duration.ofMillis(300);
    private static final BridgeConfig.Polling CONFIG = new BridgeConfig.Polling(
            Duration.ofMillis(500), 2, new Interval(INTERVAL, INTERVAL, INTERVAL, INTERVAL, INTERVAL, INTERVAL));

    private final Vertx serverVertx = Vertx.vertx();
    private final Vertx vertx = Vertx.vertx();
    private final AtomicBoolean stall = new AtomicBoolean();
    private final MetricsRegistry metricsRegistry = new MetricsRegistry();
    private final FleetState fleet = TestFleet.create(0, System::nanoTime);
    private final Set<PrinterId> everOffline = ConcurrentHashMap.newKeySet();

    @AfterEach
    void close() {
        Await.done(vertx.close());
        Await.done(serverVertx.close());
    }

    @Test
    void blockedLoopMakesNoHealthyPrinterOffline() {
        fleet.addListener(new OfflineListener());
        HostileServer healthy = HostileServer.start(serverVertx, this::respondSlowly);
        HostileServer silent = HostileServer.start(serverVertx, socket -> {});
        MonitoringLoops monitoring = monitoring();
        Await.done(monitoring.start());
        Map<Printer, Credentials> printers = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            printers.put(ScriptedDriver.printer("healthy-" + i, healthy.port()), Credentials.none());
        }
        Await.done(monitoring.monitorAll(printers));
        Await.until("all printers are idle", () -> count(PrinterState.IDLE) == 20);

        for (int round = 0; round < 3; round++) {
            int before = healthy.requests();
            stall.set(true);
            Await.until("the loop was blocked", () -> !stall.get());
            Await.until("the loop runs again", () -> healthy.requests() > before + 60);
        }
        assertThat(everOffline).isEmpty();
        assertThat(count(PrinterState.IDLE)).isEqualTo(20);

        PrinterId silentId = new PrinterId("silent");
        Await.done(monitoring.monitor(ScriptedDriver.printer("silent", silent.port()), Credentials.none()));
        stall.set(true);
        Await.until("the silent printer is offline", () -> everOffline.contains(silentId));
        assertThat(everOffline).containsExactly(silentId);
        Await.done(monitoring.stop());
    }

    private void respondSlowly(NetSocket socket) {
        serverVertx.setTimer(
                100, due -> HostileServer.answers("HTTP/1.1 200 OK", "{}").accept(socket));
    }

    private long count(PrinterState state) {
        return fleet.snapshot().documents().stream()
                .filter(document -> document.status().state() == state)
                .count();
    }

    private MonitoringLoops monitoring() {
        PrinterNetwork network = PrinterNetwork.create(vertx, new AddressPolicy(Loopback.ALLOWED, Set::of));
        return new MonitoringLoops(
                vertx,
                CONFIG,
                Map.of("plain", new ScriptedDriver(poll -> {
                    Future<Reading> reading = poll.get();
                    blockOnce();
                    return reading;
                })),
                network,
                new PollMetrics(metricsRegistry),
                fleet,
                Ownership.alone());
    }

    /** Blocks the loop, which all these printers share, once after {@link #stall} was set. */
    private void blockOnce() {
        if (!stall.compareAndSet(true, false)) {
            return;
        }
        long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private final class OfflineListener implements FleetListener {
        @Override
        public void onChange(Status.Change change) {
            if (change.after().state() == PrinterState.OFFLINE) {
                everOffline.add(change.after().id());
            }
        }

        @Override
        public void onEvent(PrinterEvent event) {}
    }
}
