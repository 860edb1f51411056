package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.LosableOwnership;
import io.github.printer2mqtt.testing.ReplayPrinter;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A node that another one has taken over from leaves printer and broker alone from that moment on, before it is closed. */
@Timeout(60)
class LostOwnershipTest {
    private static final String ID = "mk4";
    private static final String NODE = "(node hall-a; epoch 17)";

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final LosableOwnership ownership = new LosableOwnership();
    private final ReplayPrinter printer = ReplayPrinter.start(instance.vertx());
    private volatile double temperature = 200;

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private RunningBridge node;

    @SuppressWarnings("NullAway.Init") // before each test
    private TestSubscriber user;

    @BeforeEach
    void start() {
        printer.answer("GET /api/v1/status", request -> CannedResponse.json(200, status()))
                .answer(
                        "GET /api/v1/job",
                        CannedResponse.json(200, "{\"id\":77,\"state\":\"PRINTING\",\"file\":{\"name\":\"A.GCO\"}}"))
                .answer("PUT /api/v1/job/77/pause", CannedResponse.empty(204));
        node = start("node", ownership);
        user = node.listen();
    }

    @AfterEach
    void stop() {
        user.close();
        node.close();
        printer.close();
    }

    @Test
    void everythingIsDoneWhileItIsHeld() {
        JsonObject first = awaitTemperature(200).getJsonObject("source");
        temperature = 215;
        JsonObject second = awaitTemperature(215).getJsonObject("source");

        assertThat(second.getString("node")).isEqualTo("hall-a");
        assertThat(second.getLong("epoch")).isEqualTo(17);
        assertThat(second.getLong("seq")).isGreaterThan(first.getLong("seq"));
        user.await(stateTopic(), heard -> heard.json().getJsonObject("source").equals(second));
        assertThat(node.api().command(ID, "pause").statusCode()).isEqualTo(202);
        assertThat(printer.lines()).containsOnlyOnce("PUT /api/v1/job/77/pause");
        assertThat(printer.requests())
                .allSatisfy(request -> assertThat(request.header("User-Agent"))
                        .startsWith("printer2mqtt/")
                        .endsWith(NODE));
    }

    @Test
    void nothingIsDoneAfterTheLoss() {
        awaitTemperature(200);
        user.await(stateTopic(), heard -> heard.text().contains("\"printing\""));
        node.awaitOnline(user);

        ownership.lose();
        node.api().get("/api/printers?fresh=true"); // ends after a poll that was sent before the loss
        int polls = requestsOfTheNode();
        int messages = markedMessages("begin");
        JsonObject before = node.api().status(ID);
        temperature = 250;

        assertRefused("pause");
        assertRefused("clear_plate");
        try (RunningBridge successor = start("successor", Ownership.alone())) {
            successor.api().await(ID, "polled by the successor", status -> nozzle(status) == 250);
            int polled = printer.requests().size();
            node.api().get("/api/printers?fresh=true");
            Await.until("polled again and again", () -> printer.requests().size() >= polled + 10);
        }
        assertThat(requestsOfTheNode()).isEqualTo(polls);
        assertThat(printer.lines()).doesNotContain("PUT /api/v1/job/77/pause");
        assertThat(node.api().status(ID)).isEqualTo(before);
        assertThat(markedMessages("end")).as("its own topics besides the mark").isEqualTo(messages + 1);
    }

    @Test
    void closedNodeLeavesItsStateToTheWill() {
        awaitTemperature(200);
        node.awaitOnline(user);
        ownership.lose();

        node.close();

        user.await(node.topic("bridge/state"), heard -> heard.text().equals("{\"state\":\"offline\"}"));
    }

    private RunningBridge start(String name, Ownership owned) {
        JsonObject configuration = RunningBridge.patientConfiguration(folder.resolve(name));
        RunningBridge bridge = RunningBridge.start(configuration, owned);
        bridge.api()
                .register(new JsonObject()
                        .put("id", ID)
                        .put("name", "MK4")
                        .put("driver", "prusalink")
                        .put("address", "http://127.0.0.1:" + printer.port())
                        .put("credentials", new JsonObject().put("api_key", "key-0000000000")));
        return bridge;
    }

    private String status() {
        return "{\"printer\":{\"state\":\"PRINTING\",\"temp_nozzle\":" + temperature
                + ",\"target_nozzle\":250.0},\"job\":{\"id\":77,\"progress\":10.0,\"time_printing\":60}}";
    }

    private JsonObject awaitTemperature(double expected) {
        return node.api().await(ID, "at " + expected, status -> nozzle(status) == expected);
    }

    private static double nozzle(JsonObject status) {
        JsonObject nozzle = status.getJsonObject("temperatures").getJsonObject("nozzle");
        return nozzle == null ? 0 : Objects.requireNonNullElse(nozzle.getDouble("actual"), 0.0);
    }

    private void assertRefused(String verb) {
        JsonObject problem = HttpApi.json(node.api().command(ID, verb), 503);
        assertThat(problem.getString("code")).as(problem.encode()).isEqualTo("no_owner");
    }

    private String stateTopic() {
        return node.topic("printers/" + ID + "/state");
    }

    private int requestsOfTheNode() {
        return (int) printer.requests().stream()
                .filter(request -> String.valueOf(request.header("User-Agent")).contains(NODE))
                .count();
    }

    /** Messages below the base topic of the node up to one that the test sends now. */
    private int markedMessages(String mark) {
        user.publish(node.topic("mark"), mark, false);
        user.await(node.topic("mark"), heard -> heard.text().equals(mark));
        return user.all().size();
    }
}
