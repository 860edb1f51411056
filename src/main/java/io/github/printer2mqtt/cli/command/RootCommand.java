package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.CliContext;
import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.OfflinePrinterAdmin;
import io.github.printer2mqtt.cli.PrinterAdmin;
import io.github.printer2mqtt.cli.Version;
import io.github.printer2mqtt.cli.client.BridgeClient;
import io.github.printer2mqtt.cli.client.BridgeEndpoint;
import io.github.printer2mqtt.cli.client.BridgeNotRunningException;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.ConfigReader;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command has, and what they lead to. Without a command it runs the bridge. */
@Command(
        name = "printer2mqtt",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Watches a fleet of 3D printers and hands their state to MQTT and HTTP. Without a command: run.")
final class RootCommand implements Callable<Integer> {
    private final CliContext world;

    @Option(
            names = "--config",
            paramLabel = "PATH",
            scope = ScopeType.INHERIT,
            description = "The configuration, instead of config.json here; also PRINTER2MQTT_CONFIG.")
    private @Nullable String config;

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "Where a running bridge is asked, instead of the http section; also PRINTER2MQTT_URL.")
    private @Nullable String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            scope = ScopeType.INHERIT,
            description =
                    "What a running bridge wants, instead of http.token. Other users of this machine can see it in the"
                            + " list of processes: better set PRINTER2MQTT_CLI_TOKEN.")
    private @Nullable String token;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show where an unexpected failure happened.")
    private boolean verbose;

    RootCommand(CliContext world) {
        this.world = world;
    }

    @Override
    public Integer call() throws InterruptedException {
        return new RunCommand(world, this).call();
    }

    CliContext world() {
        return world;
    }

    boolean isVerbose() {
        return verbose;
    }

    /** The configuration that was named, or else the file here if there is one. */
    BridgeConfig configuration() {
        String named = namedConfiguration();
        return named == null ? reader().readIfPresent(world.defaultConfig()) : reader().read(path(named));
    }

    /** The configuration that was named, or else the environment: whatever lies here is left alone. */
    BridgeConfig configurationIfNamed() {
        String named = namedConfiguration();
        return named == null ? reader().readEnvironment() : reader().read(path(named));
    }

    /** The bridge that was named, or else the configured one. The configured token goes to the configured bridge only. */
    BridgeClient client() {
        return new BridgeClient(endpoint(), BridgeClient.Patience.standard());
    }

    /** Asks the running bridge, and where none runs in the place that is configured, opens the printers itself. */
    <T> T ask(Function<PrinterAdmin, T> question) {
        try {
            return question.apply(client());
        } catch (BridgeNotRunningException e) {
            if (namedBridge() != null) {
                throw e;
            }
            BridgeConfig here = configuration();
            world.note(
                    e.getMessage() + "; using " + QuotedText.of(here.database().path()) + " directly");
            try (OfflinePrinterAdmin door = world.offline().open(here)) {
                return question.apply(door);
            }
        }
    }

    private BridgeEndpoint endpoint() {
        String named = namedBridge();
        String text = firstOf(token, "PRINTER2MQTT_CLI_TOKEN");
        if (text != null && !text.chars().allMatch(sign -> sign > ' ' && sign < 0x7f)) {
            throw new CliException(ExitCode.USAGE, "--token: found characters that no token has");
        }
        Secret given = text == null ? null : Secret.of(text);
        return named == null
                ? BridgeEndpoint.configured(configuration().http(), given)
                : BridgeEndpoint.named(named, given);
    }

    private @Nullable String namedBridge() {
        return firstOf(url, "PRINTER2MQTT_URL");
    }

    private @Nullable String namedConfiguration() {
        return firstOf(config, "PRINTER2MQTT_CONFIG");
    }

    /** An option, or else the variable; an empty variable is like none. */
    private @Nullable String firstOf(@Nullable String option, String variable) {
        String set = world.environment().get(variable);
        return option != null ? option : set == null || set.isEmpty() ? null : set;
    }

    private ConfigReader reader() {
        return new ConfigReader(world.environment(), ConfigReader.SecretFiles.ofSystem());
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new CliException(
                    ExitCode.USAGE,
                    "--config: found " + QuotedText.of(text)
                            + ", expected a path of this system's character set; for UTF-8" + " set LC_ALL=C.UTF-8",
                    e);
        }
    }

    /** Prints which printer2mqtt this is. */
    @Command(name = "version", description = "Print the version, as --version does.")
    static final class VersionCommand implements Callable<Integer> {
        private final CliContext world;

        VersionCommand(CliContext world) {
            this.world = world;
        }

        @Override
        public Integer call() {
            world.print(List.of(new Version().getVersion()));
            return ExitCode.OK.number();
        }
    }
}
