package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.TerminalText;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends the given options as a merge patch. */
@Command(
        name = "change",
        description =
                "Change a registration. What is not given stays as it is, but a new host or port drops the credentials"
                        + " unless they are given again.")
final class ChangeCommand extends PrintersCommand.PrintingCommand {
    @Mixin
    private PrintersCommand.PrinterIdParameter id = new PrintersCommand.PrinterIdParameter();

    @Option(names = "--name", paramLabel = "NAME", description = "The name that people see.")
    private @Nullable String name;

    @Option(names = "--address", paramLabel = "ADDRESS", description = "host, host:port or an http(s) URL")
    private @Nullable String address;

    @Option(names = "--no-credentials", description = "Delete the stored credentials of the printer.")
    private boolean withoutCredentials;

    @Mixin
    private RegistrationOptions options = new RegistrationOptions();

    ChangeCommand(RootCommand root) {
        super(root);
    }

    @Override
    List<String> result() {
        String printer = id.value();
        JsonObject patch = patch();
        if (patch.isEmpty()) {
            throw new CliException(ExitCode.USAGE, "found nothing to change, expected an option such as --name");
        }
        JsonObject changed = root().withPrinters(printers -> printers.change(printer, patch));
        return List.of("changed " + printer + " (" + TerminalText.text(changed, "driver") + ", "
                + TerminalText.text(changed, "address") + ")");
    }

    private JsonObject patch() {
        JsonObject patch = new JsonObject();
        RegistrationOptions.putGiven(patch, "name", name);
        RegistrationOptions.putGiven(patch, "address", address);
        options.putInto(patch);
        if (withoutCredentials && patch.containsKey("credentials")) {
            throw new CliException(ExitCode.USAGE, "found credentials and --no-credentials, expected one of the two");
        }
        return withoutCredentials ? patch.putNull("credentials") : patch;
    }
}
