package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.duet.DuetSimulator;
import io.github.printer2mqtt.simulator.elegoo.ElegooCc2Simulator;
import io.github.printer2mqtt.simulator.flashforge.FlashforgeSimulator;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.protocol.OctoPrintSimulator;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkSimulator;
import io.github.printer2mqtt.simulator.repetier.RepetierSimulator;
import io.github.printer2mqtt.simulator.server.PrinterSimulator;
import io.github.printer2mqtt.simulator.ultimaker.UltimakerSimulator;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.CapturedTrace;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedBambu;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 96: right and wrong credentials of every driver appear in no log line at any level, no answer and no topic. */
@Timeout(60)
class DriverSecretsTest {
    /** Contained in every secret of this test, except the serial number and the code that are fixed by a certificate. */
    private static final String CANARY = "canary";

    private static final String RIGHT = "canary-right-0123456789";
    private static final String WRONG = "canary-wrong-0123456789";
    private static final String NAME = "canaryname";

    /** Printers that ask for no credentials. */
    private static final Set<String> OPEN = Set.of("creality", "elegoo", "flashforge-tcp");

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    private enum Protected {
        OCTOPRINT,
        MOONRAKER,
        PRUSALINK,
        DUET,
        FLASHFORGE,
        REPETIER,
        ULTIMAKER,
        ELEGOO_CC2;

        PrinterSimulator simulator(SimulatedPrinter machine) {
            return switch (this) {
                case OCTOPRINT -> new OctoPrintSimulator(machine, RIGHT);
                case MOONRAKER -> new MoonrakerSimulator(machine, RIGHT);
                case PRUSALINK -> new PrusaLinkSimulator(machine, RIGHT);
                case DUET -> new DuetSimulator(machine, RIGHT);
                case FLASHFORGE -> new FlashforgeSimulator(machine, NAME, RIGHT);
                case REPETIER -> new RepetierSimulator(List.of(machine), RIGHT);
                case ULTIMAKER -> new UltimakerSimulator(machine, NAME, RIGHT);
                case ELEGOO_CC2 -> new ElegooCc2Simulator(machine, NAME, RIGHT);
            };
        }

        JsonObject credentials(String secret) {
            return switch (this) {
                case OCTOPRINT, MOONRAKER, REPETIER -> new JsonObject().put("api_key", secret);
                case DUET -> new JsonObject().put("password", secret);
                case PRUSALINK -> new JsonObject().put("username", "maker").put("password", secret);
                case FLASHFORGE, ULTIMAKER, ELEGOO_CC2 ->
                    new JsonObject().put("username", NAME).put("password", secret);
            };
        }
    }

    @Test
    void everyDriverIsTested() {
        Set<String> tested = new HashSet<>(OPEN);
        tested.add("bambu");
        for (Protected driver : Protected.values()) {
            tested.add(driver.simulator(SimulatedPrinters.machine("M")).driver());
        }
        assertThat(tested).containsExactlyInAnyOrderElementsOf(Drivers.ids());
    }

    @ParameterizedTest
    @EnumSource(Protected.class)
    void credentialsStayInside(Protected driver) {
        PrinterSimulator simulator = driver.simulator(SimulatedPrinters.machine("Machine"));
        JsonObject registration = SimulatedPrinters.registration("x", printers.start(simulator));
        assertNothingLeaks(
                registration.copy().put("credentials", driver.credentials(RIGHT)),
                driver.credentials(WRONG),
                List.of(CANARY));
    }

    @Test
    void credentialsOfBambuLabStayInside() {
        Vertx vertx = Vertx.vertx();
        try (SimulatedBambu printer = SimulatedBambu.start(vertx)) {
            JsonObject right =
                    new JsonObject().put("username", SimulatedBambu.SERIAL).put("password", SimulatedBambu.CODE);
            String fingerprint = SimulatedBambu.certificate().fingerprint();
            JsonObject registration = new JsonObject()
                    .put("id", "x")
                    .put("name", "Machine")
                    .put("driver", "bambu")
                    .put("address", "127.0.0.1:" + printer.port())
                    .put("tls", new JsonObject().put("fingerprint", fingerprint))
                    .put("credentials", right);
            assertNothingLeaks(
                    registration,
                    right.copy().put("password", WRONG),
                    List.of(CANARY, SimulatedBambu.SERIAL, SimulatedBambu.CODE));
        } finally {
            Await.done(vertx.close());
        }
    }

    private void assertNothingLeaks(JsonObject registration, JsonObject wrong, List<String> secrets) {
        List<String> seen = new ArrayList<>();
        try (CapturedTrace log = CapturedTrace.of("io.github.printer2mqtt")) {
            try (RunningBridge bridge = RunningBridge.start(RunningBridge.patientConfiguration(folder));
                    TestSubscriber user = bridge.listen()) {
                HttpApi api = bridge.api();
                record(seen, api.post("/api/printers/probe", registration));
                record(seen, api.post("/api/printers", registration));
                api.awaitState("x", "idle");
                useEverything(api, seen);
                record(seen, api.patch("/api/printers/x", new JsonObject().put("credentials", wrong)));
                api.await("x", "used the wrong ones", status -> status.getString("state") != null);
                useEverything(api, seen);
                record(seen, api.post("/api/printers/probe", registration.copy().put("credentials", wrong)));
                record(seen, api.delete("/api/printers/x"));
                user.catchUp().all().forEach(heard -> seen.add(heard.topic() + " " + heard.text()));
            }
            assertThat(log.text()).contains("registered x");
            for (String secret : secrets) {
                assertThat(log.text().lines().filter(line -> line.contains(secret)))
                        .isEmpty();
                assertThat(seen.stream().filter(text -> text.contains(secret))).isEmpty();
            }
            assertThat(seen).hasSizeGreaterThan(10);
        }
    }

    private static void useEverything(HttpApi api, List<String> seen) {
        for (String verb : List.of("pause", "home")) {
            record(seen, api.send("POST", "/api/printers/x/commands/" + verb, null));
        }
        for (String path : List.of(
                "/api/printers?fresh=true",
                "/api/printers/x",
                "/api/printers/x/polls",
                "/api/printers/x/registration",
                "/api/printers/x/diagnosis",
                "/api/printers/export",
                "/api/printers/export?format=csv",
                "/api/history?kind=states",
                "/api/audit",
                "/metrics",
                "/health/ready")) {
            record(seen, api.get(path));
        }
    }

    private static void record(List<String> seen, HttpResponse<String> response) {
        seen.add(response.uri().getPath() + " " + response.headers() + " " + response.body());
    }
}
