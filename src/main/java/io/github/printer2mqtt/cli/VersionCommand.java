package io.github.printer2mqtt.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints which printer2mqtt this is. */
@Command(name = "version", description = "Print the version, as --version does.")
final class VersionCommand implements Callable<Integer> {
    private final CliContext world;

    VersionCommand(CliContext world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        world.print(List.of(new Version().getVersion()));
        return ExitCode.OK.number();
    }
}
