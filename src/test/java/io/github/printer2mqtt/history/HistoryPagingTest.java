package io.github.printer2mqtt.history;

import static io.github.printer2mqtt.history.HistoryFixture.EVERYTHING;
import static io.github.printer2mqtt.history.HistoryFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.HistoryArchive.Filter;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.DatabaseFixture;
import io.github.printer2mqtt.testing.TestDatabase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HistoryPagingTest {
    private static final List<JobResult> ENDS = List.of(JobResult.FINISHED, JobResult.CANCELLED, JobResult.FAILED);

    @RegisterExtension
    private final DatabaseFixture database = newDatabase();

    private final HistoryFixture history = new HistoryFixture(database);
    private int recorded;

    /** The database of the test; other products override it. */
    DatabaseFixture newDatabase() {
        return new TestDatabase();
    }

    /** While prints end and old ones are removed, every page begins where the one before ended. */
    @Test
    void pagesHaveEachEntryOnceWhileOthersAreRecorded() {
        for (long seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            record(random, 20 + random.nextInt(30));
            List<Long> before = ids(read(EVERYTHING, 1_000, random, false));
            Filter filter = random.nextBoolean()
                    ? EVERYTHING
                    : new Filter(new PrinterId("p" + random.nextInt(3)), null, null, null, Set.of(JobResult.FINISHED));
            List<JsonObject> expected = read(filter, 1_000, random, false);

            List<JsonObject> paged = read(filter, 1 + random.nextInt(9), random, true);

            assertThat(ids(paged)).as("seed %s", seed).isEqualTo(ids(expected));
            assertThat(before).as("the newest first").isSortedAccordingTo((one, other) -> Long.compare(other, one));
        }
    }

    @Test
    void filtersSelect() {
        history.printed("a", "shelf", JobResult.FINISHED, NOW.minusSeconds(100), Duration.ofSeconds(50));
        history.printed("b", "shelf", JobResult.FAILED, NOW.minusSeconds(50), Duration.ofSeconds(50));
        history.printed("b", null, JobResult.UNKNOWN, NOW, Duration.ofSeconds(20));

        assertThat(results(new Filter(null, "shelf", null, null, Set.of()))).containsExactly("failed", "finished");
        assertThat(results(new Filter(new PrinterId("b"), null, null, null, Set.of())))
                .containsExactly("unknown", "failed");
        assertThat(results(new Filter(null, null, NOW.minusSeconds(50), NOW, Set.of())))
                .as("the end of a period is not part of it")
                .containsExactly("failed");
        assertThat(results(new Filter(null, null, null, null, Set.of(JobResult.FAILED, JobResult.UNKNOWN))))
                .containsExactly("unknown", "failed");
        assertThat(results(new Filter(new PrinterId("a"), "x' OR 1=1 --", null, null, Set.of())))
                .isEmpty();
    }

    private List<JsonObject> read(Filter filter, int limit, Random random, boolean isBusy) {
        List<JsonObject> entries = new ArrayList<>();
        String next = null;
        do {
            JsonObject page = history.page(filter, cursor(next), limit);
            page.getJsonArray("jobs").forEach(entry -> entries.add((JsonObject) entry));
            next = page.getString("next");
            if (isBusy) {
                record(random, random.nextInt(4));
            }
        } while (next != null);
        return entries;
    }

    private static @Nullable Long cursor(@Nullable String next) {
        return next == null ? null : Long.valueOf(next);
    }

    private void record(Random random, int count) {
        for (int i = 0; i < count; i++) {
            JobResult result = ENDS.get(random.nextInt(ENDS.size()));
            // Ends are not in order: a print of a printer's own history may have ended long ago.
            history.printed(
                    "p" + random.nextInt(3),
                    null,
                    result,
                    NOW.plusMillis(recorded++).minusSeconds(random.nextInt(100_000)),
                    Duration.ofSeconds(60));
        }
        Await.done(history.repository.flush());
    }

    private List<String> results(Filter filter) {
        return history.page(filter, null, 10).getJsonArray("jobs").stream()
                .map(entry -> ((JsonObject) entry).getString("result"))
                .toList();
    }

    private static List<Long> ids(List<JsonObject> entries) {
        return entries.stream().map(entry -> entry.getLong("id")).toList();
    }
}
