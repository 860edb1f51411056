package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.model.Capability;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The objects of Klipper that a poll requests. Immutable.
 *
 * @param query the body of a request
 * @param subscription the parameters of a subscription, without values that change all the time
 * @param chambers objects that may measure the chamber, the most likely first
 * @param missing capabilities that the absent objects would provide
 */
record KlipperObjects(String query, String subscription, List<String> chambers, Set<Capability> missing) {
    static final int MAX_EXTRUDERS = 16;

    private static final int MAX_CHAMBERS = 4;

    private static final int MAX_NAME_LENGTH = 100;

    private static final List<String> WANTED = Stream.concat(
                    Stream.of(
                            "webhooks",
                            "print_stats",
                            "virtual_sdcard",
                            "display_status",
                            "idle_timeout",
                            "pause_resume",
                            "toolhead",
                            "gcode_move",
                            "fan",
                            "heater_bed"),
                    Stream.iterate(0, i -> i < MAX_EXTRUDERS, i -> i + 1).map(KlipperObjects::extruder))
            .toList();

    /** Object types with a sensor; a {@code heater_fan} or {@code temperature_host} for the chamber has none. */
    private static final List<String> CHAMBER_KINDS =
            List.of("heater_generic", "temperature_sensor", "temperature_fan");

    private static final KlipperObjects USUAL =
            of(Stream.concat(WANTED.stream(), CHAMBER_KINDS.stream().map(kind -> kind + " chamber"))
                    .toList());

    /** The usual objects, for servers without a list; Klipper returns {@code {}} for an object that it lacks. */
    static KlipperObjects usual() {
        return USUAL;
    }

    /** The requested objects among those that {@code /printer/objects/list} names. */
    static KlipperObjects of(List<String> listed) {
        Set<String> available = new HashSet<>(listed);
        List<String> chambers = listed.stream()
                .filter(KlipperObjects::isChamber)
                .sorted(Comparator.comparingInt(KlipperObjects::chamberRank))
                .limit(MAX_CHAMBERS)
                .toList();
        Set<String> requested = new LinkedHashSet<>(WANTED);
        requested.removeIf(name -> !name.equals("webhooks") && !available.contains(name));
        requested.addAll(chambers);
        String query = query(requested);
        requested.remove("toolhead"); // only its clock is requested
        return new KlipperObjects(query, query(requested), chambers, missing(available));
    }

    /** The object name of a tool's heater. */
    static String extruder(int index) {
        return index == 0 ? "extruder" : "extruder" + index;
    }

    private static boolean isChamber(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return name.length() <= MAX_NAME_LENGTH
                && lower.contains("chamber")
                && (CHAMBER_KINDS.contains(kind(lower)) || lower.equals("heater_chamber"));
    }

    /** Heaters before sensors before fans; of one type, an object named exactly "chamber" first. */
    private static int chamberRank(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int kind = Math.max(0, CHAMBER_KINDS.indexOf(kind(lower)));
        return 2 * kind + (lower.endsWith(" chamber") ? 0 : 1);
    }

    private static String kind(String name) {
        int blank = name.indexOf(' ');
        return blank < 0 ? name : name.substring(0, blank);
    }

    /** Source: {@code klippy/extras/pause_resume.py}, which registers all three calls. */
    private static Set<Capability> missing(Set<String> available) {
        Set<Capability> missing = EnumSet.noneOf(Capability.class);
        if (!available.contains("pause_resume")) {
            missing.addAll(List.of(Capability.PAUSE, Capability.RESUME, Capability.CANCEL));
        }
        if (!available.contains("extruder")) {
            missing.add(Capability.NOZZLE_TEMPERATURE);
        }
        if (!available.contains("heater_bed")) {
            missing.add(Capability.BED_TEMPERATURE);
        }
        if (!available.contains("toolhead")) {
            missing.add(Capability.HOME);
        }
        return missing;
    }

    private static String query(Set<String> names) {
        JsonObject objects = new JsonObject();
        names.forEach(name -> objects.put(name, fields(name)));
        return new JsonObject().put("objects", objects).encode();
    }

    /** Null requests all fields: forks add and omit fields of these two objects. */
    private static @Nullable JsonArray fields(String name) {
        return switch (name) {
            case "webhooks", "print_stats" -> null;
            case "virtual_sdcard" -> JsonArray.of("progress", "file_position", "file_size");
            case "display_status" -> JsonArray.of("progress", "message");
            case "idle_timeout" -> JsonArray.of("state");
            case "pause_resume" -> JsonArray.of("is_paused");
            case "toolhead" -> JsonArray.of("estimated_print_time");
            case "gcode_move" -> JsonArray.of("speed_factor");
            case "fan" -> JsonArray.of("speed");
            default -> JsonArray.of("temperature", "target");
        };
    }
}
