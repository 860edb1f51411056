package io.github.printer2mqtt.bench;

/** Prints a Markdown table row by row. */
final class Table {
    private Table() {}

    static void title(String text) {
        System.out.println();
        System.out.println("### " + text);
        System.out.println();
    }

    static void head(String... columns) {
        row(columns);
        System.out.println("| --- ".repeat(columns.length) + "|");
    }

    static void row(String... cells) {
        System.out.println("| " + String.join(" | ", cells) + " |");
    }

    /** Prints text below a table. */
    static void note(String text) {
        System.out.println();
        System.out.println(text);
    }
}
