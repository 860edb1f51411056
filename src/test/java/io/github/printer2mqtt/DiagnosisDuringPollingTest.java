package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.protocol.OctoPrintSimulator;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A printer is diagnosed by a running bridge that polls it. */
class DiagnosisDuringPollingTest {
    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    @Test
    void pollingGoesOnOverItsConnection(@TempDir Path folder) {
        PrinterServer server =
                printers.start(new OctoPrintSimulator(SimulatedPrinters.machine("mk3"), SimulatedPrinters.KEY));
        Await.done(server.behave(Behaviour.slow(Duration.ofMillis(150))));
        try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder))) {
            HttpApi api = bridge.api();
            api.register(SimulatedPrinters.registration("mk3", server));
            api.await("mk3", "online", status -> status.getBoolean("online"));
            long requests = server.requests();

            CompletableFuture<HttpResponse<String>> diagnosis = api.getLater("/api/printers/mk3/diagnosis");
            JsonObject document = new JsonObject(diagnosis.join().body());

            assertThat(document.getBoolean("ok")).as(document.encodePrettily()).isTrue();
            Await.until("it was polled twice meanwhile or afterwards", () -> server.requests() >= requests + 7);
            assertThat(polls(api))
                    .isNotEmpty()
                    .allSatisfy(poll -> assertThat(poll.getString("result")).isEqualTo("ok"));
            assertThat(server.connections())
                    .as("two of the monitor, of which one stays open, and four of the diagnosis")
                    .isLessThanOrEqualTo(6);
        }
    }

    private static List<JsonObject> polls(HttpApi api) {
        JsonArray polls = new JsonObject(api.get("/api/printers/mk3/polls").body()).getJsonArray("polls");
        return polls.stream().map(JsonObject.class::cast).toList();
    }
}
