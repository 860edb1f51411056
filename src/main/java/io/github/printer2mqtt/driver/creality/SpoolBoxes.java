package io.github.printer2mqtt.driver.creality;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Reading.Filament;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The spools in the CFS units and at the printer itself. {@code boxsInfo} is the whole, {@code materialState} changes one spool.
 * Not thread-safe.
 */
final class SpoolBoxes {
    /** Of units, and of spools in one. A printer has at most four units of four. */
    private static final int MAX = 16;

    /** {@code type} of the spool holder at the printer. Source: ha_creality_ws. */
    private static final int EXTERNAL = 1;

    private static final List<String> KEPT = List.of("type", "name", "color", "percent", "state", "selected");

    /** With a stray digit before the color. */
    private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]*([0-9a-fA-F]{6})");

    private Map<Integer, Box> boxes = new TreeMap<>();

    /** @param spools by their number in the unit */
    private record Box(boolean external, Map<Integer, Map<String, Object>> spools) {}

    void merge(LenientJson message) {
        if (message.at("boxsInfo", "materialBoxs").isArray()) {
            boxes = boxes(message.elements("boxsInfo", "materialBoxs"));
        }
        LenientJson change = message.at("materialState");
        Integer box = number(change, "boxId");
        Integer spool = number(change, "materialId");
        Box known = box == null ? null : boxes.get(box);
        Map<String, Object> before = known == null || spool == null ? null : known.spools.get(spool);
        if (before != null) {
            before.putAll(kept(change));
            if (new CrealityReport(change).is("selected", 1)) {
                boxes.values().forEach(each -> each.spools.values().forEach(other -> deselect(other, before)));
            }
        }
    }

    /** One spool feeds the nozzle. */
    private static void deselect(Map<String, Object> spool, Map<String, Object> selected) {
        if (spool != selected && spool.containsKey("selected")) {
            spool.put("selected", 0);
        }
    }

    private static Map<Integer, Box> boxes(List<LenientJson> units) {
        Map<Integer, Box> boxes = new TreeMap<>();
        for (LenientJson unit : units) {
            Integer id = number(unit, "id");
            if (id != null && boxes.size() < MAX) {
                Map<Integer, Map<String, Object>> spools = new TreeMap<>();
                for (LenientJson spool : unit.elements("materials")) {
                    Integer number = number(spool, "id");
                    if (number != null && spools.size() < MAX) {
                        spools.put(number, kept(spool));
                    }
                }
                boxes.put(id, new Box(new CrealityReport(unit).is("type", EXTERNAL), spools));
            }
        }
        return boxes;
    }

    private static Map<String, Object> kept(LenientJson spool) {
        Map<String, Object> kept = new LinkedHashMap<>();
        for (String name : KEPT) {
            Integer number = number(spool, name);
            String text = spool.text(name);
            if (number != null) {
                kept.put(name, number);
            } else if (text != null && text.length() <= 64) {
                kept.put(name, text);
            }
        }
        return kept;
    }

    private static @Nullable Integer number(LenientJson object, String name) {
        return new CrealityReport(object).integer(name);
    }

    /** Without empty places; those of the CFS first, as on the printer's screen. */
    List<Filament> filaments() {
        List<Filament> filaments = new ArrayList<>();
        List<Filament> external = new ArrayList<>();
        boxes.forEach((id, box) -> box.spools.forEach((number, spool) -> {
            LenientJson found = LenientJson.of(spool);
            if (isLoaded(found)) {
                String slot = box.external ? "external" : slot(id, number);
                (box.external ? external : filaments).add(filament(slot, found));
            }
        }));
        filaments.addAll(external);
        return filaments;
    }

    /** An empty place keeps the material that was there, with state 0. */
    private static boolean isLoaded(LenientJson spool) {
        return spool.text("type") != null && !new CrealityReport(spool).is("state", 0);
    }

    /** 1A to 4D. */
    private static String slot(int unit, int spool) {
        return unit + (spool >= 0 && spool < MAX ? String.valueOf((char) ('A' + spool)) : "-" + spool);
    }

    private static Filament filament(String slot, LenientJson spool) {
        Integer selected = number(spool, "selected");
        return new Filament(
                slot,
                spool.text("type"),
                color(spool.text("color")),
                spool.text("name"),
                number(spool, "percent"),
                selected == null ? null : Boolean.valueOf(selected == 1));
    }

    private static @Nullable String color(@Nullable String text) {
        Matcher found = COLOR.matcher(text == null ? "" : text);
        return found.matches() ? "#" + found.group(1) : null;
    }
}
