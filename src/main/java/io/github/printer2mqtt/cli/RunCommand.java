package io.github.printer2mqtt.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the bridge until it is told to stop. */
@Command(name = "run", description = "Run the bridge until it is stopped (Ctrl+C, SIGTERM).")
final class RunCommand implements Callable<Integer> {
    private final World world;
    private final RootCommand root;

    RunCommand(World world, RootCommand root) {
        this.world = world;
        this.root = root;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Launcher.Running bridge = world.launcher().start(root.configuration())) {
            StopSignal signal = StopSignal.closing(bridge);
            world.print(bridge.banner().lines());
            signal.await();
        }
        return ExitCode.OK.number();
    }
}
