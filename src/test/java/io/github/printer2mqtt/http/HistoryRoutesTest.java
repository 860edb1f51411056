package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.HistoryArchive.Filter;
import io.github.printer2mqtt.persistence.HistoryArchive.Page;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HistoryRoutesTest {
    private static final String CSV_HEADER =
            "id,printer,name,group,job_id,file,result,started_at,ended_at,recorded_at,duration,progress,filament\r\n";

    @RegisterExtension
    private final RunningApi api = RunningApi.start();

    @Test
    void filtersReachTheArchive() {
        api.json("/api/history?printer=mk4&group=shelf%201&from=2026-11-21&to=2026-11-21T14:00:00%2B02:00"
                + "&result=failed,cancelled&cursor=4711&limit=20");

        assertThat(api.history.page)
                .isEqualTo(new Page(
                        new Filter(
                                new PrinterId("mk4"),
                                "shelf 1",
                                Instant.parse("2026-11-21T00:00:00Z"),
                                Instant.parse("2026-11-21T12:00:00Z"),
                                Set.of(JobResult.FAILED, JobResult.CANCELLED)),
                        4711L,
                        20));
    }

    @Test
    void pageNamesTheNextOne() {
        JsonObject last = api.json("/api/history?kind=states");
        assertThat(last.getJsonArray("states")).hasSize(2);
        assertThat(last.getString("next")).isNull();

        JsonObject first = api.json("/api/history?kind=states&limit=1");
        assertThat(first.getJsonArray("states")).hasSize(1);
        assertThat(first.getString("next")).isEqualTo("9");
    }

    @Test
    void csvHasTheKeysAsColumnsAndNoFormulas() {
        api.history.file = "\"quoted\", @me.gcode";
        String row =
                "7,a,'=1+1,shelf-1,297,\"\"\"quoted\"\", @me.gcode\",finished,2026-11-21T12:00:00Z,2026-11-21T12:01:00Z,"
                        + "2026-11-21T12:01:00Z,60,100.0,\r\n";
        HttpResponse<String> byFormat = api.get("/api/history?format=csv");
        HttpResponse<String> byHeader = api.get("/api/history", "Accept", "text/csv");

        for (HttpResponse<String> response : List.of(byFormat, byHeader)) {
            assertThat(response.body()).isEqualTo(CSV_HEADER + row);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
            assertThat(response.headers().firstValue("Content-Disposition"))
                    .hasValue("attachment; filename=\"jobs.csv\"");
            assertThat(response.headers().firstValue("Next-Cursor")).isEmpty();
        }
        assertThat(Objects.requireNonNull(api.history.page).limit()).isEqualTo(5_000);
        HttpResponse<String> states = api.get("/api/history?kind=states&format=csv&limit=1");
        assertThat(states.headers().firstValue("Next-Cursor")).hasValue("9");
        assertThat(states.body()).startsWith("id,printer,name,group,at,from,to,reason\r\n9,a,A,,");
    }

    @Test
    void formulasAreGuardedWhereverTheyStart() {
        for (String file : List.of("=1", "+1", "-1", "@x", "'=1", "''=1")) {
            api.history.file = file;
            assertThat(api.get("/api/history?format=csv").body()).contains(",'" + file + ",");
        }
        api.history.file = "'quoted'";
        assertThat(api.get("/api/history?format=csv").body()).contains(",'quoted',");
    }

    @Test
    void wrongParametersAreNamed() {
        Map<String, String> wrong = Map.ofEntries(
                Map.entry("kind=prints", "kind"),
                Map.entry("printer=MK4!", "printer"),
                Map.entry("from=yesterday", "from"),
                Map.entry("to=2026-13-01", "to"),
                Map.entry("to=-999999-01-01T00:00:00Z", "to"),
                Map.entry("from=2026-11-22&to=2026-11-21", "from"),
                Map.entry("result=finished,melted", "result"),
                Map.entry("kind=states&result=finished", "result"),
                Map.entry("cursor=-1", "cursor"),
                Map.entry("cursor=9999999999999999999", "cursor"),
                Map.entry("limit=0", "limit"),
                Map.entry("limit=1001", "limit"),
                Map.entry("limit=5&limit=6", "limit"),
                Map.entry("format=xml", "format"));
        wrong.forEach((query, field) -> {
            HttpResponse<String> response = api.get("/api/history?" + query);
            assertThat(response.statusCode()).as(query).isEqualTo(400);
            assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("invalid_parameter");
            assertThat(new JsonObject(response.body()).getString("field"))
                    .as(query)
                    .isEqualTo(field);
        });
        assertThat(api.history.page).isNull();
    }

    @Test
    void statisticsAreOfALimitedPeriod() {
        JsonObject usual = api.json("/api/statistics?group=shelf-1");
        assertThat(Objects.requireNonNull(api.history.query).group()).isEqualTo("shelf-1");
        assertThat(usual.getString("from")).isEqualTo("2026-10-22T13:00:00Z");
        assertThat(usual.getString("to")).isEqualTo("2026-11-21T13:00:00Z");
        assertThat(usual.getString("recorded_from")).isEqualTo("2026-11-21T12:00:00Z");

        for (String query : List.of("from=2020-01-01", "from=2020-01-01&to=2026-01-01", "from=9000-01-01")) {
            HttpResponse<String> response = api.get("/api/statistics?" + query);
            assertThat(response.statusCode()).as(query).isEqualTo(400);
            assertThat(new JsonObject(response.body()).getString("field")).isEqualTo("from");
        }
    }

    @Test
    void databaseThatCannotBeReadIsUnavailable() {
        api.history.failure = new DatabaseException(DatabaseException.Kind.DAMAGED, "the file is damaged");
        for (String path : List.of("/api/history", "/api/history?kind=states&format=csv", "/api/statistics")) {
            HttpResponse<String> response = api.get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
            assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("history_unavailable");
            assertThat(new JsonObject(response.body()).getString("detail"))
                    .isEqualTo("the history cannot be read: the file is damaged");
        }
        api.history.failure = null;
        assertThat(api.json("/api/statistics").getJsonArray("printers"))
                .as("a failure is not kept")
                .hasSize(1);
    }

    @Test
    void calendarNeedsNoDatabase() {
        api.history.failure = new DatabaseException(DatabaseException.Kind.DAMAGED, "the file is damaged");
        api.fleet.register("a", "shelf-1").record("a", SmallFleet.reading(PrinterState.PRINTING));

        HttpResponse<String> response = api.get("/api/finish.ics");

        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/calendar; charset=utf-8");
        assertThat(response.body()).contains("\r\nDTSTART:20261121T101500Z\r\n");
    }
}
