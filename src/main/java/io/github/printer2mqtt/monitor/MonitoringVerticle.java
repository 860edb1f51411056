package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.github.printer2mqtt.vertx.VertxTimers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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
 * The watches of a share of the fleet, on one event loop. Only {@link #on} is safe for every thread; the rest is called
 * there.
 */
final class MonitoringVerticle extends VerticleBase {
    /** Beyond the deadline of a poll: the way to the fleet and back. */
    static final Duration SLACK = Duration.ofMillis(250);

    /**
     * Polls of one loop under way at most. Ten thousand healthy printers every 2 s are about 250 a loop; what more there
     * is at a cold start waits without a deadline.
     */
    private static final int MOST_POLLS = 512;

    private final BridgeConfig.Polling config;
    private final PrinterNetwork network;
    private final PollMetrics meters;
    private final FleetContext fleet;
    private final Map<PrinterId, Watched> watches = new HashMap<>();
    private final PollLimiter gate = new PollLimiter(MOST_POLLS);
    private @Nullable Context loop;
    private @Nullable LoopTimers timers;
    private volatile Duration longestPoll = Duration.ZERO;

    /** A watch, the longest time one of its polls takes, and what its session was opened for. */
    private record Watched(PrinterMonitor watch, Duration timeout, Printer printer, Credentials credentials) {}

    MonitoringVerticle(BridgeConfig.Polling config, PrinterNetwork network, PollMetrics meters, FleetContext fleet) {
        this.config = config;
        this.network = network;
        this.meters = meters;
        this.fleet = fleet;
    }

    @Override
    public Future<?> start() {
        loop = vertx.getOrCreateContext();
        LoopTimers here = LoopTimers.here(vertx);
        meters.loops().follow(here);
        timers = here;
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        watches.values().forEach(watched -> watched.watch.stop());
        watches.clear();
        return Future.succeededFuture();
    }

    /** Runs something on this verticle's loop. */
    <T> Future<T> on(Supplier<Future<T>> work) {
        Context there = loop;
        if (there == null) {
            return Future.failedFuture(new IllegalStateException("the polling verticle is not started"));
        }
        Promise<T> result = Promise.promise();
        there.runOnContext(now -> {
            try {
                work.get().onComplete(result);
            } catch (RuntimeException | Error e) {
                result.fail(e);
            }
        });
        return result.future();
    }

    void watch(Printer printer, Credentials credentials, Driver driver, long generation, Duration firstPollAfter) {
        unwatch(printer.id());
        Duration timeout = timeout(printer);
        LoopTimers here = Objects.requireNonNull(timers, "the verticle is started");
        PrinterHttp http = network.open(printer.address(), printer.fingerprint(), here);
        PolledSession session = (PolledSession) driver.open(printer, credentials, http, timeout);
        PollSchedule schedule = new PollSchedule(
                config.interval(),
                offlineAfter(printer),
                printer.id(),
                () -> ThreadLocalRandom.current().nextDouble());
        PrinterMonitor watch = new PrinterMonitor(
                printer.id(),
                generation,
                session,
                timeout,
                schedule,
                new VertxTimers(here),
                gate,
                meters,
                observation -> fleet.ask(book -> book.record(observation)));
        watches.put(printer.id(), new Watched(watch, timeout, printer, credentials));
        if (timeout.compareTo(longestPoll) > 0) {
            longestPoll = timeout;
        }
        watch.start(firstPollAfter);
    }

    /** Whether the open session of a printer can serve its changed registration, too. */
    boolean canKeepSession(Printer printer, Credentials credentials) {
        Watched watched = watches.get(printer.id());
        return watched != null && watched.printer.hasSameConnection(printer) && watched.credentials.equals(credentials);
    }

    void unwatch(PrinterId printer) {
        Watched watched = watches.remove(printer);
        if (watched != null) {
            watched.watch.stop();
        }
    }

    @Nullable PrinterMonitor find(PrinterId printer) {
        Watched watched = watches.get(printer);
        return watched == null ? null : watched.watch;
    }

    /**
     * Completes when the last poll is recorded; neither a resolver that hangs nor the gate holds anybody up longer than a
     * deadline. Printers that are off come last, so that they do not fill the gate before those that answer.
     */
    Future<Void> pollAll() {
        List<Future<Void>> polls = new ArrayList<>(watches.size());
        for (boolean offline : new boolean[] {false, true}) {
            for (Watched watched : watches.values()) {
                if (watched.watch.isOffline() == offline) {
                    polls.add(pollNow(watched));
                }
            }
        }
        return Future.join(polls).transform(done -> Future.succeededFuture());
    }

    /** Like {@link #pollAll} for one; nothing for one that is not watched. */
    Future<Void> pollNow(PrinterId printer) {
        Watched watched = watches.get(printer);
        return watched == null
                ? Future.succeededFuture()
                : pollNow(watched).transform(done -> Future.succeededFuture());
    }

    private static Future<Void> pollNow(Watched watched) {
        return watched.watch.pollNow().timeout(watched.timeout.plus(SLACK).toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The longest deadline that a poll here ever had. Safe for every thread. */
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
