package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.json.Json;
import io.github.printer2mqtt.model.PollFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The last polls of a printer: docs/reference/http.md, "Polls". */
public final class RecentPollsDocument {
    private RecentPollsDocument() {}

    public static JsonObject of(MonitoringService.RecentPolls recent) {
        JsonArray polls = new JsonArray();
        for (MonitoringService.PollRecord record : recent.polls()) {
            PollFailure miss = record.failure();
            polls.add(new JsonObject()
                    .put("at", Json.text(record.at()))
                    .put("latency_ms", record.latencyMillis())
                    .put("result", miss == null ? "ok" : miss.reason().wireName())
                    .put("detail", miss == null ? null : miss.detail()));
        }
        MonitoringService.Mode mode = recent.mode();
        return new JsonObject()
                .put("mode", mode == null ? null : mode.wireName())
                .put("fallback", recent.fallback())
                .put("polls", polls);
    }
}
