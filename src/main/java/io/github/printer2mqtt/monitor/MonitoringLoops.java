package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.FoundPicture;
import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Distributes the printers over event loops, so that everything of one printer happens in order. A loop is filled before
 * the next one is used: a busy loop finds several answers each time it wakes up, and waking costs more than an answer.
 * Thread-safe.
 */
public final class MonitoringLoops implements MonitoringService, PictureFinder {
    private static final int MAX_LOOPS = 4;

    /** A loop gets so many before the next one is used. */
    private static final int PREFERRED_PRINTERS = 1000;

    /** Average time between the first polls of two printers at start, so that a cold start does not overload the loops. */
    private static final Duration RAMP_PER_PRINTER = Duration.ofMillis(1);

    private final Vertx vertx;
    private final Map<String, Driver> drivers;
    private final FleetState fleet;
    private final List<MonitoringVerticle> loops;
    private final Map<PrinterId, MonitoringVerticle> owners = new HashMap<>();
    private final Map<MonitoringVerticle, Integer> printersPerLoop = new HashMap<>();
    private final Queue<String> deployments = new ConcurrentLinkedQueue<>();

    /**
     * @param drivers by their ids
     * @param ownership of all printers; after its loss none is polled, nothing is recorded and no command is sent
     */
    public MonitoringLoops(
            Vertx vertx,
            BridgeConfig.Polling config,
            Map<String, Driver> drivers,
            PrinterNetwork network,
            PollMetrics metrics,
            FleetState fleet,
            Ownership ownership) {
        this.vertx = vertx;
        this.drivers = Map.copyOf(drivers);
        this.fleet = fleet;
        metrics.pushes().observe(network.received());
        this.loops = Stream.generate(() -> new MonitoringVerticle(config, network, metrics, fleet, ownership))
                .limit(count())
                .toList();
    }

    /** Number of loops: one per core, at most 4. */
    public static int count() {
        return Math.max(1, Math.min(MAX_LOOPS, Runtime.getRuntime().availableProcessors()));
    }

    /** Deploys the verticles; nothing is polled yet. */
    public Future<Void> start() {
        List<Future<String>> deployed = loops.stream()
                .map(loop -> vertx.deployVerticle(loop).onSuccess(deployments::add))
                .toList();
        return Future.all(deployed).mapEmpty();
    }

    /** Stops polling and closes every connection; polls in flight are not recorded any more. */
    public Future<Void> stop() {
        List<Future<Void>> ended = deployments.stream().map(vertx::undeploy).toList();
        return Future.join(ended).mapEmpty();
    }

    /** Monitors the printers read at start; the larger the fleet, the longer the time over which their first polls spread. */
    public Future<Void> monitorAll(Map<Printer, Credentials> printers) {
        Duration ramp = RAMP_PER_PRINTER.multipliedBy(printers.size());
        List<Future<Void>> started = new ArrayList<>(printers.size());
        printers.forEach((printer, credentials) -> {
            Duration firstPollAfter = Duration.ofNanos((long) (ramp.toNanos() * PollSchedule.position(printer.id())));
            started.add(monitor(printer, credentials, firstPollAfter));
        });
        return Future.join(started).mapEmpty();
    }

    @Override
    public void handOnMessages(MessageReceiver receiver) {
        loops.forEach(loop -> loop.handOnMessages(receiver));
    }

    @Override
    public Future<Void> register(Printer printer) {
        MonitoringVerticle loop = assign(printer.id());
        return driver(printer)
                .map(driver -> registerInFleet(printer, driver, loop))
                .compose(generation -> loop.run(() -> loop.stopMonitor(printer.id())));
    }

    @Override
    public Future<Void> monitor(Printer printer, Credentials credentials) {
        MonitoringVerticle loop = assign(printer.id());
        return loop.call(() -> Future.succeededFuture(loop.canKeepSession(printer, credentials)))
                .compose(kept -> {
                    if (!kept) {
                        return monitor(printer, credentials, Duration.ZERO);
                    }
                    fleet.update(printer);
                    return Future.succeededFuture();
                });
    }

    private Future<Void> monitor(Printer printer, Credentials credentials, Duration firstPollAfter) {
        if (!printer.enabled()) {
            return register(printer);
        }
        MonitoringVerticle loop = assign(printer.id());
        return driver(printer).compose(driver -> {
            long generation = registerInFleet(printer, driver, loop);
            return loop.run(() -> loop.startMonitor(printer, credentials, driver, generation, firstPollAfter));
        });
    }

    private long registerInFleet(Printer printer, Driver driver, MonitoringVerticle loop) {
        return fleet.register(printer, driver.capabilities(), loop.offlineAfter(printer));
    }

    private Future<Driver> driver(Printer printer) {
        Driver driver = drivers.get(printer.driver());
        return driver == null
                ? Future.failedFuture(
                        new IllegalArgumentException(printer.id() + ": unknown driver " + printer.driver()))
                : Future.succeededFuture(driver);
    }

    @Override
    public Future<Void> unregister(PrinterId printer) {
        MonitoringVerticle loop = loopOf(printer);
        fleet.remove(printer);
        return loop.run(() -> loop.stopMonitor(printer)).onSuccess(stopped -> release(printer));
    }

    @Override
    public Future<Void> pollAll() {
        List<Future<Void>> polls =
                loops.stream().map(loop -> bounded(loop, loop::pollAll)).toList();
        return Future.join(polls).mapEmpty();
    }

    @Override
    public Future<Void> pollNow(PrinterId printer) {
        MonitoringVerticle loop = loopOf(printer);
        return bounded(loop, () -> loop.pollNow(printer));
    }

    /** The loop bounds its polls itself; this bound holds even if the loop is blocked. */
    private Future<Void> bounded(MonitoringVerticle loop, Supplier<Future<Void>> polls) {
        Duration bound = loop.longestPoll().plus(MonitoringVerticle.SLACK.multipliedBy(2));
        return loop.call(polls)
                .timeout(bound.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure ->
                        failure instanceof TimeoutException ? Future.succeededFuture() : Future.failedFuture(failure));
    }

    @Override
    public void pollEarly(PrinterId printer) {
        MonitoringVerticle loop = loopOf(printer);
        loop.run(() -> {
            PrinterMonitor monitor = loop.find(printer);
            if (monitor != null) {
                monitor.pollEarly();
            }
        });
    }

    @Override
    public Future<Void> execute(PrinterId printer, PrinterCommand command) {
        MonitoringVerticle loop = loopOf(printer);
        return loop.call(() -> {
            PrinterMonitor monitor = loop.find(printer);
            return monitor == null
                    ? Future.failedFuture(new NoSuchElementException(printer + " is not monitored"))
                    : monitor.execute(command);
        });
    }

    @Override
    public Future<PictureFinder.Located> findPicture(PrinterId printer, FoundPicture.Kind kind, Duration limit) {
        MonitoringVerticle loop = loopOf(printer);
        return loop.call(() -> loop.findPicture(printer, kind, limit));
    }

    @Override
    public Future<MonitoringService.RecentPolls> recentPolls(PrinterId printer) {
        MonitoringVerticle loop = loopOf(printer);
        return loop.call(() -> {
            PrinterMonitor monitor = loop.find(printer);
            return Future.succeededFuture(
                    monitor == null ? new MonitoringService.RecentPolls(null, null, List.of()) : monitor.recentPolls());
        });
    }

    /** The loop of a printer, which it keeps until it is removed. */
    private synchronized MonitoringVerticle assign(PrinterId printer) {
        return owners.computeIfAbsent(printer, id -> {
            MonitoringVerticle loop = loops.stream()
                    .filter(candidate -> printersOf(candidate) < PREFERRED_PRINTERS)
                    .findFirst()
                    .orElseGet(() -> Collections.min(loops, Comparator.comparingInt(this::printersOf)));
            printersPerLoop.merge(loop, 1, Integer::sum);
            return loop;
        });
    }

    /** Any loop for a printer that is not registered. */
    private synchronized MonitoringVerticle loopOf(PrinterId printer) {
        return owners.getOrDefault(printer, loops.get(0));
    }

    private synchronized void release(PrinterId printer) {
        MonitoringVerticle loop = owners.remove(printer);
        if (loop != null) {
            printersPerLoop.merge(loop, -1, Integer::sum);
        }
    }

    private int printersOf(MonitoringVerticle loop) {
        return printersPerLoop.getOrDefault(loop, 0);
    }
}
