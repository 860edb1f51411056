package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.PrinterAdmin;
import io.github.printer2mqtt.cli.TerminalText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Registers a printer. What is a valid registration is not decided here. */
@Command(name = "add", description = "Register a printer.")
final class AddCommand implements Callable<Integer> {
    private final RootCommand root;

    @Parameters(paramLabel = "NAME", description = "The name for people.")
    private String name = "";

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            required = true,
            description = "host, host:port or an http(s) URL")
    private String address = "";

    @Option(
            names = "--driver",
            paramLabel = "D",
            defaultValue = "auto",
            description = "What speaks to it; ${DEFAULT-VALUE} asks the printer, which must be on.")
    private String driver = "auto";

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "For topics and URLs, for ever; made of the name if missing.")
    private @Nullable String id;

    @Option(names = "--group", paramLabel = "GROUP", description = "One group.")
    private @Nullable String group;

    @Option(names = "--tag", paramLabel = "TAG", description = "A tag; may be given several times.")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--no-wait", description = "Do not wait for the first reading (5 seconds at most).")
    private boolean withoutWaiting;

    @Mixin
    private CredentialOptions credentials = new CredentialOptions();

    AddCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        JsonObject registration = registration();
        List<String> lines = root.ask(door -> added(door, registration));
        root.world().print(lines);
        return ExitCode.OK.number();
    }

    private List<String> added(PrinterAdmin door, JsonObject registration) {
        JsonObject added = door.add(registration);
        List<String> lines = new ArrayList<>();
        String known = TerminalText.text(added, "id");
        lines.add("added " + known + " (" + TerminalText.text(added, "driver") + ", "
                + TerminalText.text(added, "address") + ")");
        if (!withoutWaiting && known != null) {
            lines.add(new FirstReading(door).await(known));
        }
        return lines;
    }

    private JsonObject registration() {
        JsonObject registration =
                new JsonObject().put("name", name).put("driver", driver).put("address", address);
        if (id != null) {
            registration.put("id", id);
        }
        if (group != null) {
            registration.put("group", group);
        }
        if (!tags.isEmpty()) {
            registration.put("tags", new JsonArray(List.copyOf(tags)));
        }
        JsonObject secrets = credentials.document();
        return secrets == null ? registration : registration.put("credentials", secrets);
    }
}
