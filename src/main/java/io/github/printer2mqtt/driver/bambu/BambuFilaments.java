package io.github.printer2mqtt.driver.bambu;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Reading.Filament;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Trays of the AMS units and the external spools → filaments. Empty trays are left out. */
final class BambuFilaments {
    /** Units with one slot. */
    private static final int FIRST_HT = 128;

    /** The unit built into the A2L. */
    private static final int BUILT_IN = 16;

    private static final int SLOTS = 4;
    private static final int EXTERNAL = 254;
    private static final int EXTERNAL_LEFT = 255;
    private static final int MAX_UNITS = 26;

    private BambuFilaments() {}

    /** @param activeNozzle the place of the nozzle that prints; null if unknown */
    static List<Filament> filaments(BambuReport report, @Nullable Integer activeNozzle) {
        Loaded loaded = Loaded.of(report, activeNozzle);
        List<Filament> filaments = new ArrayList<>();
        for (LenientJson unit : report.print().elements("ams", "ams")) {
            Integer id = number(unit, "id");
            if (id == null || id < 0 || id >= EXTERNAL) {
                continue;
            }
            for (LenientJson tray : unit.elements("tray")) {
                Integer slot = number(tray, "id");
                if (slot != null && slot >= 0 && slot < SLOTS && tray.text("tray_type") != null) {
                    filaments.add(filament(name(id, slot), tray, loaded.isTray(id, slot)));
                }
            }
        }
        filaments.addAll(external(report, loaded));
        return filaments;
    }

    private static List<Filament> external(BambuReport report, Loaded loaded) {
        List<LenientJson> spools = report.print().elements("vir_slot");
        LenientJson single = report.print().at("vt_tray");
        List<LenientJson> known = !spools.isEmpty() ? spools : single.isObject() ? List.of(single) : List.of();
        List<Filament> filaments = new ArrayList<>();
        for (LenientJson spool : known) {
            Integer id = number(spool, "id");
            if (spool.text("tray_type") != null) {
                boolean isLeft = known.size() > 1 && id != null && id == EXTERNAL;
                String slot = known.size() == 1 ? "external" : isLeft ? "external left" : "external right";
                filaments.add(filament(slot, spool, loaded.isExternal(id == null ? EXTERNAL : id)));
            }
        }
        return filaments;
    }

    /** As on the printer's screen: A1 to D4; HT-A for a unit with one slot. */
    private static String name(int unit, int slot) {
        if (unit >= FIRST_HT) {
            return "HT-" + letter(unit - FIRST_HT);
        }
        return (unit == BUILT_IN ? "built-in " : letter(unit)) + (slot + 1);
    }

    private static String letter(int index) {
        return index < MAX_UNITS ? String.valueOf((char) ('A' + index)) : String.valueOf(index);
    }

    private static Filament filament(String slot, LenientJson tray, @Nullable Boolean active) {
        Integer remain = number(tray, "remain");
        boolean isMeasured = remain != null && remain >= 0 && (remain > 0 || hasTag(tray));
        return new Filament(
                slot,
                tray.text("tray_type"),
                color(tray.text("tray_color")),
                tray.text("tray_sub_brands"),
                isMeasured ? remain : null,
                active);
    }

    /** A spool without a tag reports 0 or -1. */
    private static boolean hasTag(LenientJson tray) {
        String tag = tray.text("tag_uid");
        return tag != null && !tag.matches("0*");
    }

    /** From RRGGBBAA; a fully transparent color is none. */
    private static @Nullable String color(@Nullable String text) {
        if (text == null || text.length() < 6 || (text.length() == 8 && text.endsWith("00"))) {
            return null;
        }
        return "#" + text.substring(0, 6).toLowerCase(Locale.ROOT);
    }

    private static @Nullable Integer number(LenientJson object, String name) {
        return new BambuReport(object).integer(name);
    }

    /**
     * Which tray feeds the nozzle.
     *
     * @param unit -1 for none, null if unknown
     * @param slot of a unit with several
     */
    private record Loaded(@Nullable Integer unit, int slot) {
        private static final Loaded UNKNOWN = new Loaded(null, 0);
        private static final Loaded NONE = new Loaded(-1, 0);

        static Loaded of(BambuReport report, @Nullable Integer activeNozzle) {
            List<LenientJson> extruders = report.print().elements("device", "extruder", "info");
            return extruders.size() > 1 ? ofExtruders(extruders, activeNozzle) : ofTray(report);
        }

        /** {@code snow} is the slot now: the unit in the upper byte. */
        private static Loaded ofExtruders(List<LenientJson> extruders, @Nullable Integer activeNozzle) {
            for (LenientJson extruder : extruders) {
                Integer slot = extruder.integer("snow");
                if (activeNozzle != null && activeNozzle.equals(extruder.integer("id")) && slot != null) {
                    int unit = (slot >> 8) & 0xFF;
                    boolean isNone = unit >= EXTERNAL && (slot & 0xFF) == 0xFF;
                    return isNone ? NONE : new Loaded(unit, slot & 0x3);
                }
            }
            return UNKNOWN;
        }

        /** 0 to 15 of four units with four slots, from 128 units with one, 254 external, 255 none. */
        private static Loaded ofTray(BambuReport report) {
            Integer now = report.integer("ams", "tray_now");
            if (now == null || now < 0) {
                return UNKNOWN;
            }
            if (now == EXTERNAL_LEFT) {
                return NONE;
            }
            return now >= FIRST_HT ? new Loaded(now, 0) : new Loaded(now / SLOTS, now % SLOTS);
        }

        @Nullable Boolean isTray(int id, int ofSlot) {
            if (unit == null) {
                return null;
            }
            // The built-in unit follows the others in the numbers of trays: not known which one it is.
            boolean isAmbiguous = id == BUILT_IN && unit >= SLOTS && unit < FIRST_HT;
            if (isAmbiguous) {
                return null;
            }
            return unit == id && (id >= FIRST_HT || slot == ofSlot);
        }

        @Nullable Boolean isExternal(int id) {
            return unit == null ? null : Boolean.valueOf(unit == id);
        }
    }
}
