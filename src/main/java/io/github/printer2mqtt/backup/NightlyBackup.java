package io.github.printer2mqtt.backup;

import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.vertx.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a backup each night at a time of day. One that was missed because the bridge did not run is made some minutes after the
 * start, and one that failed is tried again each hour. The wall clock is compared each minute, so that it may be set and the
 * machine may sleep. Belongs to an event loop; only {@link #health()} is thread-safe.
 */
final class NightlyBackup {
    private static final Logger LOG = LoggerFactory.getLogger(NightlyBackup.class);
    private static final Duration AFTER_START = Duration.ofMinutes(5);
    private static final Duration TICK = Duration.ofMinutes(1);
    private static final Duration RETRY = Duration.ofHours(1);

    /** More than from one night to the next, whatever the time zone does. */
    private static final Duration IMPLAUSIBLE = Duration.ofHours(50);

    private final Timers timers;
    private final ZoneId zone;
    private final LocalTime at;
    private final Supplier<Future<Backup>> copy;
    private @Nullable Instant due;
    private Timers.@Nullable Timer timer;
    private boolean running;
    private volatile @Nullable String failure;

    /** @param copy completes on the event loop */
    NightlyBackup(Timers timers, ZoneId zone, LocalTime at, Supplier<Future<Backup>> copy) {
        this.timers = timers;
        this.zone = zone;
        this.at = at;
        this.copy = copy;
    }

    /** @param last when the newest nightly backup was made; null if there is none */
    void start(@Nullable Instant last) {
        Instant now = timers.now();
        due = last == null || last.isAfter(now) ? now : next(last);
        timer = timers.after(AFTER_START, this::onTick);
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
        }
        timer = null;
    }

    Health health() {
        String now = failure;
        return now == null ? Health.up() : Health.degraded("the nightly backup failed: " + now);
    }

    private void onTick() {
        timer = timers.after(TICK, this::onTick);
        Instant now = timers.now();
        Instant planned = Objects.requireNonNull(due);
        if (planned.isAfter(now.plus(IMPLAUSIBLE))) {
            // The clock was wrong when it was planned.
            planned = next(now);
            due = planned;
        }
        if (!running && !planned.isAfter(now)) {
            running = true;
            copy.get().onComplete((made, problem) -> onEnd(problem));
        }
    }

    private void onEnd(@Nullable Throwable problem) {
        running = false;
        Instant now = timers.now();
        if (problem == null) {
            due = next(now);
            if (failure != null) {
                failure = null;
                LOG.info("nightly backups work again");
            }
        } else if (!BackupException.isRunning(problem)) {
            due = now.plus(RETRY);
            if (failure == null) {
                LOG.warn("the nightly backup failed and is tried again each hour: {}", problem.getMessage());
            }
            failure = String.valueOf(problem.getMessage());
        }
    }

    private Instant next(Instant after) {
        ZonedDateTime today = ZonedDateTime.of(after.atZone(zone).toLocalDate(), at, zone);
        return today.toInstant().isAfter(after)
                ? today.toInstant()
                : ZonedDateTime.of(today.toLocalDate().plusDays(1), at, zone).toInstant();
    }
}
