package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The identity of a device in Home Assistant. It starts with the base topic, which differs between bridges, and ends
 * with the printer's id, which has no {@code _}, so that no two are equal.
 *
 * @param text {@code [A-Za-z0-9_-]+}, as required for a level of a discovery topic
 * @param slug prefix of suggested entity ids, {@code [a-z0-9_]+}
 */
record DeviceId(String text, String slug) {
    /** Longer base topics are shortened, so that messages with many entities stay small. */
    private static final int MAX_BASE_LENGTH = 40;

    private static final int HASH_DIGITS = 8;

    static DeviceId ofPrinter(String baseTopic, PrinterId printer) {
        return new DeviceId(beforePrinter(baseTopic) + printer, slug(printer.value()));
    }

    /** The common prefix of the ids of a bridge's printers. */
    static String beforePrinter(String baseTopic) {
        return base(baseTopic) + "_";
    }

    /** Not ambiguous: {@code bridge} is no valid printer id. */
    static DeviceId ofBridge(String baseTopic) {
        String text = base(baseTopic) + "_bridge";
        return new DeviceId(text, slug(text));
    }

    String unique(String component) {
        return text + "_" + component;
    }

    private static String base(String topic) {
        String plain = topic.replace('/', '_').replaceAll("[^A-Za-z0-9_-]", "_");
        if (plain.equals(topic.replace('/', '_')) && plain.length() <= MAX_BASE_LENGTH) {
            return plain;
        }
        String start = plain.substring(0, Math.min(plain.length(), MAX_BASE_LENGTH - HASH_DIGITS - 1));
        byte[] digest = Sha256.sha256(topic.getBytes(StandardCharsets.UTF_8));
        return start + "_" + HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    }

    /** Entity ids have no capitals, hyphens or repeated underscores. */
    private static String slug(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
    }
}
