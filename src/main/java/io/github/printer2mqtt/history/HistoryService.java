package io.github.printer2mqtt.history;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.HistoryArchive;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The stored history and what is computed of it, for the API; described in docs/reference/http.md. Futures fail with a
 * {@link HistoryException}.
 */
public interface HistoryService {
    /** The document of a page; what was recorded before the call is in it. */
    Future<JsonObject> page(HistoryArchive.Kind kind, HistoryArchive.Page page);

    /** The document of statistics, at most ten seconds old. */
    Future<JsonObject> statistics(StatisticsQuery query);

    /**
     * A period, and whose statistics are wanted.
     *
     * @param from null for thirty days before its end
     * @param to null for now
     * @param printer null for all
     * @param group of the printer now; null for all
     */
    record StatisticsQuery(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable PrinterId printer,
            @Nullable String group) {}

    /** The history cannot be read now. The message is one line for users. */
    final class HistoryException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public HistoryException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
