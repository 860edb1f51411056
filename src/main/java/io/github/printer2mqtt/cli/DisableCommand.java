package io.github.printer2mqtt.cli;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops polling a printer, which stays registered. */
@Command(name = "disable", description = "Do not poll a printer any more; it stays registered.")
final class DisableCommand implements Callable<Integer> {
    private final RootCommand root;

    @Mixin
    private PrinterIdParameter id = new PrinterIdParameter();

    DisableCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String known = id.value();
        root.ask(door -> door.change(known, new JsonObject().put("enabled", false)));
        root.world().print(List.of("disabled " + known));
        return ExitCode.OK.number();
    }
}
