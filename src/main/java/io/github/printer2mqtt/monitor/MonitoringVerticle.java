package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The monitors of a share of the fleet, on one event loop. {@link #call}, {@link #run}, {@link #longestPoll} and the
 * accessors of the configuration are thread-safe; everything else is called on that loop.
 */
final class MonitoringVerticle extends VerticleBase {
    /** Added to the deadline of a poll for handling its result. */
    static final Duration SLACK = Duration.ofMillis(250);

    /**
     * Maximum polls of one loop in flight. Ten thousand healthy printers polled every 2 s need about 250 per loop; more at
     * a cold start wait without a deadline.
     */
    private static final int MAX_POLLS = 512;

    private final BridgeConfig.Polling config;
    private final PrinterNetwork network;
    private final PollMetrics metrics;
    private final FleetState fleet;
    private final Map<PrinterId, Monitored> monitors = new HashMap<>();
    private final PollLimiter limiter = new PollLimiter(MAX_POLLS);
    private volatile @Nullable ContextExecutor executor;
    private @Nullable LoopTimers timers;
    private volatile Duration longestPoll = Duration.ZERO;

    /** A monitor, the deadline of its polls, and the registration that its session was opened for. */
    private record Monitored(PrinterMonitor monitor, Duration timeout, Printer printer, Credentials credentials) {}

    MonitoringVerticle(BridgeConfig.Polling config, PrinterNetwork network, PollMetrics metrics, FleetState fleet) {
        this.config = config;
        this.network = network;
        this.metrics = metrics;
        this.fleet = fleet;
    }

    @Override
    public Future<?> start() {
        executor = ContextExecutor.ofCurrent(vertx);
        LoopTimers loopTimers = LoopTimers.ofCurrent(vertx);
        metrics.loops().add(loopTimers);
        timers = loopTimers;
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        monitors.values().forEach(monitored -> monitored.monitor.stop());
        monitors.clear();
        return Future.succeededFuture();
    }

    /** As {@link ContextExecutor#call} on this verticle's loop. */
    <T> Future<T> call(Supplier<Future<T>> work) {
        ContextExecutor loop = executor;
        return loop == null
                ? Future.failedFuture(new IllegalStateException("the monitoring verticle is not started"))
                : loop.call(work);
    }

    Future<Void> run(Runnable work) {
        return call(() -> {
            work.run();
            return Future.succeededFuture();
        });
    }

    void startMonitor(
            Printer printer, Credentials credentials, Driver driver, long generation, Duration firstPollAfter) {
        stopMonitor(printer.id());
        Duration timeout = timeout(printer);
        LoopTimers loopTimers = Objects.requireNonNull(timers, "the verticle is started");
        PrinterHttp http = network.open(printer.address(), printer.fingerprint(), loopTimers);
        PolledSession session = (PolledSession) driver.open(printer, credentials, http, timeout);
        PollSchedule schedule = new PollSchedule(
                config.interval(),
                offlineAfter(printer),
                printer.id(),
                () -> ThreadLocalRandom.current().nextDouble());
        PrinterMonitor monitor = new PrinterMonitor(
                printer.id(), generation, session, timeout, schedule, loopTimers, limiter, metrics, fleet::record);
        monitors.put(printer.id(), new Monitored(monitor, timeout, printer, credentials));
        if (timeout.compareTo(longestPoll) > 0) {
            longestPoll = timeout;
        }
        monitor.start(firstPollAfter);
    }

    /** Whether the open session of a printer also serves its changed registration. */
    boolean canKeepSession(Printer printer, Credentials credentials) {
        Monitored monitored = monitors.get(printer.id());
        return monitored != null
                && monitored.printer.hasSameConnection(printer)
                && monitored.credentials.equals(credentials);
    }

    void stopMonitor(PrinterId printer) {
        Monitored monitored = monitors.remove(printer);
        if (monitored != null) {
            monitored.monitor.stop();
        }
    }

    @Nullable PrinterMonitor find(PrinterId printer) {
        Monitored monitored = monitors.get(printer);
        return monitored == null ? null : monitored.monitor;
    }

    /**
     * Completes when the last poll is recorded, at most one deadline later even if a name lookup hangs or polls wait for a
     * permit. Offline printers come last, so that they do not take the permits before those that answer.
     */
    Future<Void> pollAll() {
        List<Future<Void>> polls = new ArrayList<>(monitors.size());
        for (boolean offline : new boolean[] {false, true}) {
            for (Monitored monitored : monitors.values()) {
                if (monitored.monitor.isOffline() == offline) {
                    polls.add(pollNow(monitored));
                }
            }
        }
        return Future.join(polls).transform(done -> Future.succeededFuture());
    }

    /** Like {@link #pollAll} for one printer; does nothing for one that is not monitored. */
    Future<Void> pollNow(PrinterId printer) {
        Monitored monitored = monitors.get(printer);
        return monitored == null
                ? Future.succeededFuture()
                : pollNow(monitored).transform(done -> Future.succeededFuture());
    }

    private static Future<Void> pollNow(Monitored monitored) {
        return monitored.monitor.pollNow().timeout(monitored.timeout.plus(SLACK).toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The longest deadline that a poll here ever had. */
    Duration longestPoll() {
        return longestPoll;
    }

    Duration timeout(Printer printer) {
        Duration own = printer.polling().timeout();
        return own == null ? config.timeout() : own;
    }

    int offlineAfter(Printer printer) {
        Integer own = printer.polling().offlineAfter();
        return own == null ? config.offlineAfter() : own;
    }
}
