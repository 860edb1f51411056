package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.printer2mqtt.cli.CliContext;
import io.github.printer2mqtt.cli.command.CommandLineInterface;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.LogConfig;
import io.github.printer2mqtt.logging.LogbackLevels;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The log shows what happened and who requested it, but no secret. */
class LogTest {
    private static final String CANARY = "canary-key-0123456789";

    @TempDir
    Path folder;

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    @Test
    void registrationsCommandsAndStopAreLoggedWithTheirOrigin() {
        SimulatedPrinter machine = SimulatedPrinters.machine("Voron");
        machine.startUnderWay("clip.gcode", Duration.ofHours(2), Duration.ofHours(1));
        PrinterServer server = printers.start(new MoonrakerSimulator(machine));
        try (CapturedLog log = CapturedLog.of("io.github.printer2mqtt", Level.INFO)) {
            try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder))) {
                HttpApi api = bridge.api();
                api.register(SimulatedPrinters.registration("voron", server)
                        .put("credentials", new JsonObject().put("api_key", CANARY)));
                Await.until(
                        "it prints", () -> api.get("/api/printers/voron").body().contains("\"state\":\"printing\""));
                api.send("POST", "/api/printers/voron/commands/pause", null);
                api.send("POST", "/api/printers/voron/commands/home", null);
                api.patch("/api/printers/voron", new JsonObject().put("group", "shelf"));
                api.delete("/api/printers/voron");
            }

            assertThat(log.lines())
                    .containsSubsequence(
                            "registered voron (moonraker at " + server.url() + ") from HTTP 127.0.0.1",
                            "command pause for voron from HTTP 127.0.0.1: accepted",
                            "changed [group] of voron from HTTP 127.0.0.1",
                            "removed voron from HTTP 127.0.0.1",
                            "stopping")
                    .anyMatch(line -> line.matches("command home for voron from HTTP 127\\.0\\.0\\.1: .+ needs .+"))
                    .anyMatch(line -> line.matches("stopped after \\d+ ms"))
                    .noneMatch(line -> line.contains(CANARY));
        }
    }

    /** 82, 83: a name is one line of plain text in the log, and nothing in it is looked up. */
    @Test
    void nameIsNotInterpretedInTheLog() {
        PrinterServer server = printers.start(new MoonrakerSimulator(SimulatedPrinters.machine("Voron")));
        String name = "%n {} ${jndi:ldap://127.0.0.1:9/x} %X{a}";
        try (CapturedLog log = CapturedLog.of("io.github.printer2mqtt", Level.TRACE)) {
            try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder))) {
                bridge.api()
                        .register(
                                SimulatedPrinters.registration("voron", server).put("name", name));
                bridge.api().awaitState("voron", "idle");
                bridge.api().patch("/api/printers/voron", new JsonObject().put("name", name + " again"));
                HttpResponse<String> refused =
                        bridge.api().post("/api/printers/probe", new JsonObject().put("driver", name));
                assertThat(refused.statusCode()).isEqualTo(422);
            }
            assertThat(log.lines()).isNotEmpty().allMatch(line -> line.lines().count() == 1);
        }
    }

    @Test
    void commandLineIsLoggedAsOrigin() {
        try (CapturedLog log = CapturedLog.of("io.github.printer2mqtt", Level.INFO);
                RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder))) {
            StringWriter errors = new StringWriter();
            CliContext context = Main.context(
                    Map.of("PRINTER2MQTT_URL", "http://127.0.0.1:" + bridge.httpPort()),
                    folder.resolve("none.json"),
                    new PrintWriter(new StringWriter()),
                    new PrintWriter(errors),
                    new BridgeLauncher(reason -> {}));
            int code = new CommandLineInterface(context)
                    .run(
                            "printers",
                            "add",
                            "Voron",
                            "--driver",
                            "moonraker",
                            "--address",
                            "192.0.2.7",
                            "--no-wait",
                            "--api-key",
                            CANARY);
            assertThat(code).as(errors.toString()).isZero();
            assertThat(log.lines())
                    .contains("registered voron (moonraker at http://192.0.2.7:7125) from command line 127.0.0.1")
                    .noneMatch(line -> line.contains(CANARY));
        }
    }

    @Test
    void levelsApplyToTheProgramAndItsPackages() {
        LogbackLevels levels = new LogbackLevels(BridgeConfig.defaults().log());
        try {
            levels.apply(new LogConfig(LogConfig.Level.WARN, Map.of("mqtt", LogConfig.Level.TRACE)));

            assertThat(LoggerFactory.getLogger("io.github.printer2mqtt.fleet.Any")
                            .isInfoEnabled())
                    .isFalse();
            assertThat(LoggerFactory.getLogger("io.github.printer2mqtt.mqtt.Any")
                            .isTraceEnabled())
                    .isTrue();
        } finally {
            levels.apply(BridgeConfig.defaults().log());
        }
        assertThat(LoggerFactory.getLogger("io.github.printer2mqtt.mqtt.Any").isDebugEnabled())
                .isFalse();
    }
}
