package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.ExitCode;
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

/** Changes a registration; what is not named stays. */
@Command(
        name = "change",
        description =
                "Change a registration. What is not named stays, but another host or port drops the credentials unless"
                        + " they are given again.")
final class ChangeCommand implements Callable<Integer> {
    private final RootCommand root;

    @Mixin
    private PrintersCommand.PrinterIdParameter id = new PrintersCommand.PrinterIdParameter();

    @Option(names = "--name", paramLabel = "NAME", description = "The name for people.")
    private @Nullable String name;

    @Option(names = "--address", paramLabel = "ADDRESS", description = "host, host:port or an http(s) URL")
    private @Nullable String address;

    @Option(names = "--driver", paramLabel = "D", description = "What speaks to it; auto asks the printer.")
    private @Nullable String driver;

    @Option(names = "--group", paramLabel = "GROUP", description = "One group; an empty text for none.")
    private @Nullable String group;

    @Option(names = "--tag", paramLabel = "TAG", description = "A tag; all given ones replace those before.")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--no-credentials", description = "Forget the printer's credentials.")
    private boolean withoutCredentials;

    @Mixin
    private CredentialOptions credentials = new CredentialOptions();

    ChangeCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String known = id.value();
        JsonObject patch = patch();
        if (patch.isEmpty()) {
            throw new CliException(ExitCode.USAGE, "found nothing to change, expected an option such as --name");
        }
        JsonObject changed = root.ask(door -> door.change(known, patch));
        root.world()
                .print(List.of("changed " + known + " (" + TerminalText.text(changed, "driver") + ", "
                        + TerminalText.text(changed, "address") + ")"));
        return ExitCode.OK.number();
    }

    private JsonObject patch() {
        JsonObject patch = new JsonObject();
        put(patch, "name", name);
        put(patch, "address", address);
        put(patch, "driver", driver);
        if (group != null) {
            patch.put("group", group.isEmpty() ? null : group);
        }
        if (!tags.isEmpty()) {
            patch.put("tags", new JsonArray(List.copyOf(tags)));
        }
        JsonObject secrets = credentials.document();
        if (secrets != null && withoutCredentials) {
            throw new CliException(ExitCode.USAGE, "found credentials and --no-credentials, expected one of the two");
        }
        if (secrets != null || withoutCredentials) {
            patch.put("credentials", secrets);
        }
        return patch;
    }

    private static void put(JsonObject patch, String field, @Nullable String value) {
        if (value != null) {
            patch.put(field, value);
        }
    }
}
