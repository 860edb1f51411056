package io.github.printer2mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting the bridge or the demo, and the reports when that fails. */
class RunCommandTest {
    private static final String TITLE = "printer2mqtt " + Version.text();

    private final List<String> calls = new ArrayList<>();

    @Test
    void runUsesTheConfigurationAndClosesTheBridge() {
        for (String[] arguments : List.of(new String[] {"run"}, new String[] {})) {
            CommandRun.Result result =
                    withStart(Stub::new).with("PRINTER2MQTT_HTTP_PORT", "9090").run(arguments);
            assertThat(result.code()).isZero();
            assertThat(result.err()).isEmpty();
            assertThat(result.out()).contains("  printers     12").anyMatch(line -> line.contains(":9090/"));
        }
        assertThat(calls).containsExactly("run 9090", "stopped", "closed", "run 9090", "stopped", "closed");
    }

    @Test
    void demoHasTheUsualPrintersUnlessAllMakesAreRequested() {
        CommandRun run = withStart(Stub::new);

        assertThat(run.run("demo", "--makes", "all").code()).isZero();
        run.run("demo", "--makes=usual");
        CommandRun.Result mistake = run.run("demo", "--makes", "prusa");

        assertThat(calls).containsSubsequence("demo 8080 with all makes", "demo 8080");
        assertThat(mistake.code()).isEqualTo(2);
        assertThat(String.join("\n", mistake.err())).contains("--makes", "prusa", "USUAL", "ALL");
    }

    @Test
    void demoIgnoresTheDefaultConfiguration(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("config.json"), "{\"http\": {\"port\": 7070}}");
        CommandRun run = withStart(Stub::new).withConfig(file);
        assertThat(run.run("demo").out()).last().asString().contains("simulated printers");
        run.run("demo", "--config", file.toString());
        run.run("run");
        assertThat(calls)
                .containsExactly(
                        "demo 8080",
                        "stopped",
                        "closed",
                        "demo 7070",
                        "stopped",
                        "closed",
                        "run 7070",
                        "stopped",
                        "closed");
    }

    @Test
    void everyConfigurationErrorIsReported(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("config.json"), "{\"http\": {\"prot\": 1}, \"polling\": {\"timeout\": \"1x\"}}");
        CommandRun.Result result = new CommandRun()
                .with("PRINTER2MQTT_HTTP_PORT", "no")
                .withConfig(file)
                .run("run");
        assertThat(result)
                .isEqualTo(new CommandRun.Result(
                        2,
                        List.of(),
                        List.of(
                                "http.prot: found an unknown key, expected http.port",
                                "polling.timeout: found \"1x\", expected a duration such as \"500ms\", \"2s\" or"
                                        + " \"5m\"",
                                "PRINTER2MQTT_HTTP_PORT: found \"no\", expected a whole number from 0 to 65535")));
    }

    @Test
    void missingNamedFileIsReported() {
        assertThat(new CommandRun().run("run", "--config", "nope.json"))
                .isEqualTo(
                        new CommandRun.Result(2, List.of(), List.of("nope.json: found no file, expected a JSON file")));
    }

    @Test
    void failedStartIsReported() {
        CommandRun.Result result = withStart(config -> {
                    throw new StartException("port 8080 is taken", new BindException("Address already in use"));
                })
                .run("run");
        assertThat(result)
                .isEqualTo(new CommandRun.Result(3, List.of(TITLE), List.of("printer2mqtt: port 8080 is taken")));
    }

    @Test
    void stackTraceIsPrintedOnlyWithVerbose() {
        CommandRun exception = withStart(config -> {
            throw new IllegalStateException("a\nbug");
        });
        String line = "printer2mqtt: unexpected error: java.lang.IllegalStateException: a bug";
        assertThat(exception.run("run"))
                .isEqualTo(new CommandRun.Result(
                        1, List.of(TITLE), List.of(line + " (--verbose prints the stack trace)")));
        CommandRun.Result verbose = exception.run("run", "--verbose");
        assertThat(verbose.code()).isEqualTo(1);
        assertThat(verbose.err()).startsWith(line).anyMatch(trace -> trace.startsWith("\tat io.github.printer2mqtt."));
        CommandRun.Result error = withStart(config -> {
                    throw new NoClassDefFoundError("x/Y");
                })
                .run("run");
        assertThat(error.code()).isEqualTo(1);
        assertThat(error.err())
                .containsExactly("printer2mqtt: unexpected error: java.lang.NoClassDefFoundError: x/Y (--verbose"
                        + " prints the stack trace)");
    }

    @Test
    void invalidCommandIsExplainedInTwoLines() {
        assertThat(new CommandRun().run("probe"))
                .isEqualTo(new CommandRun.Result(
                        2,
                        List.of(),
                        List.of(
                                "printer2mqtt: Missing required parameter: 'ADDRESS'",
                                "Try 'printer2mqtt probe --help'.")));
        assertThat(new CommandRun().run("printers"))
                .isEqualTo(new CommandRun.Result(
                        2,
                        List.of(),
                        List.of(
                                "printer2mqtt: found no command, expected list, show, check, add, change, remove, enable, disable, discover, import or export",
                                "Try 'printer2mqtt printers --help'.")));
        assertThat(new CommandRun().run("--nonsense").code()).isEqualTo(2);
        assertThat(new CommandRun().run("nonsense").code()).isEqualTo(2);
    }

    @Test
    void helpListsExitCodesWithoutColours() {
        for (String[] arguments :
                List.of(new String[] {"--help"}, new String[] {"printers", "add", "--help"}, new String[] {"-h"})) {
            CommandRun.Result result = new CommandRun().run(arguments);
            assertThat(result.code()).isZero();
            String help = String.join("\n", result.out());
            assertThat(help).doesNotContain("\u001b");
            for (ExitCode code : ExitCode.values()) {
                assertThat(help).containsPattern("\n +" + code.number() + " +[a-z]");
            }
        }
    }

    @Test
    void helpWarnsAboutSecretsInOptions() {
        assertThat(String.join(
                                " ",
                                new CommandRun()
                                        .run("printers", "add", "--help")
                                        .out())
                        .replaceAll(" +", " "))
                .contains("can see it in the list of processes");
    }

    @Test
    void versionOptionPrintsTheBuildVersion() {
        assertThat(new CommandRun().run("--version").out())
                .singleElement()
                .asString()
                .matches("printer2mqtt \\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void helpAndVersionAreAlsoCommands() {
        assertThat(new CommandRun().run("version"))
                .isEqualTo(new CommandRun.Result(0, List.of("printer2mqtt " + Version.text()), List.of()));
        assertThat(new CommandRun().run("help").out())
                .isEqualTo(new CommandRun().run("--help").out());
        assertThat(String.join("\n", new CommandRun().run("help", "printers").out()))
                .contains("import", "export", "change");
    }

    private CommandRun withStart(Function<BridgeConfig, Launcher.Running> start) {
        return new CommandRun().withLauncher(new Launcher() {
            @Override
            public Running start(BridgeConfig config) {
                Running running = start.apply(config);
                calls.add("run " + config.http().port());
                return running;
            }

            @Override
            public Running startDemo(BridgeConfig config, Launcher.DemoMakes makes) {
                Running running = start.apply(config);
                calls.add("demo " + config.http().port() + (makes == Launcher.DemoMakes.ALL ? " with all makes" : ""));
                return running;
            }
        });
    }

    private final class Stub implements Launcher.Running {
        private final BridgeConfig config;

        Stub(BridgeConfig config) {
            this.config = config;
        }

        @Override
        public StartBanner banner() {
            return new StartBanner(config, config.http().port(), 12, "login or token required");
        }

        @Override
        public void awaitStop() {
            calls.add("stopped");
        }

        @Override
        public void close() {
            calls.add("closed");
        }
    }
}
