package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.persistence.HistoryArchive.StoredJob;
import io.github.printer2mqtt.persistence.HistoryArchive.StoredState;
import io.github.printer2mqtt.persistence.HistoryRepository.EndedJob;
import io.github.printer2mqtt.persistence.HistoryRepository.Print;
import io.github.printer2mqtt.persistence.HistoryRepository.StateChange;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows of the tables of the history. A word that a later version has written reads as unknown. Pure. */
final class HistoryRows {
    private HistoryRows() {}

    static StoredJob job(Row row) {
        JobResult result = WireConstant.find(JobResult.class, row.getString("result"));
        EndedJob job = new EndedJob(
                new PrinterId(row.getString("printer")),
                row.getString("name"),
                row.getString("printer_group"),
                new Print(time(row, "first_seen"), instant(row, "started")),
                instant(row, "ended"),
                time(row, "recorded"),
                row.getString("job_id"),
                row.getString("file"),
                result == null ? JobResult.UNKNOWN : result,
                row.getDouble("progress"),
                row.getLong("duration"),
                row.getString("filament"));
        return new StoredJob(row.getLong("id"), job);
    }

    static StoredState state(Row row) {
        StateChange change = new StateChange(
                new PrinterId(row.getString("printer")),
                row.getString("name"),
                row.getString("printer_group"),
                time(row, "at"),
                state(row.getString("from_state")),
                state(row.getString("to_state")),
                WireConstant.find(FailureReason.class, row.getString("reason")));
        return new StoredState(row.getLong("id"), change);
    }

    private static PrinterState state(String name) {
        PrinterState state = WireConstant.find(PrinterState.class, name);
        return state == null ? PrinterState.UNKNOWN : state;
    }

    private static Instant time(Row row, String column) {
        return Objects.requireNonNull(instant(row, column));
    }

    static @Nullable Instant instant(Row row, String column) {
        Long millis = row.getLong(column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
