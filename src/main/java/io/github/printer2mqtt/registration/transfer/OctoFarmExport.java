package io.github.printer2mqtt.registration.transfer;

import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.csv.RegistrationRows;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The two JSON files of OctoFarm. Its printer manager exports {@code printers.json}, an array of {@code name}, {@code group},
 * {@code printerURL}, {@code cameraURL} and {@code apikey}; its system page exports {@code PrintersDB.json}, the documents of its
 * database in an array inside an array, with {@code printerName} or {@code settingsAppearance.name} and {@code disabled}.
 * Source: client/js/pages/printer-manager/functions/printer-manager.functions.js, client/js/pages/system/server.actions.js and
 * server/models/Printer.js of OctoFarm 1.7.3. All its printers are behind OctoPrint.
 */
public final class OctoFarmExport {
    private static final String ADDRESS = "printerURL";

    /** Fields of a registration, and what OctoFarm calls them. */
    private static final Map<String, String> NAMES = Map.of("address", ADDRESS, "api_key", "apikey");

    private OctoFarmExport() {}

    /** Whether the first object is a printer of OctoFarm. */
    public static boolean isExport(Object document) {
        List<?> rows = rows(document);
        return !rows.isEmpty() && rows.get(0) instanceof JsonObject first && first.containsKey(ADDRESS);
    }

    /**
     * The registrations of its printers.
     *
     * @throws RegistrationException if it is no list of printers
     */
    public static RegistrationRows read(Object document) {
        if (!isExport(document)) {
            throw new RegistrationException(
                    Code.INVALID_FIELD, null, "found no printers of OctoFarm, expected its printers.json");
        }
        JsonArray registrations = new JsonArray();
        List<String> origins = new ArrayList<>();
        for (Object row : rows(document)) {
            registrations.add(row instanceof JsonObject printer ? registration(printer) : row);
            origins.add("printer " + registrations.size());
        }
        return new RegistrationRows(registrations, origins, NAMES);
    }

    private static List<?> rows(Object document) {
        Object rows = document instanceof JsonArray outer && outer.size() == 1 && outer.getValue(0) instanceof JsonArray
                ? outer.getValue(0)
                : document;
        return rows instanceof JsonArray array ? array.stream().toList() : List.of();
    }

    private static JsonObject registration(JsonObject printer) {
        JsonObject registration = new JsonObject()
                .put("name", name(printer))
                .put("driver", "octoprint")
                .put("address", printer.getValue(ADDRESS))
                .put("enabled", !Boolean.TRUE.equals(printer.getValue("disabled")));
        if (!"".equals(printer.getValue("apikey"))) {
            registration.put("credentials", new JsonObject().put("api_key", printer.getValue("apikey")));
        }
        if (printer.getValue("group") instanceof String group) {
            registration.put("group", ForeignNames.group(group));
        }
        return registration;
    }

    private static @Nullable Object name(JsonObject printer) {
        for (String key : List.of("name", "printerName")) {
            if (printer.getValue(key) instanceof String name && !name.isBlank()) {
                return name;
            }
        }
        return printer.getValue("settingsAppearance") instanceof JsonObject appearance
                ? appearance.getValue("name")
                : printer.getValue("name");
    }
}
