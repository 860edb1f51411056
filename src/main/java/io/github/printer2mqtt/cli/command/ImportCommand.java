package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.TerminalText;
import io.github.printer2mqtt.registration.csv.UploadedText;
import io.github.printer2mqtt.registration.transfer.ImportFormat;
import io.github.printer2mqtt.text.CountText;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Registers many printers from a file. */
@Command(name = "import", description = "Register all printers of a file, or none.")
final class ImportCommand extends PrintersCommand.PrintingCommand {
    private static final int MAX_BYTES = 5 * 1024 * 1024;

    @Parameters(
            paramLabel = "FILE",
            description =
                    "A JSON or CSV file in the format of printers export, the YAML file that FDM Monster exports, or the"
                            + " JSON file of OctoFarm.")
    private String file = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "json, csv, octofarm or fdm_monster. If missing, it is recognised by the content.")
    private @Nullable ImportFormat format;

    @Option(names = "--preview", description = "Only check the file, and show what would be registered.")
    private boolean isPreview;

    @Option(
            names = "--charset",
            paramLabel = "NAME",
            description = "The charset of the file, for example windows-1252; UTF-8 if missing.")
    private @Nullable String charset;

    ImportCommand(RootCommand root) {
        super(root);
    }

    @Override
    List<String> result() {
        byte[] content = charset == null
                ? content()
                : UploadedText.decode(content(), charset).getBytes(StandardCharsets.UTF_8);
        if (isPreview) {
            return preview(root().withPrinters(printers -> printers.previewImport(format, content)));
        }
        JsonObject imported = root().withPrinters(printers -> printers.importAll(format, content));
        int count = imported.getInteger("imported", 0);
        return List.of("imported " + CountText.of(count, "printer"));
    }

    private static List<String> preview(JsonObject document) {
        List<String> lines = new ArrayList<>();
        for (JsonObject printer : TerminalText.objects(document, "printers")) {
            String group = printer.getString("group");
            lines.add(TerminalText.line(printer.getString("id") + " (" + printer.getString("driver") + ", "
                    + printer.getString("address") + (group == null ? "" : ", group " + group)
                    + (printer.getBoolean("has_credentials", false) ? ")" : ", no credentials)")));
        }
        lines.add("found no mistakes; nothing was imported");
        return lines;
    }

    private byte[] content() {
        try (InputStream stream = Files.newInputStream(Path.of(file))) {
            byte[] content = stream.readNBytes(MAX_BYTES + 1);
            if (content.length <= MAX_BYTES) {
                return content;
            }
        } catch (IOException | InvalidPathException e) {
            throw new CliException(
                    ExitCode.USAGE,
                    "FILE: found no readable file " + QuotedText.of(file) + ", expected JSON, CSV or YAML",
                    e);
        }
        throw new CliException(
                ExitCode.USAGE, "FILE: found more than " + MAX_BYTES + " bytes, expected at most that; split the file");
    }
}
