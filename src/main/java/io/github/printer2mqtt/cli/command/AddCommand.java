package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.PrinterAdmin;
import io.github.printer2mqtt.cli.ReadingText;
import io.github.printer2mqtt.cli.TerminalText;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Registers a printer; the registration service validates it. */
@Command(name = "add", description = "Register a printer.")
final class AddCommand extends PrintersCommand.PrintingCommand {
    private static final Duration READING_LIMIT = Duration.ofSeconds(5);
    private static final Duration READING_INTERVAL = Duration.ofMillis(200);

    @Parameters(paramLabel = "NAME", description = "The name that people see.")
    private String name = "";

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            required = true,
            description = "host, host:port or an http(s) URL")
    private String address = "";

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "For topics and URLs; cannot be changed later. Derived from the name if missing.")
    private @Nullable String id;

    @Option(names = "--no-wait", description = "Do not wait for the first reading (5 seconds at most).")
    private boolean withoutWaiting;

    @Mixin
    private RegistrationOptions options = new RegistrationOptions();

    AddCommand(RootCommand root) {
        super(root);
    }

    @Override
    List<String> result() {
        JsonObject registration =
                new JsonObject().put("name", name).put("driver", "auto").put("address", address);
        RegistrationOptions.putGiven(registration, "id", id);
        options.putInto(registration);
        return root().withPrinters(printers -> add(printers, registration));
    }

    private List<String> add(PrinterAdmin printers, JsonObject registration) {
        JsonObject added = printers.add(registration);
        List<String> lines = new ArrayList<>();
        String addedId = TerminalText.text(added, "id");
        lines.add("added " + addedId + " (" + TerminalText.text(added, "driver") + ", "
                + TerminalText.text(added, "address") + ")");
        if (!withoutWaiting && addedId != null) {
            lines.add(awaitFirstReading(printers, addedId));
        }
        return lines;
    }

    private static String awaitFirstReading(PrinterAdmin printers, String id) {
        long startNanos = System.nanoTime();
        while (true) {
            Optional<JsonObject> status = printers.status(id);
            if (status.isEmpty()) {
                return "it will be polled when a bridge runs";
            }
            if (ReadingText.isDecided(status.get())) {
                return ReadingText.first(status.get());
            }
            if (System.nanoTime() - startNanos > READING_LIMIT.toNanos()) {
                return "no reading within " + READING_LIMIT.toSeconds()
                        + " s; check later with: printer2mqtt printers show " + id;
            }
            sleep();
        }
    }

    private static void sleep() {
        try {
            TimeUnit.NANOSECONDS.sleep(READING_INTERVAL.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.FAILURE, "interrupted while waiting for the first reading", e);
        }
    }
}
