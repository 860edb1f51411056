package io.github.printer2mqtt.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A generated section of a Markdown file, between two comments with its name. */
public final class MarkedSection {
    private MarkedSection() {}

    /** Replaces the section's text, or appends the section if it or the file does not exist. */
    public static void replace(Path file, String name, String text) throws IOException {
        String before = Files.exists(file) ? Files.readString(file) : "# Results\n";
        Files.writeString(file, replaced(before, name, text));
    }

    static String replaced(String before, String name, String text) {
        String begin = "<!-- begin of " + name + ", written by bench/run -->\n";
        String end = "<!-- end of " + name + " -->\n";
        String section = begin + text.strip() + "\n" + end;
        int from = before.indexOf(begin);
        int to = before.indexOf(end);
        return from < 0 || to < from
                ? before.stripTrailing() + "\n\n" + section
                : before.substring(0, from) + section + before.substring(to + end.length());
    }
}
