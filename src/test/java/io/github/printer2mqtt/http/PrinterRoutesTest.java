package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PrinterRoutesTest {
    @RegisterExtension
    private final RunningApi api = RunningApi.start();

    @Test
    void printerHasTheSameDocumentAsInTheList() {
        api.fleet.register("mk4", null).record("mk4", SmallFleet.reading(PrinterState.PRINTING));

        byte[] document = Objects.requireNonNull(api.fleet.state().snapshot().find(new PrinterId("mk4")))
                .bytes();
        assertThat(api.get("/api/printers/mk4").body()).isEqualTo(new String(document, StandardCharsets.UTF_8));
    }

    @Test
    void freshPrinterIsPolledFirst() {
        api.fleet.register("mk4", null).record("mk4", SmallFleet.reading(PrinterState.PRINTING));
        api.monitoring.poll = () -> {
            api.fleet.record("mk4", SmallFleet.reading(PrinterState.PAUSED));
            return Future.succeededFuture();
        };

        assertThat(api.json("/api/printers/mk4").getString("state")).isEqualTo("printing");
        assertThat(api.monitoring.polled).isEmpty();
        assertThat(api.json("/api/printers/mk4?fresh=true").getString("state")).isEqualTo("paused");
        assertThat(api.monitoring.polled).containsExactly(new PrinterId("mk4"));
        assertThat(api.get("/api/printers/nobody?fresh=true").statusCode()).isEqualTo(404);
        assertThat(api.get("/api/printers/mk4?fresh=yes").statusCode()).isEqualTo(400);
        assertThat(api.monitoring.polled).hasSize(1);
    }

    @Test
    void printerRemovedDuringAPollIsNotFound() {
        api.fleet.register("mk4", null);
        api.monitoring.poll = () -> {
            api.fleet.state().remove(new PrinterId("mk4"));
            return Future.succeededFuture();
        };

        assertThat(api.get("/api/printers/mk4?fresh=true").statusCode()).isEqualTo(404);
    }

    @Test
    void lastPollsAreListed() {
        api.fleet.register("mk4", null);

        assertThat(api.get("/api/printers/mk4/polls").body())
                .isEqualTo("{\"mode\":\"poll\",\"fallback\":\"the web socket is refused (HTTP 404)\",\"polls\":["
                        + "{\"at\":\"2026-11-21T09:50:00.123Z\",\"latency_ms\":23,\"result\":\"ok\",\"detail\":null},"
                        + "{\"at\":\"2026-11-21T09:50:02.123Z\",\"latency_ms\":1000,\"result\":\"timeout\","
                        + "\"detail\":\"no answer\"}]}");
    }

    @Test
    void unknownAndInvalidIdsAreNotFound() {
        for (String path : List.of("nobody", "nobody/polls", "Not%20An%20Id", "bridge", "%C3%BC", "a%2Fb")) {
            HttpResponse<String> response = api.get("/api/printers/" + path);

            assertThat(response.statusCode()).as(path).isEqualTo(404);
            JsonObject problem = new JsonObject(response.body());
            assertThat(problem.getString("code")).as(path).isEqualTo("printer_not_found");
            assertThat(problem.fieldNames()).containsExactlyInAnyOrder("type", "title", "status", "code", "detail");
            assertThat(problem.getInteger("status")).isEqualTo(404);
            assertThat(problem.getString("title")).isEqualTo("Not Found");
        }
    }
}
