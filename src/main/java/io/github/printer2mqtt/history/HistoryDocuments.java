package io.github.printer2mqtt.history;

import io.github.printer2mqtt.json.Json;
import io.github.printer2mqtt.persistence.HistoryArchive;
import io.github.printer2mqtt.persistence.HistoryArchive.StoredJob;
import io.github.printer2mqtt.persistence.HistoryArchive.StoredState;
import io.github.printer2mqtt.persistence.HistoryRepository.EndedJob;
import io.github.printer2mqtt.persistence.HistoryRepository.StateChange;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The pages of the history as JSON. Pure. */
final class HistoryDocuments {
    private HistoryDocuments() {}

    /** @param jobs one more than the limit if there are more */
    static JsonObject jobs(List<StoredJob> jobs, int limit) {
        return page(HistoryArchive.Kind.JOBS, jobs, limit, HistoryDocuments::job, StoredJob::id);
    }

    /** @param states one more than the limit if there are more */
    static JsonObject states(List<StoredState> states, int limit) {
        return page(HistoryArchive.Kind.STATES, states, limit, HistoryDocuments::state, StoredState::id);
    }

    private static <T> JsonObject page(
            HistoryArchive.Kind kind,
            List<T> entries,
            int limit,
            Function<T, JsonObject> document,
            ToLongFunction<T> id) {
        List<T> shown = entries.subList(0, Math.min(limit, entries.size()));
        JsonArray documents = new JsonArray();
        shown.forEach(entry -> documents.add(document.apply(entry)));
        boolean isLast = entries.size() <= limit;
        return new JsonObject()
                .put(kind.wireName(), documents)
                .put("next", isLast ? null : Long.toString(id.applyAsLong(shown.get(shown.size() - 1))));
    }

    private static JsonObject job(StoredJob stored) {
        EndedJob job = stored.job();
        return new JsonObject()
                .put("id", stored.id())
                .put("printer", job.printer().value())
                .put("name", job.name())
                .put("group", job.group())
                .put("job_id", job.jobId())
                .put("file", job.file())
                .put("result", job.result().wireName())
                .put("started_at", Json.text(job.print().startedAt()))
                .put("ended_at", Json.text(job.endedAt()))
                .put("recorded_at", Json.text(job.recordedAt()))
                .put("duration", job.duration())
                .put("progress", job.progress())
                .put("filament", job.filament());
    }

    private static JsonObject state(StoredState stored) {
        StateChange change = stored.change();
        return new JsonObject()
                .put("id", stored.id())
                .put("printer", change.printer().value())
                .put("name", change.name())
                .put("group", change.group())
                .put("at", Json.text(change.at()))
                .put("from", change.from().wireName())
                .put("to", change.to().wireName())
                .put("reason", change.reason() == null ? null : change.reason().wireName());
    }
}
