package io.github.printer2mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.testing.Ports;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands while no bridge runs; they use the database unless a bridge was named. */
class OfflineCommandsTest {
    private final List<String> calls = new ArrayList<>();
    private final String port = Integer.toString(Ports.free());

    @Test
    void commandsOpenAndCloseTheConfiguredDatabase() {
        CommandRun run = run();
        assertThat(run.run("printers", "list"))
                .isEqualTo(new CommandRun.Result(
                        0,
                        List.of("ID  NAME  DRIVER     ADDRESS", "a   A     octoprint  http://h:5000"),
                        List.of(note())));
        assertThat(run.run("printers", "remove", "a").out()).containsExactly("removed a");
        assertThat(run.run("printers", "add", "A", "--address", "h").out())
                .containsExactly("added a (octoprint, http://h:5000)", "it will be polled when a bridge runs");
        assertThat(run.run("probe", "h").out()).containsExactly("driver       octoprint");
        assertThat(calls)
                .containsExactly(
                        "open farm.db",
                        "close",
                        "open farm.db",
                        "remove a",
                        "close",
                        "open farm.db",
                        "add {\"name\":\"A\",\"driver\":\"auto\",\"address\":\"h\"}",
                        "close",
                        "open farm.db",
                        "probe {\"driver\":\"auto\",\"address\":\"h\"}",
                        "close");
    }

    @Test
    void namedBridgeIsNotReplacedByTheDatabase() {
        String url = "http://127.0.0.1:" + port;
        assertThat(run().run("printers", "list", "--url", url))
                .isEqualTo(new CommandRun.Result(4, List.of(), List.of("printer2mqtt: no bridge runs at " + url)));
        assertThat(calls).isEmpty();
    }

    @Test
    void healthReportsThatNoBridgeRuns() {
        assertThat(run().run("health"))
                .isEqualTo(new CommandRun.Result(
                        4, List.of(), List.of("printer2mqtt: no bridge runs at http://127.0.0.1:" + port)));
        assertThat(calls).isEmpty();
    }

    @Test
    void rejectedCommandClosesTheDatabase() {
        CommandRun.Result rejected = run().withDatabase(config -> new Farm() {
                    @Override
                    public void remove(String id) {
                        throw new RegistrationException(
                                RegistrationException.Code.PRINTER_NOT_FOUND, null, "no printer has the id \"b\"");
                    }
                })
                .run("printers", "remove", "b");
        assertThat(rejected)
                .isEqualTo(new CommandRun.Result(
                        2, List.of(), List.of(note(), "printer2mqtt: no printer has the id \"b\"")));
        assertThat(calls).containsExactly("close");
        CommandRun.Result unanswered = run().withDatabase(config -> new Farm() {
                    @Override
                    public JsonObject add(JsonObject registration) {
                        throw new RegistrationException(
                                RegistrationException.Code.DRIVER_NOT_DETECTED, "address", "nobody answers");
                    }
                })
                .run("printers", "add", "A", "--address", "h");
        assertThat(unanswered)
                .isEqualTo(
                        new CommandRun.Result(4, List.of(), List.of(note(), "printer2mqtt: address: nobody answers")));
    }

    @Test
    void unusableDatabaseIsReported() {
        CommandRun.Result result = run().withDatabase(config -> {
                    throw new StartException("farm.db: found no SQLite file", new IOException("magic"));
                })
                .run("printers", "list");
        assertThat(result)
                .isEqualTo(new CommandRun.Result(
                        3, List.of(), List.of(note(), "printer2mqtt: farm.db: found no SQLite file")));
    }

    private String note() {
        return "no bridge runs at http://127.0.0.1:" + port + "; using the database \"farm.db\" directly";
    }

    private CommandRun run() {
        return new CommandRun()
                .with("PRINTER2MQTT_HTTP_PORT", port)
                .with("PRINTER2MQTT_DATABASE_PATH", "farm.db")
                .withDatabase(config -> {
                    calls.add("open " + config.database().path());
                    return new Farm();
                });
    }

    private class Farm extends CommandRun.UnusedPrinterAdmin {
        private final JsonObject printer = new JsonObject()
                .put("id", "a")
                .put("name", "A")
                .put("driver", "octoprint")
                .put("address", "http://h:5000");

        @Override
        public JsonObject list() {
            return new JsonObject().put("printers", new JsonArray().add(printer));
        }

        @Override
        public JsonObject add(JsonObject registration) {
            calls.add("add " + registration.encode());
            return printer;
        }

        @Override
        public void remove(String id) {
            calls.add("remove " + id);
        }

        @Override
        public JsonObject probe(JsonObject request) {
            calls.add("probe " + request.encode());
            return new JsonObject().put("driver", "octoprint");
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }
}
