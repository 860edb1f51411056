package io.github.printer2mqtt.driver.creality;

import io.github.printer2mqtt.driver.DetailsDocument;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures.Temperature;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Feeds messages to merger, track and mapper as a connection does. */
public final class CrealityMessages {
    static final Path FOLDER = Path.of("src/test/resources/driver/creality/messages");

    private final CrealityMerger merger = new CrealityMerger();
    private final PrintTrack track = new PrintTrack();

    /** The state of a printer whose status has these members. */
    public static PrinterState stateOf(JsonObject status) {
        return new CrealityMessages().add(status).reading().state();
    }

    /** All messages of a recording. */
    static CrealityMessages of(String recording) {
        CrealityMessages messages = new CrealityMessages();
        text(recording).lines().forEach(line -> messages.add(new JsonObject(line)));
        return messages;
    }

    static String text(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CrealityMessages add(JsonObject message) {
        merger.merge(new JsonObject(message.encode()).getMap()); // as parsed, without nested wrappers
        track.update(merger.report());
        return this;
    }

    /** Pairs of names and values. */
    CrealityMessages add(Object... members) {
        JsonObject message = new JsonObject();
        for (int i = 0; i < members.length; i += 2) {
            message.put((String) members[i], members[i + 1]);
        }
        return add(message);
    }

    CrealityReport report() {
        return merger.report();
    }

    Reading reading() {
        return CrealityMapper.reading(merger.report(), merger.boxes().filaments(), track.outcome());
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
                        .put("elapsed", job.elapsed())
                        .put("remaining", job.remaining())
                        .put("layer", job.layer())
                        .put("layers", job.layers());
    }
}
