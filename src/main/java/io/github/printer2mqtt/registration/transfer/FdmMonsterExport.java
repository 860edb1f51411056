package io.github.printer2mqtt.registration.transfer;

import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.csv.RegistrationRows;
import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The YAML file that FDM Monster exports. {@code printers} has {@code name} (before 1.5 {@code settingsAppearance.name}, in
 * some {@code printerName}), {@code printerURL}, {@code printerType} (0 OctoPrint, 1 Moonraker, 2 PrusaLink, 3 Bambu Lab; none
 * in older exports, which are of OctoPrint only), {@code apiKey}, {@code username} and {@code password} (serial number and access code
 * for Bambu Lab), {@code enabled}, and {@code disabledReason} for maintenance. {@code floors} and {@code tags} ({@code groups}
 * before 2.0) list their printers by {@code printerId}. Source: src/services/core/yaml.service.ts,
 * src/services/validators/yaml-service.validation.ts and the exports of 1.3.1 to 2.0.1 in test/application/test-data of FDM
 * Monster 2.1.1.
 */
final class FdmMonsterExport {
    private static final Set<String> KEYS = Set.of("printers", "floors", "tags", "groups");
    private static final int MAX_MAINTENANCE_LENGTH = 200;

    /** Fields of a registration, and what FDM Monster calls them. */
    private static final Map<String, String> NAMES =
            Map.of("address", "printerURL", "api_key", "apiKey", "maintenance", "disabledReason");

    private final Map<String, String> floors = new HashMap<>();
    private final Map<String, List<String>> tags = new HashMap<>();

    private FdmMonsterExport() {}

    /** @throws RegistrationException for every printer of an unknown type, or if it is no export with printers */
    static RegistrationRows read(String text) {
        YamlMapping document = YamlReader.read(text, KEYS);
        if (document.mappings("printers").isEmpty()) {
            throw new RegistrationException(
                    Code.INVALID_FIELD,
                    "printers",
                    "found no printers, expected an export of FDM Monster with its printers");
        }
        return new FdmMonsterExport().rows(document);
    }

    private RegistrationRows rows(YamlMapping document) {
        for (YamlMapping floor : document.mappings("floors")) {
            String group = ForeignNames.group(String.valueOf(floor.text("name")));
            if (group != null) {
                floor.mappings("printers").forEach(each -> floors.put(String.valueOf(each.text("printerId")), group));
            }
        }
        for (String key : List.of("tags", "groups")) {
            for (YamlMapping tag : document.mappings(key)) {
                String name = tag.text("name");
                if (name != null) {
                    tag.mappings("printers")
                            .forEach(each -> tags.computeIfAbsent(
                                            String.valueOf(each.text("printerId")), id -> new ArrayList<>())
                                    .add(name));
                }
            }
        }
        JsonArray registrations = new JsonArray();
        List<String> origins = new ArrayList<>();
        List<RegistrationException> errors = new ArrayList<>();
        for (YamlMapping printer : document.mappings("printers")) {
            try {
                registrations.add(registration(printer));
                origins.add("line " + printer.line());
            } catch (RegistrationException e) {
                errors.add(e);
            }
        }
        RegistrationException.throwIfAny(errors);
        return new RegistrationRows(registrations, origins, NAMES);
    }

    private JsonObject registration(YamlMapping printer) {
        String id = String.valueOf(printer.text("id"));
        String driver = driver(printer);
        String reason = printer.text("disabledReason");
        return new JsonObject()
                .put("name", name(printer))
                .put("driver", driver)
                .put("address", address(driver, printer.text("printerURL")))
                .put("group", floors.get(id))
                .put("tags", new JsonArray(tags.getOrDefault(id, List.of())))
                .put("enabled", !"false".equals(printer.text("enabled")))
                .put(
                        "maintenance",
                        reason == null ? null : reason.substring(0, Math.min(reason.length(), MAX_MAINTENANCE_LENGTH)))
                .put("credentials", credentials(driver, printer));
    }

    private static @Nullable String name(YamlMapping printer) {
        YamlMapping appearance = printer.mapping("settingsAppearance");
        String older = appearance == null ? null : appearance.text("name");
        String name = printer.text("name") == null ? printer.text("printerName") : printer.text("name");
        return older == null ? name : older;
    }

    private static String driver(YamlMapping printer) {
        String type = printer.text("printerType");
        return switch (type == null ? "0" : type) {
            case "0" -> "octoprint";
            case "1" -> "moonraker";
            case "2" -> "prusalink";
            case "3" -> "bambu";
            default ->
                throw new RegistrationException(
                        Code.INVALID_FIELD,
                        "line " + printer.line() + ", printerType",
                        "found " + QuotedText.of(String.valueOf(type))
                                + ", expected 0 (OctoPrint), 1 (Moonraker), 2 (PrusaLink) or 3 (Bambu Lab)");
        };
    }

    /** Of a Bambu Lab printer FDM Monster uses the host only, although it stores a URL. */
    private static @Nullable String address(String driver, @Nullable String url) {
        if (url == null || !driver.equals("bambu")) {
            return url;
        }
        try {
            return AddressText.parse(url).host();
        } catch (InvalidValueException e) {
            // Reported with its row when the registration is checked.
            return url;
        }
    }

    private static JsonObject credentials(String driver, YamlMapping printer) {
        String password = printer.text("password");
        boolean login = driver.equals("bambu") || (driver.equals("prusalink") && password != null);
        return login
                ? new JsonObject().put("username", printer.text("username")).put("password", password)
                : new JsonObject().put("api_key", printer.text("apiKey"));
    }
}
