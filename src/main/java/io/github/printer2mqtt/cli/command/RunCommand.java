package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.CliContext;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.Launcher;
import io.github.printer2mqtt.cli.StartBanner;
import io.github.printer2mqtt.cli.StopSignal;
import io.github.printer2mqtt.config.BridgeConfig;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the bridge until it is told to stop. */
@Command(name = "run", description = "Run the bridge until it is stopped (Ctrl+C, SIGTERM).")
final class RunCommand implements Callable<Integer> {
    private final CliContext world;
    private final RootCommand root;

    RunCommand(CliContext world, RootCommand root) {
        this.world = world;
        this.root = root;
    }

    @Override
    public Integer call() throws InterruptedException {
        BridgeConfig config = root.configuration();
        try (StopSignal signal = StopSignal.install()) {
            world.print(List.of(StartBanner.title()));
            try (Launcher.Running bridge = world.launcher().start(config)) {
                signal.closes(bridge);
                world.print(bridge.banner().lines());
                bridge.awaitStop();
            }
        }
        return ExitCode.OK.number();
    }
}
