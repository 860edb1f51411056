package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.github.printer2mqtt.vertx.ContextHop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Spreads the watches over polling verticles by printer id, so that order holds for each printer. */
public final class MonitoringLoops implements MonitoringService {
    private static final int MOST_LOOPS = 4;

    /** Between the first polls of two printers at start: a cold start must not look like a farm that is off. */
    private static final Duration RAMP_PER_PRINTER = Duration.ofMillis(1);

    private final Vertx vertx;
    private final Map<String, Driver> drivers;
    private final FleetContext fleet;
    private final List<MonitoringVerticle> loops;
    private final Queue<String> deployments = new ConcurrentLinkedQueue<>();

    private MonitoringLoops(
            Vertx vertx, Map<String, Driver> drivers, FleetContext fleet, List<MonitoringVerticle> loops) {
        this.vertx = vertx;
        this.drivers = drivers;
        this.fleet = fleet;
        this.loops = loops;
    }

    /** How many loops there are: one a core, at most 4. */
    public static int count() {
        return Math.max(1, Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors()));
    }

    /** @param drivers by their ids */
    public static MonitoringLoops create(
            Vertx vertx,
            BridgeConfig.Polling config,
            Map<String, Driver> drivers,
            PrinterNetwork network,
            PollMetrics meters,
            FleetContext fleet) {
        List<MonitoringVerticle> loops = new ArrayList<>();
        for (int i = 0; i < count(); i++) {
            loops.add(new MonitoringVerticle(config, network, meters, fleet));
        }
        return new MonitoringLoops(vertx, Map.copyOf(drivers), fleet, List.copyOf(loops));
    }

    /** Deploys the verticles; nothing is polled yet. */
    public Future<Void> start() {
        List<Future<String>> deployed = loops.stream()
                .map(loop -> vertx.deployVerticle(loop).onSuccess(deployments::add))
                .toList();
        return Future.all(deployed).mapEmpty();
    }

    /** Stops asking and closes every connection; what is under way is not told any more. */
    public Future<Void> stop() {
        List<Future<Void>> ended = deployments.stream().map(vertx::undeploy).toList();
        return Future.join(ended).mapEmpty();
    }

    /** Begins to watch a fleet read at start, its first polls spread by the size of the fleet. */
    public Future<Void> watchAll(Map<Printer, Credentials> printers) {
        Duration ramp = RAMP_PER_PRINTER.multipliedBy(printers.size());
        List<Future<Void>> watched = new ArrayList<>(printers.size());
        printers.forEach((printer, credentials) -> {
            Duration firstPollAfter = Duration.ofNanos((long) (ramp.toNanos() * PollSchedule.share(printer.id())));
            watched.add(watch(printer, credentials, firstPollAfter));
        });
        return Future.join(watched).mapEmpty();
    }

    /** Shows a printer that cannot be polled as disabled. */
    public Future<Void> showUnusable(Printer printer, String reason) {
        return fleet.<Boolean>ask(book -> {
                    book.registerUnusable(printer, reason);
                    return true;
                })
                .mapEmpty();
    }

    @Override
    public Future<Void> watch(Printer printer, Credentials credentials) {
        MonitoringVerticle loop = owner(printer.id());
        return here(loop, () -> Future.succeededFuture(loop.canKeepSession(printer, credentials)))
                .compose(kept -> kept
                        ? fleet.<Boolean>ask(book -> {
                                    book.update(printer);
                                    return true;
                                })
                                .mapEmpty()
                        : watch(printer, credentials, Duration.ZERO));
    }

    private Future<Void> watch(Printer printer, Credentials credentials, Duration firstPollAfter) {
        Driver driver = drivers.get(printer.driver());
        if (driver == null) {
            return Future.failedFuture(
                    new IllegalArgumentException(printer.id() + ": no driver is called " + printer.driver()));
        }
        MonitoringVerticle loop = owner(printer.id());
        return fleet.ask(book -> book.register(printer, driver.capabilities(), loop.offlineAfter(printer)))
                .compose(generation -> here(loop, () -> {
                    if (printer.enabled()) {
                        loop.watch(printer, credentials, driver, generation, firstPollAfter);
                    } else {
                        loop.unwatch(printer.id());
                    }
                    return Future.succeededFuture();
                }));
    }

    @Override
    public Future<Void> unwatch(PrinterId printer) {
        MonitoringVerticle loop = owner(printer);
        return fleet.<Boolean>ask(book -> {
                    book.remove(printer);
                    return true;
                })
                .compose(removed -> here(loop, () -> {
                    loop.unwatch(printer);
                    return Future.succeededFuture();
                }));
    }

    @Override
    public Future<Void> pollAll() {
        List<Future<Void>> polls =
                loops.stream().map(loop -> soon(loop, loop::pollAll)).toList();
        return Future.join(polls).mapEmpty();
    }

    @Override
    public Future<Void> pollNow(PrinterId printer) {
        MonitoringVerticle loop = owner(printer);
        return soon(loop, () -> loop.pollNow(printer));
    }

    /** Polls on a loop, which sees to their bound itself unless it stands still: then nobody waits longer for it. */
    private Future<Void> soon(MonitoringVerticle loop, Supplier<Future<Void>> polls) {
        Duration bound = loop.longestPoll().plus(MonitoringVerticle.SLACK.multipliedBy(2));
        return here(loop, polls)
                .timeout(bound.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure ->
                        failure instanceof TimeoutException ? Future.succeededFuture() : Future.failedFuture(failure));
    }

    @Override
    public void pollSoon(PrinterId printer) {
        MonitoringVerticle loop = owner(printer);
        here(loop, () -> {
            PrinterMonitor watch = loop.find(printer);
            if (watch != null) {
                watch.pollSoon();
            }
            return Future.succeededFuture();
        });
    }

    @Override
    public Future<Void> execute(PrinterId printer, Command command) {
        MonitoringVerticle loop = owner(printer);
        return here(loop, () -> {
            PrinterMonitor watch = loop.find(printer);
            return watch == null
                    ? Future.failedFuture(new NoSuchElementException(printer + " is not watched"))
                    : watch.execute(command);
        });
    }

    @Override
    public Future<List<MonitoringService.PollRecord>> polls(PrinterId printer) {
        MonitoringVerticle loop = owner(printer);
        return here(loop, () -> {
            PrinterMonitor watch = loop.find(printer);
            return Future.succeededFuture(watch == null ? List.of() : watch.polls());
        });
    }

    private MonitoringVerticle owner(PrinterId printer) {
        return loops.get(Math.floorMod(printer.hashCode(), loops.size()));
    }

    /** Works on a loop and brings the result to the caller's context. */
    private <T> Future<T> here(MonitoringVerticle loop, Supplier<Future<T>> work) {
        return ContextHop.back(vertx, loop.on(work));
    }
}
