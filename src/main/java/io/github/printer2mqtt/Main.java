package io.github.printer2mqtt;

import io.github.printer2mqtt.cli.CommandLineInterface;
import io.github.printer2mqtt.cli.JavaUtilLogging;
import io.github.printer2mqtt.cli.ProcessInput;
import io.github.printer2mqtt.cli.World;
import io.github.printer2mqtt.files.TemporaryFolder;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** The program: gives the command line this process's world and ends with its exit code. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // For the libraries; our own code names the locale wherever one is used.
        Locale.setDefault(Locale.ROOT);
        JavaUtilLogging.silence();
        ProcessInput input = ProcessInput.read(arguments, System.getenv());
        World world = new World(
                input.environment(),
                Path.of("config.json"),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                new BridgeLauncher(),
                OfflineBridge::open);
        int code = new CommandLineInterface(world).run(input.arguments().toArray(String[]::new));
        TemporaryFolder.deleteOfProcess();
        // A loop that was left running would keep the process alive.
        System.exit(code);
    }
}
