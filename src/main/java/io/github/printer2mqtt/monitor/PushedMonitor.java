package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.fleet.AvailabilityStatus;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.vertx.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records what a printer pushes between the polls of its {@link PrinterMonitor}, at most {@value #PER_SECOND} readings a
 * second however many messages arrive, and only readings that differ or that renew the time of the observation. Polls after
 * an interval of silence, and reconnects after a loss. Belongs to the event loop of its monitor.
 */
final class PushedMonitor implements PushedSession.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(PushedMonitor.class);
    private static final int PER_SECOND = 4;
    private static final Duration TICK = Duration.ofMillis(1000 / PER_SECOND);

    /** Readings recorded at once after a quiet second, so that no state is skipped if the network delivers several. */
    private static final int BURST = 4;

    /** A connection that lasted so long was usable; another one is opened soon. */
    private static final Duration STABLE = Duration.ofSeconds(10);

    private static final Duration MIN_RECONNECT = Duration.ofMillis(100);
    private static final Duration RECONNECT_SPREAD = Duration.ofMillis(900);
    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(2);
    private static final Duration MAX_BACK_OFF = Duration.ofSeconds(60);
    private static final double JITTER = 0.2;
    private static final PollFailure UNSTABLE =
            new PollFailure(FailureReason.UNREADABLE, "the printer closes the connection again and again");

    private final PushedSession session;
    private final PrinterMonitor monitor;
    private final ObservationRecorder recorder;
    private final PollSchedule schedule;
    private final Timers timers;
    private final DoubleSupplier random;
    private final PushMetrics metrics;
    private final Runnable endSession;

    private @Nullable PollResult last;
    private Timers.@Nullable Timer tick;
    private Timers.@Nullable Timer watchdog;
    private boolean updatePending;
    private boolean renewalDue;
    private boolean reading;
    private boolean heard;
    private boolean connected;
    private boolean stopped;
    private boolean isFallback;
    private boolean faultLogged;
    private double permits = BURST;
    private long permitsAt;
    private long connectedAt;
    private int lossesInARow;

    /**
     * @param random uniformly distributed, 0 to 1
     * @param endSession ends the printer's session in the fleet
     */
    PushedMonitor(
            PushedSession session,
            PrinterMonitor monitor,
            ObservationRecorder recorder,
            PollSchedule schedule,
            Timers timers,
            DoubleSupplier random,
            PushMetrics metrics,
            Runnable endSession) {
        this.session = session;
        this.monitor = monitor;
        this.recorder = recorder;
        this.schedule = schedule;
        this.timers = timers;
        this.random = random;
        this.metrics = metrics;
        this.endSession = endSession;
        this.permitsAt = timers.nanos();
    }

    /** Must be called before the first poll. */
    void start() {
        monitor.afterPoll(this::onPolled);
        session.listen(this);
    }

    void stop() {
        stopped = true;
        cancelTimers();
    }

    @Override
    public void onUpdate() {
        heard = true;
        updatePending = true;
        recordPending();
    }

    @Override
    public void onPollNeeded() {
        monitor.pollEarly();
    }

    @Override
    public void onLost() {
        if (stopped) {
            return;
        }
        metrics.onLoss();
        endSession.run();
        cancelTimers();
        updatePending = false;
        last = null;
        boolean wasStable = connected && timers.nanos() - connectedAt >= STABLE.toNanos();
        connected = false;
        if (wasStable) {
            lossesInARow = 0;
            monitor.pollWithin(MIN_RECONNECT.plus(fraction(RECONNECT_SPREAD, random.getAsDouble())));
        } else if (!monitor.isPolling()) { // otherwise that poll fails, and the next one is scheduled
            lossesInARow++;
            recorder.recordPushed(UNSTABLE);
            monitor.pollWithin(backOff());
        }
    }

    private Duration backOff() {
        Duration grown = FIRST_BACK_OFF.multipliedBy(1L << Math.min(10, lossesInARow - 1));
        Duration limited = grown.compareTo(MAX_BACK_OFF) < 0 ? grown : MAX_BACK_OFF;
        return fraction(limited, 1 + JITTER * (2 * random.getAsDouble() - 1));
    }

    private static Duration fraction(Duration whole, double fraction) {
        return Duration.ofNanos((long) (whole.toNanos() * fraction));
    }

    private void onPolled(PollResult result) {
        last = result;
        countFallback();
        if (!connected && result instanceof Reading && session.hasPush() && session.fallback() == null) {
            metrics.onConnect();
            connected = true;
            connectedAt = timers.nanos();
        }
        if (!session.isPushing() || result instanceof PollFailure) {
            cancelTimers();
            return;
        }
        heard = false;
        scheduleWatchdog();
        recordPending();
    }

    private void countFallback() {
        boolean wasFallback = isFallback;
        isFallback = session.fallback() != null;
        if (isFallback && !wasFallback) {
            metrics.onFallback();
        }
    }

    /** Nothing is recorded during a poll, whose result would otherwise replace a newer one. */
    private void recordPending() {
        if (stopped || !updatePending || reading || tick != null || monitor.isPolling() || !session.isPushing()) {
            return;
        }
        if (!acquirePermit()) {
            tick = timers.after(TICK, () -> {
                tick = null;
                recordPending();
            });
            return;
        }
        updatePending = false;
        reading = true;
        long before = recorder.recorded();
        latest().onComplete(read -> {
            reading = false;
            if (recorder.recorded() == before) {
                onLatest(read);
            } else {
                updatePending = true; // a poll overtook it
            }
            recordPending();
        });
    }

    private boolean acquirePermit() {
        long now = timers.nanos();
        permits = Math.min(BURST, permits + (double) (now - permitsAt) / TICK.toNanos());
        permitsAt = now;
        if (permits < 1) {
            return false;
        }
        permits--;
        return true;
    }

    private Future<Reading> latest() {
        try {
            return session.latest();
        } catch (RuntimeException | Error e) {
            return Future.failedFuture(e);
        }
    }

    private void onLatest(AsyncResult<Reading> read) {
        if (stopped || !connected) {
            return;
        }
        if (read.failed()) {
            logFault(read.cause());
            monitor.pollEarly();
        } else if (renewalDue || !read.result().equals(last)) {
            renewalDue = false;
            last = read.result();
            metrics.onReading();
            recorder.recordPushed(read.result());
        }
    }

    private void logFault(Throwable failure) {
        if (!(failure instanceof PrinterException) && !faultLogged) {
            faultLogged = true;
            LOG.error(
                    "{}: what was pushed could not be read because of a fault in the bridge",
                    recorder.printer(),
                    failure);
        }
    }

    /** After an interval a reading that only repeats renews the time of the observation; after silence the printer is polled. */
    private void scheduleWatchdog() {
        if (watchdog != null) {
            watchdog.cancel();
        }
        watchdog = timers.after(schedule.intervalOf(state()), () -> {
            watchdog = null;
            if (!session.isPushing()) {
                monitor.pollEarly();
            } else if (heard) {
                heard = false;
                renewalDue = true;
                updatePending = true;
                scheduleWatchdog();
                recordPending();
            } else {
                monitor.pollNow();
            }
        });
    }

    private PrinterState state() {
        AvailabilityStatus known = recorder.availability();
        return known == null ? PrinterState.UNKNOWN : known.state();
    }

    private void cancelTimers() {
        if (tick != null) {
            tick.cancel();
            tick = null;
        }
        if (watchdog != null) {
            watchdog.cancel();
            watchdog = null;
        }
    }
}
