package io.github.printer2mqtt;

import io.github.printer2mqtt.cli.CliContext;
import io.github.printer2mqtt.cli.JavaUtilLogging;
import io.github.printer2mqtt.cli.ProcessInput;
import io.github.printer2mqtt.cli.command.CommandLineInterface;
import io.github.printer2mqtt.files.TemporaryFolder;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** The program: gives the command line this process's world and ends with its exit code. */
public final class Main {
    /** The exit code for a fault of printer2mqtt itself. */
    private static final int ABORTED = 1;

    private Main() {}

    public static void main(String[] arguments) {
        // For the libraries; our own code names the locale wherever one is used.
        Locale.setDefault(Locale.ROOT);
        Thread.setDefaultUncaughtExceptionHandler(Main::onUncaught);
        JavaUtilLogging.silence();
        ProcessInput input = ProcessInput.read(arguments, System.getenv());
        CliContext world = new CliContext(
                input.environment(),
                Path.of("config.json"),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                new BridgeLauncher(Main::abort),
                DatabasePrinterAdmin::open);
        int code = new CommandLineInterface(world).run(input.arguments().toArray(String[]::new));
        TemporaryFolder.deleteOfProcess();
        // A loop that was left running would keep the process alive.
        System.exit(code);
    }

    /** A thread that ends by an error leaves a bridge that works in part; an exception is only reported. */
    private static void onUncaught(Thread thread, Throwable failure) {
        if (failure instanceof Error) {
            try {
                abort("a thread ended by an error");
            } finally {
                // Without memory not even the text of the message can be had.
                halt();
            }
        }
        LoggerFactory.getLogger(Main.class).error("uncaught in the thread {}", thread.getName(), failure);
    }

    /** Ends the process at once: its state is unknown, and a service manager starts it again. */
    private static void abort(String reason) {
        try {
            System.err.println("printer2mqtt: " + reason + "; the process ends so that it can be started again");
        } finally {
            halt();
        }
    }

    private static void halt() {
        while (true) {
            try {
                Runtime.getRuntime().halt(ABORTED);
            } catch (OutOfMemoryError e) {
                // Only ending gives memory back, so it is tried until it succeeds.
            }
        }
    }
}
