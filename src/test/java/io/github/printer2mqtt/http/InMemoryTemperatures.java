package io.github.printer2mqtt.http;

import io.github.printer2mqtt.history.TemperatureService;
import io.github.printer2mqtt.model.PrinterId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** One sample of every printer. */
final class InMemoryTemperatures implements TemperatureService {
    @Override
    public Future<JsonObject> temperatures(PrinterId printer) {
        JsonObject heater =
                new JsonObject().put("actual", new JsonArray().add(214.8)).put("target", new JsonArray().addNull());
        return Future.succeededFuture(new JsonObject()
                .put("printer", printer.value())
                .put("interval", 30)
                .put("at", new JsonArray().add("2026-11-21T09:50:00Z"))
                .put("nozzle", heater)
                .put("bed", heater.copy())
                .put("chamber", heater.copy()));
    }
}
