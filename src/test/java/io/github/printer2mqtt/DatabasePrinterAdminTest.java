package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.cli.CliContext;
import io.github.printer2mqtt.cli.command.CommandLineInterface;
import io.github.printer2mqtt.testing.Ports;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Registrations over the command line in a real database while no bridge runs. */
@Timeout(60)
class DatabasePrinterAdminTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @TempDir
    private Path folder;

    private CliContext context;

    @BeforeEach
    void prepare() {
        context = Main.context(
                Map.of(
                        "PRINTER2MQTT_HTTP_PORT", Integer.toString(Ports.free()),
                        "PRINTER2MQTT_DATABASE_PATH", folder.resolve("farm.db").toString()),
                folder.resolve("none.json"),
                new PrintWriter(out),
                new PrintWriter(errors),
                new BridgeLauncher(reason -> {}));
    }

    @Test
    void exportedFleetCanBeImportedAgain() throws IOException {
        Path table = file(
                "name;driver;address;tags\nSüd;octoprint;192.0.2.1;\"pla;big\"\nNord;moonraker;192.0.2.2;;\n;;;\n");
        assertThat(run("printers", "import", table.toString())).containsExactly("imported 2 printers");
        assertThat(run("printers", "change", "sud", "--name", "South"))
                .containsExactly("changed sud (octoprint, http://192.0.2.1:5000)");
        assertThat(run("printers", "disable", "nord")).containsExactly("disabled nord");

        List<String> exported = run("printers", "export", "--format", "csv");
        assertThat(exported)
                .hasSize(3)
                .anyMatch(line -> line.startsWith("sud,South,octoprint,http://192.0.2.1:5000,,pla;big"));
        assertThat(exported).anyMatch(line -> line.startsWith("nord,Nord,moonraker,") && line.contains(",false,"));

        Path json = Files.writeString(folder.resolve("farm.json"), String.join("\n", run("printers", "export")));
        run("printers", "remove", "sud");
        run("printers", "remove", "nord");
        assertThat(run("printers", "import", json.toString())).containsExactly("imported 2 printers");
        assertThat(run("printers", "export", "--format", "csv")).isEqualTo(exported);
    }

    @Test
    void printerIsCheckedWithoutABridge() {
        run("printers", "add", "Nord", "--driver", "octoprint", "--address", "no-such-printer.invalid");

        assertThat(exitCode("printers", "check", "nord")).isEqualTo(4);

        assertThat(out.toString().lines())
                .anyMatch(line -> line.startsWith("name     FAILED ")
                        && line.endsWith("the name no-such-printer.invalid has no address"))
                .anyMatch(line -> line.contains("-> check the spelling"))
                .anyMatch(line -> line.startsWith("reading  -") && line.endsWith("not checked"));
        assertThat(exitCode("printers", "check", "nobody")).isEqualTo(2);
    }

    @Test
    void csvInANamedCharsetIsImported() throws IOException {
        byte[] latin = "name,driver,address\nS\u00fcd,octoprint,192.0.2.1\n".getBytes(StandardCharsets.ISO_8859_1);
        Path table = Files.write(folder.resolve("latin.csv"), latin);
        assertThat(exitCode("printers", "import", table.toString())).isEqualTo(2);
        assertThat(errors.toString()).contains("line 2: found a character that is not UTF-8");
        assertThat(run("printers", "import", table.toString(), "--charset", "iso-8859-1"))
                .containsExactly("imported 1 printer");
        assertThat(run("printers", "export", "--format", "csv")).anyMatch(line -> line.contains(",S\u00fcd,"));
    }

    @Test
    void everyInvalidCsvLineIsReported() throws IOException {
        Path table = file(
                "name,driver,address,group\nA,octoprint,192.0.2.1,Shelf A\nB,octoprint,192.0.2.2,\nC,octoprint,,\n");
        assertThat(exitCode("printers", "import", table.toString())).isEqualTo(2);
        assertThat(errors.toString().lines())
                .anyMatch(line -> line.startsWith("printer2mqtt: line 2, group: found \"Shelf A\""))
                .anyMatch(line -> line.startsWith("printer2mqtt: line 4, address: found nothing"));
        assertThat(run("printers", "list")).containsExactly("no printers yet");
    }

    @Test
    void exportOfAnotherProgramIsImportedWithoutABridge() throws IOException {
        String export = "src/test/resources/registration/fdm-monster-2.0.yaml";
        List<String> preview = run("printers", "import", export, "--preview");
        assertThat(preview).endsWith("found no mistakes; nothing was imported");
        assertThat(Files.readString(Path.of("docs", "moving.md"))).contains(String.join("\n", preview));
        assertThat(run("printers", "list")).containsExactly("no printers yet");

        assertThat(run("printers", "import", export)).containsExactly("imported 4 printers");
        assertThat(exitCode("printers", "import", export)).isEqualTo(2);
        assertThat(errors.toString()).contains("line 17, printerURL: found http://192.0.2.11:5000, which is already");
        assertThat(out + errors.toString()).doesNotContain("OCTOPRINT-KEY", "prusalink-password", "01234567");
    }

    @Test
    void tableOfGettingStartedIsImported() throws IOException {
        String document = Files.readString(Path.of("docs", "getting-started.md"));
        String table = document.substring(document.indexOf("```csv\n") + "```csv\n".length());

        assertThat(run(
                        "printers",
                        "import",
                        file(table.substring(0, table.indexOf("```"))).toString()))
                .containsExactly("imported 2 printers");
    }

    private Path file(String text) throws IOException {
        return Files.write(folder.resolve("farm.csv"), text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> run(String... arguments) {
        out.getBuffer().setLength(0);
        assertThat(exitCode(arguments)).as(errors.toString()).isZero();
        return out.toString().lines().toList();
    }

    private int exitCode(String... arguments) {
        return new CommandLineInterface(context).run(arguments);
    }
}
