package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.text.DurationText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The JSON of a registration, without credentials. */
public final class RegistrationDocument {
    private RegistrationDocument() {}

    /** A document that can be registered again. */
    public static JsonObject of(Printer printer) {
        Duration timeout = printer.polling().timeout();
        return new JsonObject()
                .put("id", printer.id().value())
                .put("name", printer.name())
                .put("driver", printer.driver())
                .put("address", printer.address().toString())
                .put("group", printer.group())
                .put("tags", new JsonArray(printer.tags()))
                .put("model", printer.model())
                .put("enabled", printer.enabled())
                .put(
                        "maintenance",
                        printer.maintenance() == null
                                ? null
                                : printer.maintenance().note())
                .put(
                        "polling",
                        new JsonObject()
                                .put("timeout", timeout == null ? null : DurationText.inSeconds(timeout))
                                .put("offline_after", printer.polling().offlineAfter()))
                .put("tls", new JsonObject().put("fingerprint", printer.fingerprint()))
                .put("alerts", AlertFields.document(printer.alerts()))
                .put("commands", CommandFields.document(printer.mqttCommands()));
    }

    /** The document of API responses, with {@code has_credentials}. */
    public static JsonObject of(Registration registered) {
        return of(registered.printer()).put("has_credentials", registered.hasCredentials());
    }

    /** A list of registrations. */
    public static JsonObject listed(List<Registration> all) {
        return printers(all.stream().map(RegistrationDocument::of));
    }

    /** The response to an import. */
    public static JsonObject imported(List<Registration> all) {
        return new JsonObject().put("imported", all.size()).mergeIn(listed(all));
    }

    /** What an import would register. */
    public static JsonObject previewed(List<Registration> all) {
        return new JsonObject().put("imported", 0).mergeIn(listed(all));
    }

    /** A list of registrations that can be imported again. */
    public static JsonObject exported(List<Registration> all) {
        return printers(all.stream().map(Registration::printer).map(RegistrationDocument::of));
    }

    private static JsonObject printers(Stream<JsonObject> documents) {
        return new JsonObject().put("printers", new JsonArray(documents.toList()));
    }
}
