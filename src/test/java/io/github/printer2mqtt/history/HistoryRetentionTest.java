package io.github.printer2mqtt.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.HistoryArchive;
import io.github.printer2mqtt.testing.ManualTimers;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryRetentionTest {
    private static final BridgeConfig.History CONFIG = new BridgeConfig.History(
            new BridgeConfig.History.Retention(10, 500), new BridgeConfig.History.Retention(1, 200));

    private final ManualTimers timers = new ManualTimers();
    private final Instant start = timers.now();
    private final Entries entries = new Entries();
    private final HistoryRetention retention = new HistoryRetention(entries, CONFIG, timers);

    @Test
    void limitsAreAppliedEachHour() {
        retention.start();
        timers.advance(HistoryRetention.PAUSE);
        assertThat(entries.requests)
                .containsExactly(
                        "JOBS before " + start.plusSeconds(5).minus(Duration.ofDays(10)) + " beyond 500",
                        "STATES before " + start.plusSeconds(5).minus(Duration.ofDays(1)) + " beyond 200");

        timers.advance(HistoryRetention.INTERVAL.multipliedBy(3));
        assertThat(entries.requests).hasSize(8);
    }

    @Test
    void muchIsRemovedInStepsWithPauses() {
        entries.stepsLeft = 4;
        retention.start();
        timers.advance(HistoryRetention.PAUSE.multipliedBy(10));
        assertThat(entries.requests)
                .as("four steps with more to do, and the last")
                .hasSize(10);
    }

    @Test
    void failingDatabaseIsTriedAgainInAnHour() {
        entries.fails = true;
        retention.start();
        timers.advance(Duration.ofMinutes(30));
        assertThat(entries.requests).hasSize(1);
        entries.fails = false;
        timers.advance(Duration.ofHours(1));
        assertThat(entries.requests).hasSize(3);
    }

    @Test
    void nothingRunsAfterTheStop() {
        retention.start();
        retention.stop();
        timers.advance(HistoryRetention.INTERVAL);
        assertThat(entries.requests).isEmpty();
        assertThat(timers.pending()).isZero();
    }

    /** Counts what is asked of it; has no entries. */
    private static final class Entries implements HistoryArchive {
        private final List<String> requests = new ArrayList<>();
        private int stepsLeft;
        private boolean fails;

        @Override
        public Future<List<StoredJob>> jobs(Page page) {
            return Future.succeededFuture(List.of());
        }

        @Override
        public Future<List<StoredState>> states(Page page) {
            return Future.succeededFuture(List.of());
        }

        @Override
        public Future<List<Totals>> totals(Instant from, Instant to) {
            return Future.succeededFuture(List.of());
        }

        @Override
        public Future<Optional<Instant>> recordedSince() {
            return Future.succeededFuture(Optional.empty());
        }

        @Override
        public Future<Boolean> removeExpired(Kind kind, Instant before, int rows) {
            requests.add(kind + " before " + before + " beyond " + rows);
            if (fails) {
                return Future.failedFuture(new DatabaseException(DatabaseException.Kind.DISK_FULL, "the disk is full"));
            }
            boolean more = kind == Kind.JOBS && stepsLeft > 0;
            if (more) {
                stepsLeft--;
            }
            return Future.succeededFuture(more);
        }
    }
}
