package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.driver.FoundPicture;
import io.github.printer2mqtt.driver.PrinterSession;
import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.fleet.AvailabilityStatus;
import io.github.printer2mqtt.fleet.AvailabilityStatus.Availability;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.monitor.MonitoringService.Mode;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.github.printer2mqtt.vertx.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls one printer over its session and records the observations in the fleet, whose answer decides when the next poll is
 * due; while the printer pushes, none is, and {@link PushedMonitor} watches it. At most one poll is in flight. Belongs to
 * the event loop of its verticle.
 */
final class PrinterMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(PrinterMonitor.class);
    private static final Duration EARLY_POLL_AFTER = Duration.ofMillis(200);
    private static final Duration RETRY_AFTER_INCONCLUSIVE = Duration.ofSeconds(1);
    private static final Duration RETRY_AFTER_FAULT = Duration.ofSeconds(1);
    private static final PollFailure INCONCLUSIVE =
            new PollFailure(FailureReason.TIMEOUT, "the bridge itself was overloaded; the timeout does not count");
    private static final Duration MIN_PAUSE_AFTER_AUTH_FAILURE = Duration.ofSeconds(10);

    /** Maximum consecutive timeouts ignored while the loop lags. */
    private static final int MAX_INCONCLUSIVE = 5;

    private final PrinterSession session;
    private final Duration timeout;
    private final PollSchedule schedule;
    private final Timers timers;
    private final PollMetrics metrics;
    private final ObservationRecorder recorder;
    private final PollLimiter limiter;
    private final PollHistory history = new PollHistory();

    private Timers.@Nullable Timer timer;
    private @Nullable Promise<Void> inFlight;
    private Consumer<PollResult> afterPoll = result -> {};
    private long dueNanos;
    private long lastPollNanos;
    private boolean earlyPollRequested;
    private boolean stopped;
    private boolean faultLogged;
    private int inconclusiveInARow;

    /**
     * @param timeout of one poll
     * @param limiter of the polls of this loop
     */
    PrinterMonitor(
            PrinterSession session,
            Duration timeout,
            PollSchedule schedule,
            Timers timers,
            PollLimiter limiter,
            PollMetrics metrics,
            ObservationRecorder recorder) {
        this.session = session;
        this.timeout = timeout;
        this.schedule = schedule;
        this.timers = timers;
        this.limiter = limiter;
        this.metrics = metrics;
        this.recorder = recorder;
    }

    /** Called after each recorded poll, before the next one is scheduled. */
    void afterPoll(Consumer<PollResult> action) {
        afterPoll = action;
    }

    void start(Duration firstPollAfter) {
        schedulePoll(firstPollAfter);
    }

    /** Polls now, or shares the poll in flight. A printer that rejects our credentials is polled at most every 10 seconds. */
    Future<Void> pollNow() {
        Promise<Void> poll = inFlight;
        if (poll != null) {
            return poll.future();
        }
        AvailabilityStatus known = recorder.availability();
        boolean refused = known != null && known.reason() == FailureReason.AUTH;
        if (stopped || (refused && timers.nanos() - lastPollNanos < MIN_PAUSE_AFTER_AUTH_FAILURE.toNanos())) {
            return Future.succeededFuture();
        }
        return poll(timers.nanos());
    }

    boolean isOffline() {
        return recorder.is(Availability.OFFLINE);
    }

    boolean isPolling() {
        return inFlight != null;
    }

    void pollEarly() {
        if (inFlight != null) {
            earlyPollRequested = true;
        } else {
            pollWithin(EARLY_POLL_AFTER);
        }
    }

    /** Polls after this delay, unless a poll is due earlier. */
    void pollWithin(Duration delay) {
        boolean isEarlier = timer != null && dueNanos - timers.nanos() <= delay.toNanos();
        if (inFlight == null && !stopped && !isEarlier) {
            schedulePoll(delay);
        }
    }

    Future<Void> execute(PrinterCommand command) {
        return recorder.isHeld()
                ? session.execute(command)
                : Future.failedFuture(new MonitoringService.NotHeldException(recorder.printer()));
    }

    Future<FoundPicture> findPicture(FoundPicture.Kind kind, Duration limit) {
        return session.findPicture(kind, limit);
    }

    MonitoringService.RecentPolls recentPolls() {
        return session instanceof PushedSession pushed && pushed.hasPush() && pushed.fallback() == null
                ? new MonitoringService.RecentPolls(Mode.PUSH, null, history.oldestFirst())
                : new MonitoringService.RecentPolls(Mode.POLL, fallback(), history.oldestFirst());
    }

    private @Nullable String fallback() {
        return session instanceof PushedSession pushed ? pushed.fallback() : null;
    }

    void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel();
        }
        session.close();
    }

    private void schedulePoll(Duration delay) {
        if (timer != null) {
            timer.cancel();
        }
        long due = timers.nanos() + delay.toNanos();
        dueNanos = due;
        timer = timers.after(delay, () -> poll(due));
    }

    /** @param due when the poll should have started */
    private Future<Void> poll(long due) {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        Promise<Void> poll = Promise.promise();
        inFlight = poll;
        limiter.acquire(() -> start(due, poll));
        return poll.future();
    }

    /** After a loss the poll stays in flight for good, so that no other one is scheduled. */
    private boolean isOver() {
        return stopped || !recorder.isHeld();
    }

    private void start(long due, Promise<Void> poll) {
        if (isOver()) {
            limiter.release();
            poll.complete();
            return;
        }
        long start = timers.nanos();
        long lagBefore = timers.lagNanos();
        lastPollNanos = start;
        metrics.onStart(Duration.ofNanos(start - due));
        readSession().onComplete(polled -> {
            metrics.onEnd();
            limiter.release();
            guarded(poll, () -> onPolled(polled, start, lagBefore, poll));
        });
    }

    /** Schedules another poll even if handling this one fails. */
    private void guarded(Promise<Void> poll, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            logFault("the result of a poll could not be handled", e);
            inFlight = null;
            if (!stopped) {
                schedulePoll(RETRY_AFTER_FAULT);
            }
            poll.tryComplete();
        }
    }

    private Future<Reading> readSession() {
        try {
            return session.poll();
        } catch (RuntimeException | Error e) {
            return Future.failedFuture(e);
        }
    }

    private void onPolled(AsyncResult<Reading> polled, long start, long lagBefore, Promise<Void> poll) {
        if (isOver()) {
            poll.complete();
            return;
        }
        PollResult result = polled.succeeded() ? polled.result() : failureFrom(polled.cause());
        Duration latency = Duration.ofNanos(timers.nanos() - start);
        if (isInconclusive(result, lagBefore)) {
            inconclusiveInARow++;
            history.add(timers.now(), latency, INCONCLUSIVE);
            metrics.onInconclusive();
            inFlight = null;
            schedulePoll(RETRY_AFTER_INCONCLUSIVE);
            poll.complete();
            return;
        }
        inconclusiveInARow = 0;
        history.add(timers.now(), latency, failureOf(result));
        metrics.count(result, latency);
        recorder.record(result, latency);
        onRecorded(result, poll);
    }

    /**
     * Whether a timeout may be due to lag of the loop and so proves nothing. Bounded, because a machine may be overloaded
     * permanently while the printer is really off.
     */
    private boolean isInconclusive(PollResult result, long lagBefore) {
        PollFailure failure = failureOf(result);
        return failure != null
                && failure.reason() == FailureReason.TIMEOUT
                && inconclusiveInARow < MAX_INCONCLUSIVE
                && LoopTimers.isSignificantLag(timeout, timers.lagNanos() - lagBefore);
    }

    private static @Nullable PollFailure failureOf(PollResult result) {
        return result instanceof PollFailure failure ? failure : null;
    }

    private void onRecorded(PollResult result, Promise<Void> poll) {
        inFlight = null;
        afterPoll.accept(result);
        AvailabilityStatus current = recorder.availability();
        if (earlyPollRequested || current == null) {
            schedulePoll(EARLY_POLL_AFTER);
        } else if (result instanceof PollFailure || !isPushing()) {
            schedulePoll(schedule.next(current, lastPollNanos, timers.nanos(), timers.loopLoad()));
        }
        earlyPollRequested = false;
        poll.complete();
    }

    private boolean isPushing() {
        return session instanceof PushedSession pushed && pushed.isPushing();
    }

    /** Logs only the first fault of a monitor, because it may recur with every poll. */
    private void logFault(String what, Throwable fault) {
        if (!faultLogged) {
            faultLogged = true;
            LOG.error("{}: {}", recorder.printer(), what, fault);
        }
    }

    private PollFailure failureFrom(Throwable failure) {
        if (failure instanceof PrinterException fault) {
            return fault.failure();
        }
        logFault("a poll failed because of a fault in the bridge", failure);
        return new PollFailure(FailureReason.UNREADABLE, "internal error of the bridge, see its log");
    }
}
