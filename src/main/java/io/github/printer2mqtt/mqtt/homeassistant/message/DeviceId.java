package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * How Home Assistant tells devices apart. It begins with the base topic, which keeps two bridges apart, and ends with
 * the printer's id, which holds no {@code _}, so that no two are equal.
 *
 * @param text {@code [A-Za-z0-9_-]+}, as Home Assistant demands of a level of a discovery topic
 * @param slug what suggested entity ids begin with, {@code [a-z0-9_]+}
 */
record DeviceId(String text, String slug) {
    /** A base topic beyond this is shortened, so that a message with many entities stays small. */
    private static final int LONGEST_BASE = 40;

    private static final int HASH_DIGITS = 8;

    static DeviceId ofPrinter(String baseTopic, PrinterId printer) {
        return new DeviceId(beforePrinter(baseTopic) + printer, slug(printer.value()));
    }

    /** What the ids of all printers of a bridge begin with. */
    static String beforePrinter(String baseTopic) {
        return base(baseTopic) + "_";
    }

    /** {@code bridge} can be no printer's id. */
    static DeviceId ofBridge(String baseTopic) {
        String text = base(baseTopic) + "_bridge";
        return new DeviceId(text, slug(text));
    }

    /** The identity of one entity. */
    String unique(String component) {
        return text + "_" + component;
    }

    private static String base(String topic) {
        String plain = topic.replace('/', '_').replaceAll("[^A-Za-z0-9_-]", "_");
        if (plain.equals(topic.replace('/', '_')) && plain.length() <= LONGEST_BASE) {
            return plain;
        }
        String begin = plain.substring(0, Math.min(plain.length(), LONGEST_BASE - HASH_DIGITS - 1));
        byte[] digest = Sha256.sha256(topic.getBytes(StandardCharsets.UTF_8));
        return begin + "_" + HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    }

    /** Entity ids have neither capitals nor hyphens, and no two underscores in a row. */
    private static String slug(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
    }
}
