package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.CliContext;
import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.PrinterAdmin;
import io.github.printer2mqtt.cli.Version;
import io.github.printer2mqtt.cli.client.BridgeClient;
import io.github.printer2mqtt.cli.client.BridgeEndpoint;
import io.github.printer2mqtt.cli.client.BridgeNotRunningException;
import io.github.printer2mqtt.cli.client.BridgeTrust;
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

/** The options that all commands share. Without a command it runs the bridge. */
@Command(
        name = "printer2mqtt",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        sortOptions = false,
        description =
                "Watches a fleet of 3D printers and publishes their state over MQTT and HTTP. Runs the bridge if no command is given.")
final class RootCommand implements Callable<Integer> {
    private final CliContext context;

    @Option(
            names = "--config",
            paramLabel = "PATH",
            scope = ScopeType.INHERIT,
            description =
                    "The configuration file; if missing config.json in this folder, or that of an installed package. Also"
                            + " PRINTER2MQTT_CONFIG.")
    private @Nullable String config;

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description =
                    "The URL of the running bridge; derived from the http section if missing. Also PRINTER2MQTT_URL.")
    private @Nullable String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            scope = ScopeType.INHERIT,
            description =
                    "The token of the running bridge; http.token if missing. Other users of this machine can see it in the"
                            + " list of processes: prefer PRINTER2MQTT_CLI_TOKEN.")
    private @Nullable String token;

    @Option(
            names = "--ca",
            paramLabel = "PATH",
            scope = ScopeType.INHERIT,
            description = "PEM file with the authority of the running bridge's certificate. Also PRINTER2MQTT_CLI_CA.")
    private @Nullable String ca;

    @Option(
            names = "--fingerprint",
            paramLabel = "SHA256",
            scope = ScopeType.INHERIT,
            description =
                    "The fingerprint of the running bridge's certificate; that of http.tls.certificate if --url is missing."
                            + " Also PRINTER2MQTT_CLI_FINGERPRINT.")
    private @Nullable String fingerprint;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Print the stack trace of an error.")
    private boolean verbose;

    RootCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        return new RunCommand(this).call();
    }

    CliContext context() {
        return context;
    }

    boolean isVerbose() {
        return verbose;
    }

    /** The named configuration, or else the default file if it exists. */
    BridgeConfig configuration() {
        String named = namedConfiguration();
        return named == null ? reader().readIfPresent(context.defaultConfig()) : reader().read(path(named));
    }

    /** The named configuration, or else the environment alone; the default file is not read. */
    BridgeConfig configurationIfNamed() {
        String named = namedConfiguration();
        return named == null ? reader().readEnvironment() : reader().read(path(named));
    }

    /** The client of the named bridge, or else of the configured one, which alone gets the configured token. */
    BridgeClient client() {
        return new BridgeClient(endpoint(), BridgeClient.Timeouts.defaults());
    }

    /** Runs an operation through the bridge, or in the database if no bridge was named and the configured one is down. */
    <T> T withPrinters(Function<PrinterAdmin, T> operation) {
        try (PrinterAdmin bridge = client()) {
            return operation.apply(bridge);
        } catch (BridgeNotRunningException e) {
            if (namedBridge() != null) {
                throw e;
            }
            BridgeConfig localConfig = configuration();
            context.note(e.getMessage() + "; using the database "
                    + QuotedText.of(localConfig.database().shown()) + " directly");
            try (PrinterAdmin printers = context.database().apply(localConfig)) {
                return operation.apply(printers);
            }
        }
    }

    /** Whether the user named the bridge, which may be on another machine then. */
    boolean namesBridge() {
        return namedBridge() != null;
    }

    private BridgeEndpoint endpoint() {
        String named = namedBridge();
        String given = firstOf(token, "PRINTER2MQTT_CLI_TOKEN");
        if (given != null && !given.chars().allMatch(sign -> sign > ' ' && sign < 0x7f)) {
            throw new CliException(
                    ExitCode.USAGE, "--token: found a space or a character outside ASCII, expected printable ASCII");
        }
        Secret secret = Secret.ofNullable(given);
        BridgeTrust trust = new BridgeTrust(
                firstOf(ca, "PRINTER2MQTT_CLI_CA"), firstOf(fingerprint, "PRINTER2MQTT_CLI_FINGERPRINT"));
        return named == null
                ? BridgeEndpoint.configured(configuration().http(), secret, trust)
                : BridgeEndpoint.named(named, secret, trust);
    }

    /** Rejects --url for a command that works on files of this machine. */
    void expectThisMachine(String elsewhere) {
        if (namedBridge() != null) {
            throw new CliException(
                    ExitCode.USAGE, "--url: this command is for the database of this machine; " + elsewhere);
        }
    }

    private @Nullable String namedBridge() {
        return firstOf(url, "PRINTER2MQTT_URL");
    }

    private @Nullable String namedConfiguration() {
        return firstOf(config, "PRINTER2MQTT_CONFIG");
    }

    /** The option, or else the variable if it is not empty. */
    private @Nullable String firstOf(@Nullable String option, String variable) {
        String set = context.environment().get(variable);
        return option != null ? option : set == null || set.isEmpty() ? null : set;
    }

    private ConfigReader reader() {
        return new ConfigReader(context.environment(), ConfigReader.SecretFiles.ofSystem());
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new CliException(
                    ExitCode.USAGE,
                    "--config: found " + QuotedText.of(text)
                            + ", expected characters of this system's encoding; for UTF-8 set LC_ALL=C.UTF-8",
                    e);
        }
    }

    /** Prints the version. */
    @Command(name = "version", description = "Print the version, as --version does.")
    static final class VersionCommand extends PrintersCommand.PrintingCommand {
        VersionCommand(RootCommand root) {
            super(root);
        }

        @Override
        List<String> result() {
            return List.of(new Version().getVersion());
        }
    }
}
