package io.github.printer2mqtt.cli;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Polls a printer again. */
@Command(name = "enable", description = "Poll a disabled printer again.")
final class EnableCommand implements Callable<Integer> {
    private final RootCommand root;

    @Mixin
    private PrinterIdParameter id = new PrinterIdParameter();

    EnableCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String known = id.value();
        root.ask(door -> door.change(known, new JsonObject().put("enabled", true)));
        root.world().print(List.of("enabled " + known));
        return ExitCode.OK.number();
    }
}
