package io.github.printer2mqtt;

import io.github.printer2mqtt.cli.CliContext;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.Launcher;
import io.github.printer2mqtt.cli.StartBanner;
import io.github.printer2mqtt.cli.command.CommandLineInterface;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.files.TemporaryFolder;
import io.github.printer2mqtt.mqtt.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Uses the classes that a bridge needs in its first seconds, so that a JVM started with {@code -XX:DumpLoadedClassList} lists
 * them for an archive: the demo runs on free ports and in a temporary folder, with commands against it, until every printer
 * was polled, and ends. {@code bin/printer2mqtt} runs it. The exit code is 0 if that went well.
 */
final class ArchiveTraining implements Launcher {
    /** Classes used until then are listed, even if a busy machine did not get further. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final long PAUSE_MILLIS = 200;

    private final Launcher launcher;

    private ArchiveTraining(Launcher launcher) {
        this.launcher = launcher;
    }

    public static void main(String[] arguments) throws IOException {
        Main.prepareProcess();
        ArchiveTraining training = new ArchiveTraining(new BridgeLauncher(message -> {}));
        int code = training.run(freePorts(), Writer.nullWriter(), "run");
        TemporaryFolder.deleteOfProcess();
        System.exit(code);
    }

    private static Map<String, String> freePorts() throws IOException {
        // The embedded broker cannot choose a port itself.
        int port = freePort();
        try {
            EmbeddedBroker.requireIncluded();
            return Map.of("PRINTER2MQTT_HTTP_PORT", "0", "PRINTER2MQTT_BROKER_PORT", Integer.toString(port));
        } catch (EmbeddedBroker.BrokerStartException e) {
            // The slim jar trains with a broker that is down.
            return Map.of("PRINTER2MQTT_HTTP_PORT", "0", "PRINTER2MQTT_MQTT_URL", "mqtt://127.0.0.1:" + port);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private int run(Map<String, String> environment, Writer out, String... arguments) {
        CliContext context = Main.context(
                environment,
                Path.of("no-such-config.json"),
                new PrintWriter(out),
                new PrintWriter(Writer.nullWriter()),
                this);
        return new CommandLineInterface(context).run(arguments);
    }

    @Override
    public Running start(BridgeConfig config) {
        return startDemo(config, Launcher.DemoMakes.ALL);
    }

    @Override
    public Running startDemo(BridgeConfig config, Launcher.DemoMakes makes) {
        return new TrainingRun(launcher.startDemo(config, makes));
    }

    /** A demo that ends when every printer was polled. */
    private final class TrainingRun implements Running {
        private final Running demo;

        TrainingRun(Running demo) {
            this.demo = demo;
        }

        @Override
        public StartBanner banner() {
            return demo.banner();
        }

        @Override
        public void awaitStop() throws InterruptedException {
            long end = System.nanoTime() + LIMIT.toNanos();
            while (!isComplete() && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }

        private boolean isComplete() {
            String url = "http://127.0.0.1:" + banner().httpPort();
            StringWriter list = new StringWriter();
            return run(Map.of(), Writer.nullWriter(), "health", "--url", url) == ExitCode.OK.number()
                    && run(Map.of(), list, "printers", "list", "--url", url) == ExitCode.OK.number()
                    && !list.toString().contains("unknown");
        }

        @Override
        public void close() {
            demo.close();
        }
    }
}
