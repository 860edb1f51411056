package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.FoundPicture;
import io.github.printer2mqtt.driver.PrinterSession;
import io.github.printer2mqtt.driver.PushedSession;
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
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
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
    private final Ownership ownership;
    private final Map<PrinterId, Monitored> monitors = new HashMap<>();
    private final PollLimiter limiter = new PollLimiter(MAX_POLLS);
    private volatile @Nullable ContextExecutor executor;
    private @Nullable LoopTimers timers;
    private volatile Duration longestPoll = Duration.ZERO;
    private volatile MonitoringService.MessageReceiver messageReceiver = (printer, message) -> {};

    /**
     * A monitor and the registration that its session was opened for.
     *
     * @param pushes null if the protocol has no push
     * @param timeout the deadline of its polls
     */
    private record Monitored(
            PrinterMonitor monitor,
            @Nullable PushedMonitor pushes,
            Duration timeout,
            Printer printer,
            Credentials credentials) {
        void stop() {
            if (pushes != null) {
                pushes.stop();
            }
            monitor.stop();
        }
    }

    MonitoringVerticle(
            BridgeConfig.Polling config,
            PrinterNetwork network,
            PollMetrics metrics,
            FleetState fleet,
            Ownership ownership) {
        this.config = config;
        this.network = network;
        this.metrics = metrics;
        this.fleet = fleet;
        this.ownership = ownership;
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
        monitors.values().forEach(Monitored::stop);
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

    /** Thread-safe. */
    void handOnMessages(MonitoringService.MessageReceiver receiver) {
        messageReceiver = receiver;
    }

    void startMonitor(
            Printer printer, Credentials credentials, Driver driver, long generation, Duration firstPollAfter) {
        stopMonitor(printer.id());
        Duration timeout = timeout(printer);
        LoopTimers loopTimers = Objects.requireNonNull(timers, "the verticle is started");
        PrinterHttp http = network.open(driver.server(printer.address()), printer.fingerprint(), loopTimers);
        PrinterSession session = driver.open(printer, credentials, http, timeout);
        DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
        PollSchedule schedule = new PollSchedule(config.interval(), offlineAfter(printer), printer.id(), random);
        ObservationRecorder recorder =
                new ObservationRecorder(printer.id(), generation, loopTimers, ownership, fleet::record);
        PrinterMonitor monitor = new PrinterMonitor(session, timeout, schedule, loopTimers, limiter, metrics, recorder);
        PushedMonitor pushes = null;
        if (session instanceof PushedSession pushed) {
            pushes = new PushedMonitor(
                    pushed,
                    monitor,
                    recorder,
                    schedule,
                    loopTimers,
                    random,
                    metrics.pushes(),
                    () -> fleet.endSession(printer.id(), generation));
            pushed.handOn(message -> messageReceiver.onMessage(printer.id(), message));
            pushes.start();
        }
        monitors.put(printer.id(), new Monitored(monitor, pushes, timeout, printer, credentials));
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
            monitored.stop();
        }
    }

    @Nullable PrinterMonitor find(PrinterId printer) {
        Monitored monitored = monitors.get(printer);
        return monitored == null ? null : monitored.monitor;
    }

    /** As {@link PictureFinder#findPicture}. */
    Future<PictureFinder.Located> findPicture(PrinterId printer, FoundPicture.Kind kind, Duration limit) {
        Monitored monitored = monitors.get(printer);
        return monitored == null
                ? Future.failedFuture(new NoSuchElementException(printer + " is not monitored"))
                : monitored
                        .monitor
                        .findPicture(kind, limit)
                        .map(found -> new PictureFinder.Located(monitored.printer, found));
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
