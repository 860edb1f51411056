package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.http.list.ListQuery;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ListQueryTest {
    @RegisterExtension
    private final RunningApi api = RunningApi.start();

    @Test
    void listIsFilteredByStateGroupAndTag() {
        api.fleet.threePrinters();

        assertThat(ids("?state=idle")).containsExactly("b");
        assertThat(ids("?state=idle,offline")).containsExactly("b", "c");
        assertThat(ids("?state=idle%2Coffline")).containsExactly("b", "c");
        assertThat(ids("?state=idle&state=offline")).containsExactly("b", "c");
        assertThat(ids("?group=shelf-1")).containsExactly("a", "b");
        assertThat(ids("?group=shelf-1&state=printing")).containsExactly("a");
        assertThat(ids("?tag=petg")).containsExactly("a", "c");
        assertThat(ids("?tag=petg,pla")).containsExactly("a", "b", "c");
        assertThat(ids("?group=nowhere")).isEmpty();
        assertThat(api.json("/api/printers?group=shelf-1")
                        .getJsonObject("counts")
                        .getInteger("total"))
                .isEqualTo(2);
    }

    @Test
    void escapedCommasBelongToGroupsAndTags() {
        api.fleet
                .register("a", "left, top", "PLA, black")
                .register("b", "left", "PLA")
                .register("c", "top", " black");

        assertThat(ids("?tag=PLA%2C%20black")).containsExactly("a");
        assertThat(ids("?tag=PLA%2c+black,PLA")).containsExactly("a", "b");
        assertThat(ids("?tag=PLA,%20black")).containsExactly("b", "c");
        assertThat(ids("?group=left%2C%20top&tag=PLA%2C%20black")).containsExactly("a");
        assertThat(header(api.get("/api/printers?tag=PLA%2C%20black"), "ETag"))
                .isNotEqualTo(header(api.get("/api/printers?tag=PLA,black"), "ETag"));
    }

    @Test
    void onlyRequestedFieldsAreSent() {
        api.fleet.threePrinters();

        JsonObject list = api.json("/api/printers?fields=id,temperatures&fields=job&state=printing");

        JsonObject whole = new JsonObject(api.fleet.document("a"));
        assertThat(list.getJsonArray("printers").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("id", "a")
                        .put("temperatures", whole.getJsonObject("temperatures"))
                        .put("job", whole.getJsonObject("job")));
    }

    @Test
    void everyFieldOfAStatusCanBeRequested() {
        api.fleet.threePrinters();

        for (String key : new JsonObject(api.fleet.document("a")).fieldNames()) {
            JsonObject printer = api.json("/api/printers?fields=" + key)
                    .getJsonArray("printers")
                    .getJsonObject(0);
            assertThat(printer.encode())
                    .isEqualTo(new JsonObject()
                            .put(key, new JsonObject(api.fleet.document("a")).getValue(key))
                            .encode());
        }
        assertThat(new JsonObject(api.fleet.document("a")).fieldNames()).isEqualTo(ListQuery.STATUS_KEYS);
    }

    @Test
    void invalidParameterIsNamed() {
        for (String wrong : List.of("state=idel", "fields=nozzle", "fresh=yes", "sate=idle")) {
            HttpResponse<String> response = api.get("/api/printers?" + wrong);

            assertThat(response.statusCode()).as(wrong).isEqualTo(400);
            JsonObject problem = new JsonObject(response.body());
            assertThat(problem.getString("code")).isEqualTo("invalid_parameter");
            assertThat(problem.getString("field")).isEqualTo(wrong.substring(0, wrong.indexOf('=')));
        }
        assertThat(new JsonObject(api.get("/api/printers?state=idel").body()).getString("detail"))
                .contains("\"idel\"", "idle", "unknown");
    }

    private List<String> ids(String query) {
        return api.json("/api/printers" + query).getJsonArray("printers").stream()
                .map(each -> ((JsonObject) each).getString("id"))
                .toList();
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElseThrow(() -> new AssertionError("no " + name));
    }
}
