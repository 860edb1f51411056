package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.model.Reading;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The details of a reading as expected files have them: only those that the printer reports. */
public final class DetailsDocument {
    private DetailsDocument() {}

    public static void addTo(JsonObject document, Reading reading) {
        Reading.Details details = reading.details();
        if (details.light() != null) {
            document.put("light", details.light());
        }
        if (reading.temperatures().activeNozzle() != null) {
            document.put("active_nozzle", reading.temperatures().activeNozzle());
        }
        if (!details.problems().isEmpty()) {
            JsonArray problems = new JsonArray();
            details.problems()
                    .forEach(problem -> problems.add(new JsonObject()
                            .put("code", problem.code())
                            .put("severity", problem.severity().wireName())
                            .put("message", problem.message())));
            document.put("problems", problems);
        }
        if (!details.filaments().isEmpty()) {
            JsonArray filaments = new JsonArray();
            details.filaments()
                    .forEach(filament -> filaments.add(new JsonObject()
                            .put("slot", filament.slot())
                            .put("type", filament.type())
                            .put("color", filament.color())
                            .put("name", filament.name())
                            .put("remaining", filament.remaining())
                            .put("active", filament.active())));
            document.put("filaments", filaments);
        }
    }
}
