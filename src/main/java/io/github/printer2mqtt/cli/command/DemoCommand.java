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
import picocli.CommandLine.Command;

/** Runs a bridge with simulated printers. */
@Command(
        name = "demo",
        description =
                "Run a bridge with simulated printers until it is stopped. Reads config.json only if --config names"
                        + " it: a demo does not publish to your broker by accident.")
final class DemoCommand implements Callable<Integer> {
    private final CliContext world;
    private final RootCommand root;

    DemoCommand(CliContext world, RootCommand root) {
        this.world = world;
        this.root = root;
    }

    @Override
    public Integer call() throws InterruptedException {
        BridgeConfig config = root.configurationIfNamed();
        try (StopSignal signal = StopSignal.install()) {
            world.print(List.of(StartBanner.title()));
            try (Launcher.Running bridge = world.launcher().startDemo(config)) {
                signal.closes(bridge);
                List<String> lines = new ArrayList<>(bridge.banner().lines());
                lines.add("  demo               simulated printers and a temporary database; nothing is kept");
                world.print(lines);
                bridge.awaitStop();
            }
        }
        return ExitCode.OK.number();
    }
}
