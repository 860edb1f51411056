package io.github.printer2mqtt.cli.command;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a registration that adding and changing a printer share. */
final class RegistrationOptions {
    @Option(
            names = "--driver",
            paramLabel = "DRIVER",
            description =
                    "The driver, or auto to detect it, for which the printer must be on. A new printer has auto if"
                            + " missing.")
    private @Nullable String driver;

    @Option(names = "--group", paramLabel = "GROUP", description = "The group; an empty text for none.")
    private @Nullable String group;

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "A tag; may be given several times. Together they replace the former tags.")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--maintenance",
            paramLabel = "NOTE",
            description = "Put the printer in maintenance, where it raises no alert; an empty text ends it.")
    private @Nullable String maintenance;

    @Mixin
    private CredentialOptions credentials = new CredentialOptions();

    /** Puts the given options into a registration or into a merge patch for one. */
    void putInto(JsonObject registration) {
        putGiven(registration, "driver", driver);
        if (group != null) {
            registration.put("group", group.isEmpty() ? null : group);
        }
        if (!tags.isEmpty()) {
            registration.put("tags", new JsonArray(List.copyOf(tags)));
        }
        if (maintenance != null) {
            registration.put("maintenance", maintenance.isEmpty() ? null : maintenance);
        }
        putGiven(registration, "credentials", credentials.document());
    }

    /** Puts the value of an option, unless the user left it out. */
    static void putGiven(JsonObject document, String key, @Nullable Object value) {
        if (value != null) {
            document.put(key, value);
        }
    }
}
