package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.BrokerPeer;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.testing.TcpProxy;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A bridge that shows the printers of another one at the same broker, each with a printer of the same id. */
@Timeout(120)
abstract class SitesContract {
    private static final String NORTH = "/api/sites/north/printers/voron";

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    @RegisterExtension
    private final VertxInstance vertx = new VertxInstance();

    private final SimulatedPrinter ownMachine = SimulatedPrinters.machine("Voron here");
    private final SimulatedPrinter farMachine = SimulatedPrinters.machine("Voron north");

    @SuppressWarnings("NullAway.Init") // by start
    private BrokerPeer broker;

    @SuppressWarnings("NullAway.Init") // by start
    private RunningBridge view;

    @SuppressWarnings("NullAway.Init") // by start
    private HttpApi api;

    abstract BrokerPeer open(int port);

    @BeforeEach
    void startTheView() {
        broker = open(Ports.free());
        JsonObject configuration = RunningBridge.configuration(folder.resolve("view"), broker.port())
                .put(
                        "sites",
                        new JsonArray()
                                .add(new JsonObject().put("name", "north").put("base_topic", "farm/north")));
        view = RunningBridge.start(configuration);
        api = view.api();
        api.register(SimulatedPrinters.registration("voron", printers.start(new MoonrakerSimulator(ownMachine))));
        api.awaitState("voron", "idle");
    }

    @AfterEach
    void stopTheView() {
        view.close();
        broker.close();
    }

    private JsonObject farConfiguration() {
        return farConfiguration(broker.port());
    }

    private JsonObject farConfiguration(int port) {
        JsonObject configuration = RunningBridge.configuration(folder.resolve("north"), port);
        configuration.getJsonObject("mqtt").put("base_topic", "farm/north");
        return configuration.put("commands", new JsonObject().put("mqtt", new JsonArray().add("pause")));
    }

    private void registerFar(HttpApi far) {
        far.register(SimulatedPrinters.registration("voron", printers.start(new MoonrakerSimulator(farMachine))));
    }

    private JsonObject north() {
        HttpResponse<String> response = api.get(NORTH);
        return response.statusCode() == 200 ? new JsonObject(response.body()) : new JsonObject();
    }

    private void awaitNorth(boolean online) {
        Await.until("the printer in the north is " + (online ? "online" : "unreachable"), () -> {
            JsonObject status = north();
            String expected = online ? null : "site_unreachable";
            return Boolean.valueOf(online).equals(status.getBoolean("online"))
                    && Objects.equals(expected, HttpApi.reason(status));
        });
    }

    @Test
    void bothSitesAreOneFleetAndACommandReachesItsPrinterOnce() {
        farMachine.startUnderWay("clip.gcode", Duration.ofHours(2), Duration.ofHours(1));
        try (TestSubscriber all = TestSubscriber.listen(broker.port(), "#");
                RunningBridge far = RunningBridge.start(farConfiguration())) {
            registerFar(far.api());
            awaitNorth(true);
            Await.until("it prints", () -> "printing".equals(north().getString("state")));

            JsonObject list = api.list();
            assertThat(HttpApi.printers(list))
                    .extracting(one -> one.getString("site"))
                    .containsExactly(null, "north");
            assertThat(list.getJsonObject("counts").getInteger("total")).isEqualTo(2);
            assertThat(api.status("voron").getString("state")).isEqualTo("idle");
            JsonArray filtered =
                    new JsonObject(api.get("/api/printers?site=north").body()).getJsonArray("printers");
            assertThat(filtered).hasSize(1);
            assertThat(new JsonObject(api.get("/api/sites").body()).getJsonArray("sites"))
                    .containsExactly(new JsonObject()
                            .put("name", "north")
                            .put("base_topic", "farm/north")
                            .put("reachable", true)
                            .put("printers", 1));

            assertThat(api.post(NORTH + "/commands/pause", new JsonObject()).statusCode())
                    .isEqualTo(202);
            assertThat(farMachine.view().state()).isEqualTo(State.PAUSED);
            Await.until("it is shown as paused", () -> "paused".equals(north().getString("state")));
            assertError(409, "state_conflict", api.post(NORTH + "/commands/pause", new JsonObject()));
            assertError(403, "not_allowed", api.post(NORTH + "/commands/cancel", new JsonObject()));
            assertError(
                    422, "invalid_field", api.post(NORTH + "/commands/pause", new JsonObject().put("transaction", 1)));
            assertThat(api.get(NORTH + "/thumbnail").statusCode()).isEqualTo(404);
            assertThat(api.get("/api/sites/south/printers/voron").statusCode()).isEqualTo(404);
            all.catchUp();
            assertThat(all.of("farm/north/printers/voron/command/pause")).hasSize(2);
            assertThat(all.all())
                    .as("nothing of the north is published by the view")
                    .filteredOn(heard -> heard.topic().startsWith(view.base() + "/"))
                    .noneMatch(heard -> heard.text().contains("Voron north"));
            assertThat(view.events(all, "voron")).doesNotContain("print_paused");

            assertThat(far.api().delete("/api/printers/voron").statusCode()).isEqualTo(204);
            Await.until("it has vanished", () -> api.get(NORTH).statusCode() == 404);
        }
    }

    @Test
    void siteThatStopsOrIsKilledKeepsItsPrinters() {
        try (TestSubscriber all = TestSubscriber.listen(broker.port(), view.base() + "/#")) {
            try (RunningBridge far = RunningBridge.start(farConfiguration())) {
                registerFar(far.api());
                awaitNorth(true);
            }
            awaitNorth(false);
            assertThat(north().getString("state")).isEqualTo("idle");
            assertError(503, "site_unreachable", api.post(NORTH + "/commands/pause", new JsonObject()));

            // Of a bridge whose connection breaks, the broker publishes the will.
            try (TcpProxy proxy = TcpProxy.to(vertx.vertx(), broker.port());
                    RunningBridge far = RunningBridge.start(farConfiguration(proxy.port()))) {
                awaitNorth(true);
                proxy.cut();
                awaitNorth(false);
                assertThat(far.api().status("voron").getBoolean("online")).isTrue();
            }
            assertThat(north().getString("state")).isEqualTo("idle");
            assertThat(view.events(all, "voron")).isEmpty();
            assertThat(api.status("voron").getBoolean("online")).isTrue();
        }
    }

    @Test
    void viewOutlivesTheBroker() {
        try (RunningBridge far = RunningBridge.start(farConfiguration())) {
            registerFar(far.api());
            awaitNorth(true);

            broker.kill();
            awaitNorth(false);
            assertThat(api.list().getJsonArray("printers")).hasSize(2);
            broker.restart();
            awaitNorth(true);
        }
    }

    @Test
    void commandWithoutAResponseIsNotRepeated() throws Exception {
        try (TestSubscriber site = TestSubscriber.listen(broker.port(), "farm/north/#")) {
            site.publish("farm/north/bridge/state", "{\"state\":\"online\"}", true);
            site.publish(
                    "farm/north/printers/voron/state",
                    api.status("voron").put("state", "printing").encode(),
                    true);
            awaitNorth(true);

            List<HttpResponse<String>> responses = new CopyOnWriteArrayList<>();
            Thread client = new Thread(() -> responses.add(api.post(NORTH + "/commands/pause", new JsonObject())));
            client.start();
            TestSubscriber.Heard command = site.await("farm/north/printers/voron/command/pause", heard -> true);
            site.publish(
                    "farm/north/printers/voron/response/pause",
                    command.json()
                            .put("status", "ok")
                            .put("transaction", "of another client")
                            .encode(),
                    false);
            site.catchUp();
            broker.kill();
            client.join(Duration.ofSeconds(60).toMillis());

            assertThat(responses).hasSize(1);
            assertError(504, "outcome_unknown", responses.get(0));
        }
    }

    private static void assertError(int status, String code, HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo(code);
    }
}
