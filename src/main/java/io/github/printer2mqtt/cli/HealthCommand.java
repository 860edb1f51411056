package io.github.printer2mqtt.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Asks a running bridge how it is, for people and for the health check of a container. */
@Command(name = "health", description = "Ask a running bridge whether it is ready.")
final class HealthCommand implements Callable<Integer> {
    private final RootCommand root;

    HealthCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        BridgeClient.Readiness readiness = root.client().readiness();
        root.world().print(HealthText.lines(readiness));
        return (readiness.isReady() ? ExitCode.OK : ExitCode.NOT_READY).number();
    }
}
