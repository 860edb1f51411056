package io.github.printer2mqtt.poll;

import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.fleet.Standing;
import io.github.printer2mqtt.fleet.Standing.Presence;
import io.github.printer2mqtt.net.PrinterFault;
import io.github.printer2mqtt.printer.Command;
import io.github.printer2mqtt.printer.Finding;
import io.github.printer2mqtt.printer.Miss;
import io.github.printer2mqtt.printer.MissReason;
import io.github.printer2mqtt.printer.Observation;
import io.github.printer2mqtt.printer.PrinterId;
import io.github.printer2mqtt.printer.Reading;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One printer's timer and session: asks, tells the fleet, and asks again when the printer's standing says so. At most one
 * poll is under way. Belongs to the event loop of its verticle.
 */
final class PrinterWatch {
    private static final Logger LOG = LoggerFactory.getLogger(PrinterWatch.class);
    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration REFUSED_AGAIN_AFTER = Duration.ofSeconds(10);
    private static final int KEPT_POLLS = 20;

    private final PrinterId printer;
    private final long incarnation;
    private final PolledSession session;
    private final PollSchedule schedule;
    private final Timers timers;
    private final PollMeters meters;
    private final Function<Observation, Future<@Nullable Standing>> fleet;
    private final Deque<PollRecord> polls = new ArrayDeque<>(KEPT_POLLS);

    private Timers.@Nullable Timer timer;
    private @Nullable Promise<Void> underWay;
    private @Nullable Standing standing;
    private long lastPollNanos;
    private boolean wantedAgain;
    private boolean stopped;
    private boolean faultLogged;

    /** @param fleet records an observation and answers the printer's standing on this loop; null if it was dropped */
    PrinterWatch(
            PrinterId printer,
            long incarnation,
            PolledSession session,
            PollSchedule schedule,
            Timers timers,
            PollMeters meters,
            Function<Observation, Future<@Nullable Standing>> fleet) {
        this.printer = printer;
        this.incarnation = incarnation;
        this.session = session;
        this.schedule = schedule;
        this.timers = timers;
        this.meters = meters;
        this.fleet = fleet;
    }

    void start(Duration firstPollAfter) {
        wait(firstPollAfter);
    }

    /** Asks now, or shares the poll under way; a printer that refuses us is not asked more than every 10 seconds. */
    Future<Void> pollNow() {
        Promise<Void> poll = underWay;
        if (poll != null) {
            return poll.future();
        }
        boolean refused = standing != null && standing.reason() == MissReason.AUTH;
        if (stopped || (refused && timers.nanos() - lastPollNanos < REFUSED_AGAIN_AFTER.toNanos())) {
            return Future.succeededFuture();
        }
        return poll();
    }

    /** Asks soon, for somebody did something to the printer. */
    void pollSoon() {
        if (underWay != null) {
            wantedAgain = true;
        } else if (!stopped) {
            wait(SOON);
        }
    }

    Future<Void> execute(Command command) {
        return session.execute(command);
    }

    /** The last polls, oldest first. */
    List<PollRecord> polls() {
        return List.copyOf(polls);
    }

    void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel();
        }
        session.close();
    }

    private void wait(Duration delay) {
        if (timer != null) {
            timer.cancel();
        }
        timer = timers.after(delay, this::poll);
    }

    private Future<Void> poll() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        Promise<Void> poll = Promise.promise();
        underWay = poll;
        long begin = timers.nanos();
        lastPollNanos = begin;
        ask().onComplete(asked -> onAsked(asked, begin, poll));
        return poll.future();
    }

    private Future<Reading> ask() {
        try {
            return session.poll();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void onAsked(AsyncResult<Reading> asked, long begin, Promise<Void> poll) {
        if (stopped) {
            poll.complete();
            return;
        }
        Finding finding = asked.succeeded() ? asked.result() : miss(asked.cause());
        Duration latency = Duration.ofNanos(timers.nanos() - begin);
        Observation observation = new Observation(printer, incarnation, finding, latency, timers.now());
        keep(observation);
        meters.count(finding, latency);
        fleet.apply(observation).onComplete(recorded -> onRecorded(recorded, poll));
    }

    private void onRecorded(AsyncResult<@Nullable Standing> recorded, Promise<Void> poll) {
        underWay = null;
        if (recorded.failed()) {
            LOG.error("{}: the fleet could not record an observation", printer, recorded.cause());
        }
        if (!stopped) {
            Standing now = recorded.result();
            if (now != null) {
                tellEdge(now);
                standing = now;
            }
            Standing known = standing;
            wait(wantedAgain || known == null ? SOON : schedule.next(known, timers.nanos()));
            wantedAgain = false;
        }
        poll.complete();
    }

    /** Offline is normal: one line when it begins and one when it ends. */
    private void tellEdge(Standing now) {
        Presence before = standing == null ? Presence.UNKNOWN : standing.presence();
        if (now.presence() == Presence.OFFLINE && before != Presence.OFFLINE) {
            LOG.info(
                    "{} is offline: {}",
                    printer,
                    now.reason() == null ? "unknown" : now.reason().word());
        } else if (now.presence() == Presence.ONLINE && before == Presence.OFFLINE) {
            LOG.info("{} is online again: {}", printer, now.state().word());
        }
    }

    private Miss miss(Throwable failure) {
        if (failure instanceof PrinterFault fault) {
            return fault.miss();
        }
        if (!faultLogged) {
            faultLogged = true;
            LOG.error("{}: a poll failed by a fault of the bridge", printer, failure);
        }
        return new Miss(MissReason.UNREADABLE, "a fault of the bridge, see its log");
    }

    private void keep(Observation observation) {
        if (polls.size() >= KEPT_POLLS) {
            polls.removeFirst();
        }
        Miss miss = observation.finding().fold(reading -> null, missed -> missed);
        polls.addLast(new PollRecord(observation.at(), observation.latency().toMillis(), miss));
    }
}
