package io.github.printer2mqtt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command in a block of shell commands of a document.
 *
 * @param document where it is
 * @param text without comment; several lines where it is continued
 */
record ShellCommand(Path document, String text) {
    private static final Pattern BLOCK = Pattern.compile("^```sh\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern COMMENT = Pattern.compile(" +# .*$");

    /** The commands of all documents, those of packages included. */
    static List<ShellCommand> all() {
        return Stream.concat(MarkdownDocument.all().stream(), Stream.of(Path.of("packaging", "README.md")))
                .flatMap(document -> of(document).stream())
                .toList();
    }

    private static List<ShellCommand> of(Path document) {
        List<ShellCommand> commands = new ArrayList<>();
        for (String block :
                MarkdownDocument.found(BLOCK, MarkdownDocument.of(document).text())) {
            StringBuilder command = new StringBuilder();
            for (String line : block.lines().toList()) {
                command.append(COMMENT.matcher(line).replaceFirst(""));
                if (isComplete(command)) {
                    commands.add(new ShellCommand(document, command.toString()));
                    command.setLength(0);
                } else {
                    command.append('\n');
                }
            }
        }
        return commands;
    }

    /** Whether a shell would not wait for another line. */
    private static boolean isComplete(CharSequence command) {
        return command.chars().filter(character -> character == '\'').count() % 2 == 0
                && command.charAt(command.length() - 1) != '\\';
    }
}
