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
 * Which of Klipper's objects a reading is made of. Immutable.
 *
 * @param query the body of the request for them
 * @param chambers those that may measure the chamber, the best first
 * @param missing what a Klipper without the others cannot do
 */
record KlipperObjects(String query, List<String> chambers, Set<Capability> missing) {
    static final int MOST_EXTRUDERS = 16;

    private static final int MOST_CHAMBERS = 4;

    private static final int LONGEST_NAME = 100;

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
                    Stream.iterate(0, i -> i < MOST_EXTRUDERS, i -> i + 1).map(KlipperObjects::extruder))
            .toList();

    /** Kinds of objects that measure; a {@code heater_fan} and a {@code temperature_host} of that name do not. */
    private static final List<String> CHAMBER_KINDS =
            List.of("heater_generic", "temperature_sensor", "temperature_fan");

    private static final KlipperObjects USUAL =
            of(Stream.concat(WANTED.stream(), CHAMBER_KINDS.stream().map(kind -> kind + " chamber"))
                    .toList());

    /** Those that printers usually have, where no list is to be had: Klipper answers {@code {}} for one it lacks. */
    static KlipperObjects usual() {
        return USUAL;
    }

    /** Those on the list of a Klipper, as {@code /printer/objects/list} names them. */
    static KlipperObjects of(List<String> listed) {
        Set<String> had = new HashSet<>(listed);
        List<String> chambers = listed.stream()
                .filter(KlipperObjects::isChamber)
                .sorted(Comparator.comparingInt(KlipperObjects::chamberRank))
                .limit(MOST_CHAMBERS)
                .toList();
        Set<String> asked = new LinkedHashSet<>(WANTED);
        asked.removeIf(name -> !name.equals("webhooks") && !had.contains(name));
        asked.addAll(chambers);
        return new KlipperObjects(query(asked), chambers, missing(had));
    }

    /** The name of a tool's heater. */
    static String extruder(int index) {
        return index == 0 ? "extruder" : "extruder" + index;
    }

    private static boolean isChamber(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return name.length() <= LONGEST_NAME
                && lower.contains("chamber")
                && (CHAMBER_KINDS.contains(kind(lower)) || lower.equals("heater_chamber"));
    }

    /** A heater before a sensor before a fan; among them the one that is called just so. */
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
    private static Set<Capability> missing(Set<String> had) {
        Set<Capability> missing = EnumSet.noneOf(Capability.class);
        if (!had.contains("pause_resume")) {
            missing.addAll(List.of(Capability.PAUSE, Capability.RESUME, Capability.CANCEL));
        }
        if (!had.contains("extruder")) {
            missing.add(Capability.NOZZLE_TEMPERATURE);
        }
        if (!had.contains("heater_bed")) {
            missing.add(Capability.BED_TEMPERATURE);
        }
        if (!had.contains("toolhead")) {
            missing.add(Capability.HOME);
        }
        return missing;
    }

    private static String query(Set<String> names) {
        JsonObject objects = new JsonObject();
        names.forEach(name -> objects.put(name, fields(name)));
        return new JsonObject().put("objects", objects).encode();
    }

    /** Null is all of them, since forks add to and leave out of these two. */
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
