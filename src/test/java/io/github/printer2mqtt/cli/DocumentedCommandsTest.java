package io.github.printer2mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands and options in the documents. */
class DocumentedCommandsTest {
    private static final Pattern USE = Pattern.compile("(?:bin/printer2mqtt|printer2mqtt\\.jar)((?: [^`\\n#]*)?)");
    private static final List<String> PRINTERS = List.of(
            "list", "show", "check", "add", "change", "remove", "enable", "disable", "discover", "import", "export");
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs/getting-started.md",
                "docs/keys.md",
                "docs/moving.md",
                "docs/operations.md",
                "docs/page.md",
                "docs/troubleshooting.md",
                "docs/reference/configuration.md",
                "examples/home-assistant/README.md",
                "packaging/README.md"
            })
    void commandsInDocumentsExist(String document) throws IOException {
        String text = Files.readString(Path.of(document));
        for (MatchResult use : USE.matcher(text).results().toList()) {
            List<String> words = List.of(use.group(1).strip().split(" +"));
            List<String> commands =
                    words.stream().takeWhile(word -> word.matches("[a-z]+")).toList();
            String help = help(commands);
            assertThat(words.stream().filter(word -> OPTION.matcher(word).matches()))
                    .as(use.group())
                    .allMatch(option -> hasOption(help, option));
        }
        String everything = everyHelp();
        assertThat(Pattern.compile("`(--[a-z-]+)").matcher(text).results().map(match -> match.group(1)))
                .allMatch(option -> hasOption(everything, option));
    }

    @Test
    void readmeListsTheCommandsForPrinters() throws IOException {
        assertThat(Files.readString(Path.of("README.md")))
                .contains(
                        "(`printers list|show|check|add|change|remove|enable|disable|discover|import|export`, `probe ADDRESS`)");
        for (String command : PRINTERS) {
            assertThat(help(List.of("printers", command))).contains("printers " + command);
        }
        assertThat(help(List.of("probe"))).contains("ADDRESS");
    }

    @Test
    void operationsListEveryExitCode() throws IOException {
        String operations = Files.readString(Path.of("docs", "operations.md"));
        ExitCode.help()
                .forEach((number, meaning) ->
                        assertThat(operations).contains("| " + number.strip() + " | " + meaning + " |"));
    }

    private static boolean hasOption(String help, String option) {
        return Pattern.compile(Pattern.quote(option) + "[=\\s]").matcher(help).find();
    }

    private static String everyHelp() {
        StringBuilder all = new StringBuilder(help(List.of())).append(help(List.of("probe")));
        PRINTERS.forEach(command -> all.append(help(List.of("printers", command))));
        return all.toString();
    }

    private static String help(List<String> commands) {
        String[] arguments = new String[commands.size() + 1];
        commands.toArray(arguments);
        arguments[commands.size()] = "--help";
        CommandRun.Result result = new CommandRun().run(arguments);
        assertThat(result.code()).as(commands.toString()).isZero();
        return String.join("\n", result.out()) + "\n";
    }
}
