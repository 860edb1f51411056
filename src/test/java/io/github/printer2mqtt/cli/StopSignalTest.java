package io.github.printer2mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.cli.command.CommandLineInterface;
import io.github.printer2mqtt.config.BridgeConfig;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sends a signal to a separate process. */
class StopSignalTest {
    @Test
    @Timeout(60)
    void signalClosesTheBridgeAndEndsTheProcess() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Waiting.class.getName())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).startsWith("printer2mqtt ");
            assertThat(output.readLine()).as("the line that follows the start").contains("  API  ");
            // Not destroy() of the process itself, which closes the output too.
            process.toHandle().destroy();
            assertThat(output.lines()).last().isEqualTo("closed");
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("exit code after SIGTERM").isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** A program whose bridge runs until closed. */
    static final class Waiting implements Launcher, Launcher.Running {
        private final CountDownLatch closed = new CountDownLatch(1);

        public static void main(String[] arguments) {
            Waiting bridge = new Waiting();
            CliContext context = new CliContext(
                    Map.of(),
                    Path.of("no-such", "config.json"),
                    new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                    new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                    bridge,
                    config -> {
                        throw new AssertionError("the database should not be opened");
                    },
                    config -> {
                        throw new AssertionError("the key should not be used");
                    },
                    config -> {
                        throw new AssertionError("no backup should be made");
                    },
                    config -> {
                        throw new AssertionError("nothing should be copied");
                    },
                    (config, problems) -> new byte[0]);
            System.exit(new CommandLineInterface(context).run("run"));
        }

        @Override
        public Running start(BridgeConfig config) {
            return this;
        }

        @Override
        public Running startDemo(BridgeConfig config, Launcher.DemoMakes makes) {
            return this;
        }

        @Override
        public StartBanner banner() {
            return new StartBanner(BridgeConfig.defaults(), 8080, 0, "login or token required");
        }

        @Override
        public void awaitStop() throws InterruptedException {
            closed.await();
        }

        @Override
        public void close() {
            if (closed.getCount() > 0) {
                System.out.println("closed");
            }
            closed.countDown();
        }
    }
}
