package io.github.printer2mqtt.driver.bambu;

import io.github.printer2mqtt.driver.Announcement;
import io.github.printer2mqtt.driver.LanSource;
import io.github.printer2mqtt.net.lan.Datagram;
import io.github.printer2mqtt.net.lan.LanQuestion.Listen;
import io.github.printer2mqtt.text.TextSanitizer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code NOTIFY} that printers of Bambu Lab send to UDP port 2021 (broadcast) and 1990 (multicast) every few seconds; they answer no
 * question. Source: bambuddy, jonans/bsnotify, captured announcements of P1S and A2L.
 */
final class BambuAnnouncement {
    static final int BROADCAST_PORT = 2021;
    static final int MULTICAST_PORT = 1990;

    private static final String TYPE = "urn:bambulab-com:device:3dprinter:1";
    private static final int MAX_LINES = 40;
    private static final Pattern SERIAL = Pattern.compile("[0-9A-Za-z]{6,32}");

    /** {@code DevModel} of an announcement; other models are shown as they are announced. */
    private static final Map<String, String> MODELS = Map.ofEntries(
            Map.entry("3DPRINTER-X1-CARBON", "X1C"),
            Map.entry("BL-P001", "X1C"),
            Map.entry("3DPRINTER-X1", "X1"),
            Map.entry("BL-P002", "X1"),
            Map.entry("C13", "X1E"),
            Map.entry("C11", "P1P"),
            Map.entry("C12", "P1S"),
            Map.entry("N1", "A1 mini"),
            Map.entry("N2S", "A1"));

    private BambuAnnouncement() {}

    static LanSource source() {
        return new LanSource(
                "ssdp",
                List.of(new Listen(BROADCAST_PORT, null), new Listen(MULTICAST_PORT, "239.255.255.250")),
                BambuAnnouncement::read);
    }

    private static List<Announcement> read(Datagram datagram) {
        Map<String, String> fields = fields(datagram.content().toString(StandardCharsets.UTF_8));
        String serial = fields.getOrDefault("usn", "");
        if (!TYPE.equals(fields.get("nt")) || !SERIAL.matcher(serial).matches()) {
            return List.of();
        }
        return List.of(new Announcement(
                null,
                "",
                TextSanitizer.line(vendorField(fields, "devname"), 64),
                model(TextSanitizer.line(vendorField(fields, "devmodel"), 32)),
                serial));
    }

    /** The lines of a header as in HTTP, names in lower case. */
    private static Map<String, String> fields(String message) {
        Map<String, String> fields = new HashMap<>();
        message.lines().limit(MAX_LINES).forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.putIfAbsent(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        });
        return fields;
    }

    /** Newer firmware (A2L) writes {@code .bambu.net}. */
    private static @Nullable String vendorField(Map<String, String> fields, String name) {
        String usual = fields.get(name + ".bambu.com");
        return usual == null ? fields.get(name + ".bambu.net") : usual;
    }

    private static @Nullable String model(@Nullable String announced) {
        return announced == null ? null : MODELS.getOrDefault(announced.toUpperCase(Locale.ROOT), announced);
    }
}
