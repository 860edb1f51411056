package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A reading as the expected files have it. */
public final class ReadingDocument {
    private ReadingDocument() {}

    public static JsonObject of(Reading reading) {
        JsonArray nozzles = new JsonArray();
        reading.temperatures().nozzles().forEach(nozzle -> nozzles.add(ofHeater(nozzle)));
        JsonObject document = new JsonObject()
                .put("state", reading.state().wireName())
                .put("raw_state", reading.rawState())
                .put("message", reading.message())
                .put(
                        "temperatures",
                        new JsonObject()
                                .put("nozzles", nozzles)
                                .put("bed", ofHeater(reading.temperatures().bed()))
                                .put("chamber", ofHeater(reading.temperatures().chamber())))
                .put("job", ofJob(reading.job()))
                .put(
                        "outcome",
                        reading.outcome() == null ? null : reading.outcome().wireName())
                .put("speed", reading.speed())
                .put("fan", reading.fan())
                .put("model", reading.model());
        DetailsDocument.addTo(document, reading);
        if (!reading.missing().isEmpty()) {
            document.put(
                    "missing",
                    new JsonArray(reading.missing().stream()
                            .map(Capability::wireName)
                            .sorted()
                            .toList()));
        }
        LastJob past = reading.pastJob();
        return past == null
                ? document
                : document.put(
                        "past_job",
                        new JsonObject()
                                .put("id", past.id())
                                .put("file", past.file())
                                .put("result", past.result().wireName())
                                .put("ended_at", String.valueOf(past.endedAt())));
    }

    private static @Nullable JsonObject ofHeater(Temperatures.@Nullable Temperature heater) {
        return heater == null
                ? null
                : new JsonObject().put("actual", heater.actual()).put("target", heater.target());
    }

    static @Nullable JsonObject ofJob(@Nullable Job job) {
        return job == null
                ? null
                : new JsonObject()
                        .put("id", job.id())
                        .put("file", job.file())
                        .put("progress", job.progress())
                        .put("elapsed", job.elapsed())
                        .put("remaining", job.remaining())
                        .put("layer", job.layer())
                        .put("layers", job.layers());
    }
}
