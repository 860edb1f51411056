package io.github.printer2mqtt.driver.bambu;

import io.github.printer2mqtt.driver.DetailsDocument;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures.Temperature;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Feeds reports to merger, track and mapper as a connection does, with a clock that the test moves. */
final class BambuReports {
    static final Path FOLDER = Path.of("src/test/resources/driver/bambu/reports");

    private final BambuMerger merger = new BambuMerger();
    private final PrintTrack track = new PrintTrack();
    private BambuModel model = BambuModel.unknown();
    private long nanos;

    /** A recording with the answer to {@code get_version} and one whole report. */
    static BambuReports of(String recording) {
        JsonObject file = new JsonObject(text(recording));
        return new BambuReports()
                .version(file.getJsonObject("version").getJsonObject("info"))
                .report(file.getJsonObject("print"));
    }

    static String text(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(String name) {
        return text(name).lines().filter(line -> !line.isBlank()).toList();
    }

    BambuReports version(JsonObject info) {
        model = BambuModel.of(LenientJson.of(info));
        return this;
    }

    BambuReports report(JsonObject print) {
        merger.merge(print.getMap());
        track.update(merger.report(), nanos);
        return this;
    }

    /** Pairs of names and values. */
    BambuReports reports(Object... members) {
        JsonObject print = new JsonObject();
        for (int i = 0; i < members.length; i += 2) {
            print.put((String) members[i], members[i + 1]);
        }
        return report(print);
    }

    BambuReports after(Duration time) {
        nanos += time.toNanos();
        return this;
    }

    Reading reading() {
        return BambuMapper.reading(merger.report(), track, model, nanos);
    }

    JsonObject document() {
        Reading reading = reading();
        JsonArray nozzles = new JsonArray();
        reading.temperatures().nozzles().forEach(nozzle -> nozzles.add(heater(nozzle)));
        JsonObject document = new JsonObject()
                .put("state", reading.state().wireName())
                .put("raw_state", reading.rawState())
                .put("message", reading.message())
                .put("nozzles", nozzles)
                .put("bed", heater(reading.temperatures().bed()))
                .put("chamber", heater(reading.temperatures().chamber()))
                .put("job", job(reading.job()))
                .put("speed", reading.speed())
                .put("fan", reading.fan())
                .put("model", reading.model())
                .put(
                        "missing",
                        new JsonArray(reading.missing().stream()
                                .map(Capability::wireName)
                                .sorted()
                                .toList()));
        DetailsDocument.addTo(document, reading);
        return document;
    }

    private static @Nullable JsonArray heater(@Nullable Temperature heater) {
        return heater == null ? null : new JsonArray().add(heater.actual()).add(heater.target());
    }

    private static @Nullable JsonObject job(@Nullable Job job) {
        return job == null
                ? null
                : new JsonObject()
                        .put("file", job.file())
                        .put("progress", job.progress())
                        .put("remaining", job.remaining())
                        .put("layer", job.layer())
                        .put("layers", job.layers());
    }
}
