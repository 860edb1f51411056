package io.github.printer2mqtt;

import io.github.printer2mqtt.cli.CommandLineInterface;
import io.github.printer2mqtt.cli.JavaUtilLogging;
import io.github.printer2mqtt.cli.World;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The program: gives the command line this process's world and ends with its exit code. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        JavaUtilLogging.silence();
        World world = new World(
                System.getenv(),
                Path.of("config.json"),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                new BridgeLauncher(),
                OfflineBridge::open);
        // A loop that was left running would keep the process alive.
        System.exit(new CommandLineInterface(world).run(arguments));
    }
}
