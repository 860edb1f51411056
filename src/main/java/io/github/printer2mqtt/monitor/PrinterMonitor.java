package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.fleet.AvailabilityStatus;
import io.github.printer2mqtt.fleet.AvailabilityStatus.Presence;
import io.github.printer2mqtt.fleet.Observation;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.github.printer2mqtt.vertx.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One printer's timer and session: asks, tells the fleet, and asks again when the printer's standing says so. At most one
 * poll is under way. Belongs to the event loop of its verticle.
 */
final class PrinterMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(PrinterMonitor.class);
    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration SOON_AFTER_SPOILT = Duration.ofSeconds(1);
    private static final Duration SOON_AFTER_FAULT = Duration.ofSeconds(1);
    private static final PollFailure SPOILT =
            new PollFailure(FailureReason.TIMEOUT, "the bridge itself was overloaded, so this does not count");
    private static final Duration REFUSED_AGAIN_AFTER = Duration.ofSeconds(10);

    /** So many time-outs in a row that the loop's lateness may explain are let pass. */
    private static final int MOST_SPOILT = 5;

    private final PrinterId printer;
    private final long generation;
    private final PolledSession session;
    private final Duration timeout;
    private final PollSchedule schedule;
    private final Timers timers;
    private final PollMetrics meters;
    private final Function<Observation, Future<@Nullable AvailabilityStatus>> fleet;
    private final PollLimiter gate;
    private final PollHistory polls = new PollHistory();

    private Timers.@Nullable Timer timer;
    private @Nullable Promise<Void> underWay;
    private @Nullable AvailabilityStatus standing;
    private long lastPollNanos;
    private boolean wantedAgain;
    private boolean stopped;
    private boolean faultLogged;
    private int spoilt;

    /**
     * @param timeout of one poll
     * @param gate through which this loop's polls go
     * @param fleet records an observation and answers the printer's standing on this loop; null if it was dropped
     */
    PrinterMonitor(
            PrinterId printer,
            long generation,
            PolledSession session,
            Duration timeout,
            PollSchedule schedule,
            Timers timers,
            PollLimiter gate,
            PollMetrics meters,
            Function<Observation, Future<@Nullable AvailabilityStatus>> fleet) {
        this.printer = printer;
        this.generation = generation;
        this.session = session;
        this.timeout = timeout;
        this.schedule = schedule;
        this.timers = timers;
        this.gate = gate;
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
        boolean refused = standing != null && standing.reason() == FailureReason.AUTH;
        if (stopped || (refused && timers.nanos() - lastPollNanos < REFUSED_AGAIN_AFTER.toNanos())) {
            return Future.succeededFuture();
        }
        return poll(timers.nanos());
    }

    /** Whether it is off as far as this loop knows. */
    boolean isOffline() {
        AvailabilityStatus known = standing;
        return known != null && known.presence() == Presence.OFFLINE;
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
    List<MonitoringService.PollRecord> polls() {
        return polls.oldestFirst();
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
        long due = timers.nanos() + delay.toNanos();
        timer = timers.after(delay, () -> poll(due));
    }

    /** @param due when it should have begun */
    private Future<Void> poll(long due) {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        Promise<Void> poll = Promise.promise();
        underWay = poll;
        gate.acquire(() -> begin(due, poll));
        return poll.future();
    }

    private void begin(long due, Promise<Void> poll) {
        if (stopped) {
            gate.release();
            poll.complete();
            return;
        }
        long begin = timers.nanos();
        long lostBefore = timers.lagNanos();
        lastPollNanos = begin;
        meters.onBegin(Duration.ofNanos(begin - due));
        ask().onComplete(asked -> {
            meters.onEnd();
            gate.release();
            continued(poll, () -> onAsked(asked, begin, lostBefore, poll));
        });
    }

    /** Whatever goes wrong in a step of a poll, another poll follows. */
    private void continued(Promise<Void> poll, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            logFault("the handling of a poll failed", e);
            underWay = null;
            if (!stopped) {
                wait(SOON_AFTER_FAULT);
            }
            poll.tryComplete();
        }
    }

    private Future<Reading> ask() {
        try {
            return session.poll();
        } catch (RuntimeException | Error e) {
            return Future.failedFuture(e);
        }
    }

    private void onAsked(AsyncResult<Reading> asked, long begin, long lostBefore, Promise<Void> poll) {
        if (stopped) {
            poll.complete();
            return;
        }
        PollResult finding = asked.succeeded() ? asked.result() : miss(asked.cause());
        Duration latency = Duration.ofNanos(timers.nanos() - begin);
        if (isSpoilt(finding, lostBefore)) {
            spoilt++;
            polls.add(timers.now(), latency, SPOILT);
            meters.onSpoilt();
            underWay = null;
            wait(SOON_AFTER_SPOILT);
            poll.complete();
            return;
        }
        spoilt = 0;
        Observation observation = new Observation(printer, generation, finding, latency, timers.now());
        polls.add(observation.at(), latency, finding.fold(reading -> null, missed -> missed));
        meters.count(finding, latency);
        fleet.apply(observation).onComplete(recorded -> continued(poll, () -> onRecorded(recorded, poll)));
    }

    /**
     * Whether a printer seems silent because the loop stood still: then nothing is known of it. Not for ever, since a
     * machine may be overloaded all the time and a printer be off.
     */
    private boolean isSpoilt(PollResult finding, long lostBefore) {
        PollFailure miss = finding.fold(reading -> null, missed -> missed);
        return miss != null
                && miss.reason() == FailureReason.TIMEOUT
                && spoilt < MOST_SPOILT
                && LoopTimers.isTooMuch(timeout, timers.lagNanos() - lostBefore);
    }

    private void onRecorded(AsyncResult<@Nullable AvailabilityStatus> recorded, Promise<Void> poll) {
        underWay = null;
        if (recorded.failed()) {
            logFault("the fleet could not record an observation", recorded.cause());
        }
        if (!stopped) {
            AvailabilityStatus now = recorded.result();
            if (now != null) {
                tellEdge(now);
                standing = now;
            }
            AvailabilityStatus known = standing;
            if (recorded.failed()) {
                wait(SOON_AFTER_FAULT);
            } else {
                wait(
                        wantedAgain || known == null
                                ? SOON
                                : schedule.next(known, lastPollNanos, timers.nanos(), timers.loopLoad()));
            }
            wantedAgain = false;
        }
        poll.complete();
    }

    /** Offline is normal: one line when it begins and one when it ends. */
    private void tellEdge(AvailabilityStatus now) {
        Presence before = standing == null ? Presence.UNKNOWN : standing.presence();
        if (now.presence() == Presence.OFFLINE && before != Presence.OFFLINE) {
            LOG.info(
                    "{} is offline: {}",
                    printer,
                    now.reason() == null ? "unknown" : now.reason().wireName());
        } else if (now.presence() == Presence.ONLINE && before == Presence.OFFLINE) {
            LOG.info("{} is online again: {}", printer, now.state().wireName());
        }
    }

    /** Once a watch: a fault that comes back with each poll would fill the log. */
    private void logFault(String what, Throwable fault) {
        if (!faultLogged) {
            faultLogged = true;
            LOG.error("{}: {}", printer, what, fault);
        }
    }

    private PollFailure miss(Throwable failure) {
        if (failure instanceof PrinterException fault) {
            return fault.failure();
        }
        logFault("a poll failed by a fault of the bridge", failure);
        return new PollFailure(FailureReason.UNREADABLE, "a fault of the bridge, see its log");
    }
}
