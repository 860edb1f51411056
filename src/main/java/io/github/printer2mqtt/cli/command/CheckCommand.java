package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.TerminalText;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Diagnoses one printer: prints each stage with what was found and what to do. */
@Command(
        name = "check",
        description = "Find out why a printer cannot be read, step by step, and what to do about it. Takes up to 10 s.")
final class CheckCommand implements Callable<Integer> {
    private final RootCommand root;

    @Mixin
    private PrintersCommand.PrinterIdParameter id = new PrintersCommand.PrinterIdParameter();

    @Option(names = "--json", description = "Print the diagnosis as JSON.")
    private boolean json;

    CheckCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String printer = id.value();
        JsonObject diagnosis = root.withPrinters(printers -> printers.diagnose(printer));
        root.context().print(json ? List.of(diagnosis.encodePrettily()) : lines(diagnosis));
        return (Boolean.TRUE.equals(diagnosis.getValue("ok")) ? ExitCode.OK : ExitCode.NOT_READY).number();
    }

    /** The lines for people; also for the stages of a probe. */
    static List<String> lines(JsonObject document) {
        List<String> lines = new ArrayList<>();
        for (JsonObject stage : TerminalText.objects(document, "stages")) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-8s %-7s %8s  %s",
                    TerminalText.text(stage, "stage"),
                    result(stage.getValue("ok")),
                    stage.getValue("took_ms") instanceof Number millis ? millis + " ms" : "",
                    stage.getValue("found") == null ? "not checked" : TerminalText.text(stage, "found")));
            String advice = TerminalText.text(stage, "advice");
            if (advice != null) {
                lines.add(" ".repeat(27) + "-> " + advice);
            }
        }
        return lines;
    }

    private static String result(@Nullable Object ok) {
        return Boolean.TRUE.equals(ok) ? "ok" : Boolean.FALSE.equals(ok) ? "FAILED" : "-";
    }
}
