package io.github.printer2mqtt.driver.creality;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the keys {@code model} and {@code modelVersion} say. Pure. */
final class CrealityModel {
    /** Board codes. Source: CrealityPrint and ha_creality_ws; F009 is recorded. */
    private static final Map<String, String> BOARDS = Map.of(
            "F001", "Ender-3 V3",
            "F002", "Ender-3 V3 Plus",
            "F003", "CR-10 SE",
            "F004", "Ender-5 Max",
            "F005", "Ender-3 V3 KE",
            "F008", "K2 Plus",
            "F009", "Ender-3 V4",
            "F012", "K2 Pro",
            "F018", "Hi",
            "F021", "K2");

    /** Reports a target of its chamber that is always 0. Source: ha_creality_ws. */
    private static final String WITHOUT_CHAMBER_TARGET = "F021";

    private static final Pattern FIRMWARE = Pattern.compile("DWIN sw ver:([0-9A-Za-z.]{1,24})");

    private CrealityModel() {}

    /** The name for people; null if the printer reports none. */
    static @Nullable String name(CrealityReport report) {
        String model = report.status().text("model");
        return model == null ? null : BOARDS.getOrDefault(model, model);
    }

    /** Null if the printer reports none. */
    static @Nullable String firmware(CrealityReport report) {
        String version = report.status().text("modelVersion");
        Matcher found = FIRMWARE.matcher(version == null ? "" : version);
        return found.find() ? found.group(1) : null;
    }

    static boolean hasChamberTarget(CrealityReport report) {
        Double highest = report.number("maxBoxTemp");
        return highest != null
                && highest > 0
                && !WITHOUT_CHAMBER_TARGET.equals(report.status().text("model"));
    }
}
