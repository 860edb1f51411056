package io.github.printer2mqtt.bench.report;

/** Prints a Markdown table row by row. */
public final class Table {
    private Table() {}

    public static void title(String text) {
        System.out.println();
        System.out.println("### " + text);
        System.out.println();
    }

    public static void head(String... columns) {
        row(columns);
        System.out.println("| --- ".repeat(columns.length) + "|");
    }

    public static void row(String... cells) {
        System.out.println("| " + String.join(" | ", cells) + " |");
    }

    /** Prints text below a table. */
    public static void note(String text) {
        System.out.println();
        System.out.println(text);
    }
}
