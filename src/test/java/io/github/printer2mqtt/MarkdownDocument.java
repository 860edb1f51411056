package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A document of the project with its chapters and tables.
 *
 * @param path its location in the project
 * @param text its content
 */
record MarkdownDocument(Path path, String text) {
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    /** A document of docs/reference. */
    static MarkdownDocument reference(String name) {
        return of(Path.of("docs", "reference", name));
    }

    static MarkdownDocument of(Path path) {
        try {
            return new MarkdownDocument(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All documents of the project. */
    static List<Path> all() {
        try (Stream<Path> root = Files.list(Path.of(""));
                Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> examples = Files.walk(Path.of("examples"))) {
            return Stream.of(root, docs, examples)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text below a heading, up to the next one of any level. */
    String chapter(String heading) {
        int from = text.indexOf(heading + "\n") + heading.length();
        assertThat(from).as(path + " " + heading).isGreaterThan(heading.length());
        int end = text.indexOf("\n#", from);
        return text.substring(from, end < 0 ? text.length() : end);
    }

    /** The cells of all table rows in a chapter that begin with a quoted word; headers do not. */
    List<List<String>> rows(String heading) {
        List<List<String>> rows = chapter(heading)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.stream(line.substring(1, line.length() - 1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
        assertThat(rows).as(path + " " + heading).isNotEmpty();
        return rows;
    }

    /** The quoted words in the first cells of a chapter's rows. */
    List<String> names(String heading) {
        return rows(heading).stream()
                .flatMap(row -> quoted(row.get(0)).stream())
                .toList();
    }

    static List<String> quoted(String text) {
        return found(QUOTED, text);
    }

    /** The first groups of all matches. */
    static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }
}
