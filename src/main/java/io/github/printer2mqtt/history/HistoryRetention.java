package io.github.printer2mqtt.history;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.persistence.HistoryArchive;
import io.github.printer2mqtt.persistence.HistoryArchive.Kind;
import io.github.printer2mqtt.vertx.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is too old or too much, in short steps with pauses, so that other writes do not wait. Belongs to the event loop
 * of its timers.
 */
final class HistoryRetention {
    static final Duration INTERVAL = Duration.ofHours(1);

    /** Between two steps, and after the start, which has other work to do. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(HistoryRetention.class);

    private final HistoryArchive archive;
    private final BridgeConfig.History config;
    private final Timers timers;
    private Timers.@Nullable Timer timer;
    private boolean failing;

    HistoryRetention(HistoryArchive archive, BridgeConfig.History config, Timers timers) {
        this.archive = archive;
        this.config = config;
        this.timers = timers;
    }

    void start() {
        timer = timers.after(PAUSE, this::run);
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void run() {
        remove(Kind.JOBS, config.jobs())
                .compose(moreJobs -> remove(Kind.STATES, config.states()).map(moreStates -> moreJobs || moreStates))
                .onComplete((more, failure) -> {
                    onRemoved(failure);
                    timer = timers.after(failure == null && more ? PAUSE : INTERVAL, this::run);
                });
    }

    private Future<Boolean> remove(Kind kind, BridgeConfig.History.Retention retention) {
        Instant before = timers.now().minus(Duration.ofDays(retention.days()));
        return archive.removeExpired(kind, before, retention.rows());
    }

    private void onRemoved(@Nullable Throwable failure) {
        if (failure != null && !failing) {
            LOG.warn("old entries of the history cannot be removed; trying again each hour: {}", failure.getMessage());
        }
        failing = failure != null;
    }
}
