package io.github.printer2mqtt.history;

import static io.github.printer2mqtt.history.HistoryFixture.NOW;
import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.history.HistoryService.StatisticsQuery;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.persistence.HistoryArchive;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.Statement;
import io.github.printer2mqtt.testing.DatabaseFixture;
import io.github.printer2mqtt.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StatisticsTest {
    private static final Instant START = NOW.minus(Duration.ofHours(100));

    @RegisterExtension
    private final DatabaseFixture database = newDatabase();

    private final HistoryFixture history = new HistoryFixture(database);

    /** The database of the test; other products override it. */
    DatabaseFixture newDatabase() {
        return new TestDatabase();
    }

    @Test
    void hoursAndResultsAreOfTheFleetItsGroupsAndPrinters() {
        history.recordsSince(START);
        history.register("a", "shelf", PrinterState.IDLE, null);
        history.register("b", "shelf", PrinterState.IDLE, null);
        history.register("c", null, PrinterState.IDLE, null);
        history.printed("a", "shelf", JobResult.FINISHED, NOW.minus(Duration.ofHours(50)), Duration.ofHours(10));
        history.printed("a", "shelf", JobResult.FINISHED, NOW.minus(Duration.ofHours(20)), Duration.ofHours(10));
        history.printed("a", "shelf", JobResult.FAILED, NOW.minus(Duration.ofHours(5)), Duration.ofHours(1));
        history.printed("b", "elsewhere", JobResult.UNKNOWN, NOW.minus(Duration.ofHours(2)), Duration.ofHours(9));

        JsonObject all = statistics(START, null);

        JsonObject a = printer(all, 0);
        assertThat(a.getString("name")).isEqualTo("Name of a");
        assertThat(a.getJsonObject("jobs").encode())
                .isEqualTo("{\"total\":3,\"finished\":2,\"cancelled\":0,\"failed\":1,\"unknown\":0}");
        assertThat(a.getDouble("success_rate")).isEqualTo(66.7);
        assertThat(a.getLong("printed")).isEqualTo(21 * 3600);
        assertThat(a.getDouble("use")).isEqualTo(21.0);
        assertThat(printer(all, 1).getDouble("success_rate"))
                .as("nothing is known of an unknown result")
                .isNull();
        assertThat(printer(all, 2).getDouble("use")).isZero();
        JsonObject shelf = all.getJsonArray("groups").getJsonObject(0);
        assertThat(all.getJsonArray("groups")).as("the groups of now").hasSize(1);
        assertThat(shelf.getString("group")).isEqualTo("shelf");
        assertThat(shelf.getJsonObject("jobs").getInteger("total")).isEqualTo(4);
        assertThat(shelf.getDouble("use")).isEqualTo(15.0);
        assertThat(all.getJsonObject("fleet").getLong("printed")).isEqualTo(30 * 3600);
        assertThat(all.getJsonObject("fleet").getDouble("use")).isEqualTo(10.0);
    }

    @Test
    void printsCountWithTheirPartOfThePeriod() {
        history.recordsSince(START);
        history.register("a", null, PrinterState.PRINTING, new Job("1", "x", 50.0, 7200L, 60L, null, null));
        history.printed("a", null, JobResult.FINISHED, NOW.minus(Duration.ofHours(9)), Duration.ofHours(4));
        history.printed("a", null, JobResult.FINISHED, NOW.minus(Duration.ofHours(4)), Duration.ofHours(1));

        JsonObject ten = printer(statistics(NOW.minus(Duration.ofHours(10)), null), 0);
        JsonObject past = printer(statistics(NOW.minus(Duration.ofHours(12)), NOW.minus(Duration.ofHours(10))), 0);

        assertThat(ten.getLong("printed"))
                .as("1 h, 1 h and the 2 h of the running one")
                .isEqualTo(4 * 3600);
        assertThat(ten.getJsonObject("jobs").getInteger("total")).isEqualTo(2);
        assertThat(ten.getDouble("use")).isEqualTo(40.0);
        assertThat(past.getLong("printed")).as("of a print that ended later").isEqualTo(2 * 3600);
        assertThat(past.getJsonObject("jobs").getInteger("total")).isZero();
        assertThat(past.getDouble("use")).isEqualTo(100.0);
    }

    @Test
    void removedPrinterCountsWithoutUse() {
        history.recordsSince(START);
        history.register("a", null, PrinterState.IDLE, null);
        history.printed("old", "attic", JobResult.FINISHED, NOW.minusSeconds(60), Duration.ofHours(50));

        JsonObject all = statistics(START, null);

        JsonObject old = printer(all, 1);
        assertThat(old.getString("name")).isEqualTo("Old name of old");
        assertThat(old.getBoolean("registered")).isFalse();
        assertThat(old.getLong("printed")).isEqualTo(50 * 3600);
        assertThat(old.getDouble("use")).isNull();
        assertThat(all.getJsonObject("fleet").getLong("printed")).isEqualTo(50 * 3600);
        assertThat(all.getJsonObject("fleet").getDouble("use")).isZero();
        assertThat(all.getJsonArray("groups").getJsonObject(0).getDouble("use")).isNull();
    }

    @Test
    void timeBeforeTheRecordingIsNoIdleTime() {
        history.register("a", null, PrinterState.IDLE, null);
        assertThat(printer(statistics(null, null), 0).getDouble("use")).isNull();

        history.now = NOW.plusSeconds(60);
        history.recordsSince(history.now.minus(Duration.ofHours(10)));
        history.printed("a", null, JobResult.FINISHED, NOW, Duration.ofHours(5));
        JsonObject all = statistics(null, null);
        assertThat(all.getString("recorded_from"))
                .isEqualTo(history.now.minus(Duration.ofHours(10)).toString());
        assertThat(printer(all, 0).getDouble("use")).isEqualTo(50.0);
    }

    @Test
    void nextFreeIsTheFirstPrinterThatIs() {
        history.register("a", "one", PrinterState.PRINTING, new Job("1", "x", 50.0, 60L, 7200L, null, null));
        history.register("b", "one", PrinterState.PRINTING, new Job("1", "x", 50.0, 60L, 3600L, null, null));
        history.register("c", "two", PrinterState.PAUSED, new Job("1", "x", 50.0, 60L, 3600L, null, null));
        history.register("d", "three", PrinterState.IDLE, null);
        history.register("e", "four", PrinterState.FINISHED, new Job("1", "x", 100.0, 60L, 0L, null, null));

        JsonObject all = statistics(null, null);

        assertThat(all.getJsonArray("groups").stream()
                        .map(group -> ((JsonObject) group).getString("group") + " "
                                + ((JsonObject) group).getString("next_free")))
                .containsExactly(
                        "four null", // its print is on the plate
                        "one " + NOW.plusSeconds(3600),
                        "three " + NOW,
                        "two null");
        assertThat(all.getJsonObject("fleet").getString("next_free")).isEqualTo(NOW.toString());
    }

    @Test
    void onlyWantedPrintersAreListed() {
        history.recordsSince(START);
        history.register("a", "one", PrinterState.IDLE, null);
        history.register("b", "two", PrinterState.IDLE, null);
        history.printed("a", "one", JobResult.FINISHED, NOW, Duration.ofHours(1));

        JsonObject two = done(history.service.statistics(new StatisticsQuery(null, null, null, "two")));
        JsonObject a = done(history.service.statistics(new StatisticsQuery(null, null, new PrinterId("a"), null)));

        assertThat(two.getJsonArray("printers")).hasSize(1);
        assertThat(two.getJsonObject("fleet").getLong("printed")).isZero();
        assertThat(a.getJsonObject("fleet").getLong("printed")).isEqualTo(3600);
        assertThat(a.getJsonArray("groups").getJsonObject(0).getString("group")).isEqualTo("one");
    }

    @Test
    void answerIsKeptForTenSeconds() {
        history.recordsSince(START);
        history.register("a", null, PrinterState.IDLE, null);
        assertThat(finished()).isZero();
        history.printed("a", null, JobResult.FINISHED, NOW.minusSeconds(5), Duration.ofSeconds(60));

        history.now = NOW.plusSeconds(9);
        assertThat(finished()).isZero();
        history.now = NOW.plusSeconds(10);
        assertThat(finished()).isEqualTo(1);
    }

    @Test
    void tooManyQueriesAreRejectedAndTheOthersAnswered() {
        history.recordsSince(START);
        List<Future<JsonObject>> queries = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            queries.add(history.service.page(
                    HistoryArchive.Kind.JOBS, new HistoryArchive.Page(HistoryFixture.EVERYTHING, null, 10)));
        }
        long rejected = queries.stream()
                .filter(query -> query.isComplete()
                        && query.failed()
                        && query.cause() instanceof HistoryService.HistoryException)
                .count();
        assertThat(rejected).isBetween(1L, 184L);
        queries.stream().filter(query -> !query.failed()).forEach(query -> done(query));
        assertThat(history.page(HistoryFixture.EVERYTHING, null, 10).getJsonArray("jobs"))
                .isEmpty();
    }

    @Test
    void readOnlyDatabaseAnswersWithWhatIsStored() {
        history.recordsSince(START);
        history.printed("a", null, JobResult.FINISHED, NOW.minusSeconds(60), Duration.ofHours(1));
        done(history.repository.flush());
        done(database.database().write(Database.Durability.NORMAL, List.of(Statement.of(database.readOnlySql()))));
        history.printed("a", null, JobResult.FAILED, NOW, Duration.ofHours(1));

        assertThat(results()).containsExactly("finished");
        assertThat(finished()).isEqualTo(1);
        assertThat(database.database().health().detail()).contains("it is read-only");
    }

    private List<String> results() {
        return history.page(HistoryFixture.EVERYTHING, null, 10).getJsonArray("jobs").stream()
                .map(job -> ((JsonObject) job).getString("result"))
                .toList();
    }

    @Test
    void closedDatabaseIsAnError() {
        done(database.database().close());
        assertThat(failure(history.service.statistics(new StatisticsQuery(null, null, null, null))))
                .isInstanceOf(HistoryService.HistoryException.class)
                .hasMessageContaining("it is closed");
        database.reopen();
    }

    private int finished() {
        return statistics(null, null)
                .getJsonObject("fleet")
                .getJsonObject("jobs")
                .getInteger("finished");
    }

    private JsonObject statistics(@Nullable Instant from, @Nullable Instant to) {
        return done(history.service.statistics(new StatisticsQuery(from, to, null, null)));
    }

    private static JsonObject printer(JsonObject statistics, int index) {
        return statistics.getJsonArray("printers").getJsonObject(index);
    }
}
