package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The response to a command that is running while the registration of its printer changes. */
@Timeout(60)
class RegistrationChangeTest {
    private static final String PRINTER = "/api/printers/mk3";
    private static final JsonObject PRINTING = job("Printing", 42.0);

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();
    private final HttpServer octoPrint = vertx.createHttpServer();
    private final AtomicInteger commands = new AtomicInteger();
    private final Promise<Void> commandResponse = Promise.promise();
    private volatile JsonObject job = PRINTING;
    private volatile boolean closesConnectionOnCommand;
    private volatile int commandStatus = 204;

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @AfterEach
    void close() {
        Await.done(octoPrint.close());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"Other\"}",
                "{\"model\":\"MK3S\"}",
                "{\"group\":\"shelf-b\"}",
                "{\"tags\":[\"petg\"]}",
                "{\"alerts\":{\"rules\":[]}}",
                "{\"commands\":{\"mqtt\":[\"pause\"]}}",
                "{\"credentials\":{\"api_key\":\"a key\"}}",
                "{}"
            })
    void changeThatKeepsTheConnectionLetsTheCommandFinish(String patch) throws Exception {
        try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder))) {
            CompletableFuture<HttpResponse<String>> pause = startPause(bridge);

            change(bridge, patch);
            commandResponse.complete();

            assertThat(pause.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
            assertThat(commands).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"address\":\"127.0.0.1:9\"}",
                "{\"polling\":{\"timeout\":\"3s\"}}",
                "{\"credentials\":null}",
                "{\"enabled\":false}"
            })
    void changeOfTheConnectionLeavesTheOutcomeUnknown(String patch) throws Exception {
        try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder))) {
            CompletableFuture<HttpResponse<String>> pause = startPause(bridge);

            change(bridge, patch);

            assertOutcomeUnknown(pause);
        }
    }

    @Test
    void removalLeavesTheOutcomeUnknown() throws Exception {
        try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder))) {
            CompletableFuture<HttpResponse<String>> pause = startPause(bridge);

            assertThat(bridge.api().delete(PRINTER).statusCode()).isEqualTo(204);

            assertOutcomeUnknown(pause);
        }
    }

    @Test
    void closedConnectionLeavesTheOutcomeUnknown() throws Exception {
        closesConnectionOnCommand = true;
        try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder))) {
            assertOutcomeUnknown(startPause(bridge));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 504})
    void gatewayErrorLeavesTheOutcomeUnknown(int status) throws Exception {
        commandStatus = status;
        commandResponse.complete();
        try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder))) {
            assertOutcomeUnknown(startPause(bridge));
        }
    }

    @Test
    void renamedPrinterReportsTheEndOfItsPrint() {
        try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder));
                TestSubscriber user = bridge.listen()) {
            bridge.awaitOnline(user);
            register(bridge);
            bridge.api().awaitState("mk3", "printing");

            change(bridge, "{\"name\":\"Other\"}");
            assertThat(bridge.api().status("mk3").getString("state")).isEqualTo("printing");
            job = job("Operational", 100.0);

            assertThat(bridge.awaitPrinterEvents(user, "mk3", 1)).containsExactly("print_finished");
        }
    }

    private CompletableFuture<HttpResponse<String>> startPause(RunningBridge bridge) {
        register(bridge);
        bridge.api().awaitState("mk3", "printing");
        CompletableFuture<HttpResponse<String>> pause =
                CompletableFuture.supplyAsync(() -> bridge.api().send("POST", PRINTER + "/commands/pause", null));
        Await.until("the printer received the command", () -> commands.get() == 1);
        return pause;
    }

    private void register(RunningBridge bridge) {
        Await.done(octoPrint.requestHandler(this::respond).listen(0, "127.0.0.1"));
        bridge.api()
                .register(new JsonObject()
                        .put("id", "mk3")
                        .put("name", "MK3")
                        .put("driver", "octoprint")
                        .put("address", "127.0.0.1:" + octoPrint.actualPort())
                        .put("tags", JsonArray.of("pla"))
                        .put("credentials", new JsonObject().put("api_key", "a key")));
    }

    private void respond(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.POST)) {
            commands.incrementAndGet();
            if (closesConnectionOnCommand) {
                request.connection().close();
            } else {
                commandResponse
                        .future()
                        .onSuccess(now ->
                                request.response().setStatusCode(commandStatus).end());
            }
            return;
        }
        boolean isJob = request.path().equals("/api/job");
        JsonObject temperatures = new JsonObject().put("temperature", new JsonObject());
        request.response().end((isJob ? job : temperatures).toBuffer());
    }

    private static void change(RunningBridge bridge, String patch) {
        HttpApi.json(bridge.api().send("PATCH", PRINTER, patch), 200);
    }

    private static void assertOutcomeUnknown(CompletableFuture<HttpResponse<String>> command) throws Exception {
        HttpResponse<String> response = command.get(20, TimeUnit.SECONDS);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(504);
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("outcome_unknown");
        assertThat(response.body()).contains("it may have executed the command");
    }

    private static JsonObject job(String state, @Nullable Double completion) {
        return new JsonObject()
                .put("state", state)
                .put("job", new JsonObject().put("file", new JsonObject().put("name", "clip.gcode")))
                .put("progress", new JsonObject().put("completion", completion).put("printTime", 60));
    }
}
