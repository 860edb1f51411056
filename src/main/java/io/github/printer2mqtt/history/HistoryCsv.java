package io.github.printer2mqtt.history;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.printer2mqtt.persistence.HistoryArchive;
import io.github.printer2mqtt.text.FormulaText;
import io.vertx.core.json.JsonObject;
import java.io.StringWriter;
import java.util.List;

/** A page of the history as CSV: the keys of its entries as columns; an empty cell is unknown. Pure. */
public final class HistoryCsv {
    private static final List<String> JOB_COLUMNS = List.of(
            "id",
            "printer",
            "name",
            "group",
            "job_id",
            "file",
            "result",
            "started_at",
            "ended_at",
            "recorded_at",
            "duration",
            "progress",
            "filament");
    private static final List<String> STATE_COLUMNS =
            List.of("id", "printer", "name", "group", "at", "from", "to", "reason");

    private HistoryCsv() {}

    /** @param page a document of {@link HistoryService#page} */
    public static String write(HistoryArchive.Kind kind, JsonObject page) {
        List<String> columns = switch (kind) {
            case JOBS -> JOB_COLUMNS;
            case STATES -> STATE_COLUMNS;
        };
        StringWriter text = new StringWriter();
        // Without a buffer of its own, the writer has nothing to flush at the end.
        CsvWriter csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.CRLF)
                .bufferSize(0)
                .build(text);
        csv.writeRecord(columns);
        for (Object entry : page.getJsonArray(kind.wireName())) {
            JsonObject document = (JsonObject) entry;
            csv.writeRecord(
                    columns.stream().map(column -> cell(document, column)).toList());
        }
        return text.toString();
    }

    private static String cell(JsonObject document, String column) {
        Object value = document.getValue(column);
        return value == null ? "" : FormulaText.escape(value.toString());
    }
}
