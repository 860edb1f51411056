package io.github.printer2mqtt;

import io.github.printer2mqtt.cli.CliContext;
import io.github.printer2mqtt.cli.JavaUtilLogging;
import io.github.printer2mqtt.cli.Launcher;
import io.github.printer2mqtt.cli.ProcessInput;
import io.github.printer2mqtt.cli.command.CommandLineInterface;
import io.github.printer2mqtt.files.TemporaryFolder;
import io.github.printer2mqtt.supervision.HealthFile;
import io.github.printer2mqtt.supervision.SystemdNotifier;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** The program: runs the command line and ends the process with its exit code. */
public final class Main {
    /** The exit code for an internal error. */
    private static final int ABORTED = 1;

    private static final String NETTY_FLIGHT_RECORDER = "io.netty.jfr.enabled";

    /** Set by packages: the file that is read if none is named. */
    private static final String DEFAULT_CONFIG = "printer2mqtt.config";

    private Main() {}

    public static void main(String[] arguments) {
        prepareProcess();
        ProcessInput input = ProcessInput.read(arguments, System.getenv());
        CliContext context = context(
                input.environment(),
                Path.of(System.getProperty(DEFAULT_CONFIG, "config.json")),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                new BridgeLauncher(
                        Main::abort, HealthFile.of(input.environment()), SystemdNotifier.of(input.environment())));
        int code = new CommandLineInterface(context).run(input.arguments().toArray(String[]::new));
        TemporaryFolder.deleteOfProcess();
        // A thread that still runs would keep the process alive.
        System.exit(code);
    }

    /** What commands do in this process, while no bridge runs or where they need none. */
    static CliContext context(
            Map<String, String> environment, Path defaultConfig, PrintWriter out, PrintWriter err, Launcher launcher) {
        return new CliContext(
                environment,
                defaultConfig,
                out,
                err,
                launcher,
                DatabasePrinterAdmin::open,
                DatabaseSecretsAdmin::new,
                DatabaseBackupAdmin::new,
                DatabaseCopyAdmin::new,
                new OfflineSupport());
    }

    /** Settings of the whole process, which must precede the first use of a library. */
    static void prepareProcess() {
        // For the libraries; our own code passes a locale wherever one is used.
        Locale.setDefault(Locale.ROOT);
        Thread.setDefaultUncaughtExceptionHandler(Main::onUncaught);
        JavaUtilLogging.silence();
        // Registering Netty's events for Java Flight Recorder takes a tenth of the start.
        if (System.getProperty(NETTY_FLIGHT_RECORDER) == null) {
            System.setProperty(NETTY_FLIGHT_RECORDER, "false");
        }
    }

    /** After an error the bridge may work only in part, so the process ends; an exception is only logged. */
    private static void onUncaught(Thread thread, Throwable failure) {
        if (failure instanceof Error) {
            try {
                abort("a thread died of an error");
            } finally {
                // Without memory even the message may fail.
                halt();
            }
        }
        LoggerFactory.getLogger(Main.class).error("uncaught exception in thread {}", thread.getName(), failure);
    }

    /** Ends the process at once, because its state is unknown; a service manager restarts it. */
    private static void abort(String reason) {
        try {
            System.err.println("printer2mqtt: " + reason + "; the process ends so that it can be restarted");
        } finally {
            halt();
        }
    }

    private static void halt() {
        while (true) {
            try {
                Runtime.getRuntime().halt(ABORTED);
            } catch (OutOfMemoryError e) {
                // Only the end of the process frees memory.
            }
        }
    }
}
