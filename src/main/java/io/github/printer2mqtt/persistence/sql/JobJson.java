package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.LastJob;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Columns {@code running} and {@code last} as JSON. Pure. */
final class JobJson {
    private JobJson() {}

    static @Nullable String encode(@Nullable Job job) {
        return job == null
                ? null
                : new JsonObject()
                        .put("id", job.id())
                        .put("file", job.file())
                        .put("progress", job.progress())
                        .put("elapsed", job.elapsed())
                        .put("remaining", job.remaining())
                        .put("layer", job.layer())
                        .put("layers", job.layers())
                        .encode();
    }

    static @Nullable String encode(@Nullable LastJob last) {
        return last == null
                ? null
                : new JsonObject()
                        .put("id", last.id())
                        .put("file", last.file())
                        .put("result", last.result().wireName())
                        .put(
                                "ended_at",
                                last.endedAt() == null ? null : last.endedAt().toString())
                        .encode();
    }

    static @Nullable Job job(@Nullable String text) {
        if (text == null) {
            return null;
        }
        JsonObject json = new JsonObject(text);
        return new Job(
                json.getString("id"),
                json.getString("file"),
                json.getDouble("progress"),
                json.getLong("elapsed"),
                json.getLong("remaining"),
                json.getInteger("layer"),
                json.getInteger("layers"));
    }

    static @Nullable LastJob lastJob(@Nullable String text) {
        if (text == null) {
            return null;
        }
        JsonObject json = new JsonObject(text);
        String endedAt = json.getString("ended_at");
        return new LastJob(
                json.getString("id"),
                json.getString("file"),
                JobResult.valueOf(json.getString("result").toUpperCase(Locale.ROOT)),
                endedAt == null ? null : Instant.parse(endedAt));
    }
}
