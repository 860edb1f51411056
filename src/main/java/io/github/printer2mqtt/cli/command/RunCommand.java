package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.CliContext;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.Launcher;
import io.github.printer2mqtt.cli.StartBanner;
import io.github.printer2mqtt.cli.StopSignal;
import io.github.printer2mqtt.config.BridgeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the bridge until it is stopped. */
@Command(name = "run", description = "Run the bridge until it is stopped (Ctrl+C, SIGTERM).")
final class RunCommand implements Callable<Integer> {
    private final RootCommand root;

    RunCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws InterruptedException {
        BridgeConfig config = root.configuration();
        return runUntilStopped(root.context(), () -> root.context().launcher().start(config), List.of());
    }

    private static int runUntilStopped(CliContext context, Supplier<Launcher.Running> start, List<String> notes)
            throws InterruptedException {
        try (StopSignal signal = StopSignal.install()) {
            context.print(List.of(StartBanner.title()));
            try (Launcher.Running bridge = start.get()) {
                signal.closes(bridge);
                List<String> lines = new ArrayList<>(bridge.banner().lines());
                lines.addAll(notes);
                context.print(lines);
                bridge.awaitStop();
            }
        }
        return ExitCode.OK.number();
    }

    /** Runs a bridge with simulated printers until it is stopped. */
    @Command(
            name = "demo",
            description =
                    "Run a bridge with simulated printers until it is stopped. Reads config.json only if --config names"
                            + " it, so that a demo does not publish to your broker by accident.")
    static final class DemoCommand implements Callable<Integer> {
        private final RootCommand root;

        @Option(
                names = "--makes",
                paramLabel = "usual|all",
                description = "The usual twelve printers, or one of each other make as well.")
        private Launcher.DemoMakes makes = Launcher.DemoMakes.USUAL;

        DemoCommand(RootCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() throws InterruptedException {
            BridgeConfig config = root.configurationIfNamed();
            return runUntilStopped(
                    root.context(),
                    () -> root.context().launcher().startDemo(config, makes),
                    List.of("  demo         simulated printers and a temporary database; nothing is kept"));
        }
    }
}
