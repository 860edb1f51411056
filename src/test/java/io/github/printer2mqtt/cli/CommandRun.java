package io.github.printer2mqtt.cli;

import io.github.printer2mqtt.cli.command.CommandLineInterface;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.registration.transfer.ImportFormat;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands in this process with a separate environment and without config.json; starting a bridge or opening the
 * database fails unless the test replaces it.
 */
final class CommandRun {
    /**
     * What a command returned and printed.
     *
     * @param code the exit code
     * @param out lines of standard output
     * @param err lines of standard error
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
        public Running startDemo(BridgeConfig given, Launcher.DemoMakes makes) {
            throw new AssertionError("no demo should start");
        }
    };
    private Function<BridgeConfig, PrinterAdmin> database = given -> {
        throw new AssertionError("the database should not be opened");
    };

    private Function<BridgeConfig, SecretsAdmin> secrets = given -> {
        throw new AssertionError("the key should not be used");
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

    CommandRun withDatabase(Function<BridgeConfig, PrinterAdmin> given) {
        database = given;
        return this;
    }

    CommandRun withSecrets(Function<BridgeConfig, SecretsAdmin> given) {
        secrets = given;
        return this;
    }

    Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CliContext context = new CliContext(
                environment,
                config,
                new PrintWriter(out),
                new PrintWriter(err),
                launcher,
                database,
                secrets,
                CommandRun::noBackup,
                CommandRun::noCopy,
                (invalid, problems) -> new byte[0]);
        int code = new CommandLineInterface(context).run(arguments);
        return new Result(
                code, out.toString().lines().toList(), err.toString().lines().toList());
    }

    private static BackupAdmin noBackup(BridgeConfig config) {
        throw new AssertionError("no backup should be made");
    }

    private static CopyAdmin noCopy(BridgeConfig config) {
        throw new AssertionError("nothing should be copied");
    }

    /** Fails every call that a test does not override. */
    static class UnusedPrinterAdmin implements PrinterAdmin {
        @Override
        public JsonObject list() {
            throw new AssertionError("unexpected call");
        }

        @Override
        public JsonObject add(JsonObject registration) {
            throw new AssertionError("unexpected call");
        }

        @Override
        public Optional<JsonObject> status(String id) {
            return Optional.empty();
        }

        @Override
        public JsonObject change(String id, JsonObject patch) {
            throw new AssertionError("unexpected call");
        }

        @Override
        public JsonObject importAll(@Nullable ImportFormat format, byte[] content) {
            throw new AssertionError("unexpected call");
        }

        @Override
        public JsonObject previewImport(@Nullable ImportFormat format, byte[] content) {
            throw new AssertionError("unexpected call");
        }

        @Override
        public String export(RegistrationFormat format) {
            throw new AssertionError("unexpected call");
        }

        @Override
        public void remove(String id) {
            throw new AssertionError("unexpected call");
        }

        @Override
        public JsonObject probe(JsonObject request) {
            throw new AssertionError("unexpected call");
        }

        @Override
        public JsonObject discover(JsonObject request) {
            throw new AssertionError("nothing is discovered");
        }

        @Override
        public JsonObject diagnose(String id) {
            throw new AssertionError("unexpected call");
        }

        @Override
        public void close() {}
    }
}
