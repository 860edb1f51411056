package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.TerminalText;
import io.github.printer2mqtt.text.CountText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks for printers in a network. */
@Command(name = "discover", description = "Look for printers in a network. None is registered.")
final class DiscoverCommand extends PrintersCommand.PrintingCommand {
    @Parameters(
            paramLabel = "CIDR",
            arity = "0..1",
            description = "The network, for example 192.168.1.0/24; if missing, those of the bridge's machine.")
    private @Nullable String network;

    @Option(names = "--no-scan", description = "Only ask the bridge's own networks for announcements of printers.")
    private boolean announcementsOnly;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    DiscoverCommand(RootCommand root) {
        super(root);
    }

    @Override
    List<String> result() {
        JsonObject request = network == null ? new JsonObject() : new JsonObject().put("network", network);
        if (announcementsOnly) {
            request.put("scan", false);
        }
        JsonObject report = root().withPrinters(printers -> printers.discover(request));
        return json ? List.of(report.encodePrettily()) : lines(report);
    }

    private static String scanned(@Nullable Object addresses) {
        return addresses instanceof Number number
                ? CountText.of(number.longValue(), "address", "addresses")
                : "? addresses";
    }

    private static List<String> lines(JsonObject report) {
        List<String> lines = new ArrayList<>();
        List<JsonObject> printers = TerminalText.objects(report, "printers");
        for (JsonObject printer : printers) {
            lines.add(line(printer));
        }
        lines.add(printers.size() + " found, " + scanned(report.getValue("addresses")) + " scanned");
        lines.addAll(texts(report, "problems"));
        if (Boolean.FALSE.equals(report.getValue("complete"))) {
            lines.add("the time did not suffice for all of them: scan a smaller network");
        }
        return lines;
    }

    private static String line(JsonObject printer) {
        boolean isConfirmed = !Boolean.FALSE.equals(printer.getValue("confirmed"));
        return Stream.of(
                        TerminalText.text(printer, "address"),
                        TerminalText.text(printer, "driver"),
                        TerminalText.text(printer, "model"),
                        labelled("serial number ", TerminalText.text(printer, "serial_number")),
                        "by " + String.join(", ", texts(printer, "sources")),
                        (isConfirmed ? "" : "not confirmed: ") + TerminalText.text(printer, "evidence"),
                        labelled("registered as ", TerminalText.text(printer, "registered")))
                .filter(Objects::nonNull)
                .collect(Collectors.joining("  "));
    }

    private static @Nullable String labelled(String label, @Nullable String value) {
        return value == null ? null : label + value;
    }

    private static List<String> texts(JsonObject document, String key) {
        return document.getValue(key) instanceof JsonArray texts
                ? texts.stream()
                        .filter(String.class::isInstance)
                        .map(text -> TerminalText.line((String) text))
                        .toList()
                : List.of();
    }
}
