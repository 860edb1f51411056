package io.github.printer2mqtt.cli;

import io.github.printer2mqtt.cli.command.CommandLineInterface;
import io.github.printer2mqtt.config.BridgeConfig;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs commands in this process, with an environment of its own, no config.json and doors that must not be opened unless
 * a test gives them.
 */
final class CommandRun {
    /**
     * What a command did.
     *
     * @param code with which it ended
     * @param out what it answered
     * @param err what it said beside
     */
    record Result(int code, List<String> out, List<String> err) {}

    private final Map<String, String> environment = new HashMap<>();
    private Path config = Path.of("target", "no-such", "config.json");
    private Launcher launcher = new Launcher() {
        @Override
        public Running start(BridgeConfig given) {
            throw new AssertionError("no bridge should start");
        }

        @Override
        public Running startDemo(BridgeConfig given) {
            throw new AssertionError("no demo should start");
        }
    };
    private OfflinePrinterAdmin.Opener offline = given -> {
        throw new AssertionError("the database should not be opened");
    };

    CommandRun with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    CommandRun withConfig(Path file) {
        config = file;
        return this;
    }

    CommandRun withLauncher(Launcher given) {
        launcher = given;
        return this;
    }

    CommandRun withOffline(OfflinePrinterAdmin.Opener given) {
        offline = given;
        return this;
    }

    Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CliContext world =
                new CliContext(environment, config, new PrintWriter(out), new PrintWriter(err), launcher, offline);
        int code = new CommandLineInterface(world).run(arguments);
        return new Result(
                code, out.toString().lines().toList(), err.toString().lines().toList());
    }

    /** A door that knows no answer; tests override what they ask. */
    static class ClosedDoor implements OfflinePrinterAdmin {
        @Override
        public JsonObject list() {
            throw new AssertionError("not asked for");
        }

        @Override
        public JsonObject add(JsonObject registration) {
            throw new AssertionError("not asked for");
        }

        @Override
        public Optional<JsonObject> status(String id) {
            return Optional.empty();
        }

        @Override
        public JsonObject change(String id, JsonObject patch) {
            throw new AssertionError("not asked for");
        }

        @Override
        public JsonObject importAll(RegistrationFormat format, byte[] content) {
            throw new AssertionError("not asked for");
        }

        @Override
        public String export(RegistrationFormat format) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void remove(String id) {
            throw new AssertionError("not asked for");
        }

        @Override
        public JsonObject probe(JsonObject request) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void close() {}
    }
}
