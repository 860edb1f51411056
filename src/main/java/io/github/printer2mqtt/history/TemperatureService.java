package io.github.printer2mqtt.history;

import io.github.printer2mqtt.model.PrinterId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** The temperatures of the last hours, for the API. Safe for every thread. */
public interface TemperatureService {
    /** The document of one printer, described in docs/reference/http.md; without samples if nothing is known of it. */
    Future<JsonObject> temperatures(PrinterId printer);
}
