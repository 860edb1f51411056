package io.github.printer2mqtt.cli;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Formats printers as a table. */
public final class PrinterTable {
    private static final List<String> COLUMNS = List.of("id", "site", "name", "driver", "state", "reason", "address");
    private static final int MAX_WIDTH = 48;

    private PrinterTable() {}

    /** One line of headings and one per printer; columns without any value are left out. */
    public static List<String> lines(List<JsonObject> rows) {
        List<StringBuilder> lines = new ArrayList<>();
        for (int i = 0; i <= rows.size(); i++) {
            lines.add(new StringBuilder());
        }
        for (String column : COLUMNS) {
            List<String> cells = rows.stream().map(row -> cell(row, column)).toList();
            if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
                append(lines, column, cells);
            }
        }
        return lines.stream().map(line -> line.toString().stripTrailing()).toList();
    }

    private static void append(List<StringBuilder> lines, String column, List<String> cells) {
        int width = Math.max(
                column.length(),
                cells.stream().mapToInt(PrinterTable::width).max().orElse(0));
        lines.get(0).append(padded(column.toUpperCase(Locale.ROOT), width));
        for (int i = 0; i < cells.size(); i++) {
            lines.get(i + 1).append(padded(cells.get(i), width));
        }
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - width(cell) + 2);
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private static String cell(JsonObject row, String column) {
        String text = column.equals("reason") ? ReadingText.reason(row) : TerminalText.text(row, column);
        if (text == null) {
            return "";
        }
        return width(text) <= MAX_WIDTH ? text : text.substring(0, text.offsetByCodePoints(0, MAX_WIDTH - 1)) + "…";
    }
}
