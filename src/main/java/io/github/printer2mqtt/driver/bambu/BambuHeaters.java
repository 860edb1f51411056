package io.github.printer2mqtt.driver.bambu;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.model.Temperatures.Temperature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Temperatures of a report. Newer firmware packs the target into the upper and the temperature into the lower sixteen bits of one
 * number.
 */
final class BambuHeaters {
    private static final int MAX_NOZZLES = 8;

    /** What P1 and A1 report for the sensor that they lack. */
    private static final double NO_SENSOR = 5;

    /** A chamber is never as hot: a larger number is packed. */
    private static final double HIGHEST_PLAIN = 500;

    private BambuHeaters() {}

    static Temperatures temperatures(BambuReport report, BambuModel model) {
        List<Temperature> several = extruders(report);
        if (several.size() > 1) {
            return new Temperatures(several, bed(report), chamber(report, model), active(report, several));
        }
        Temperature nozzle = Temperature.orNull(report.number("nozzle_temper"), report.number("nozzle_target_temper"));
        List<Temperature> one = nozzle == null ? several : List.of(nozzle);
        return new Temperatures(one, bed(report), chamber(report, model), one.isEmpty() ? null : 0);
    }

    /** In the order of their ids: 0 is the right or only one, 1 the left one. */
    private static List<Temperature> extruders(BambuReport report) {
        Map<Integer, Temperature> byId = new TreeMap<>();
        for (LenientJson extruder : report.print().elements("device", "extruder", "info")) {
            Integer id = extruder.integer("id");
            Long packed = extruder.whole("temp");
            if (id != null && id >= 0 && id < MAX_NOZZLES && packed != null) {
                byId.put(id, unpacked(packed));
            }
        }
        List<Temperature> nozzles = new ArrayList<>();
        for (Map.Entry<Integer, Temperature> entry : byId.entrySet()) {
            while (nozzles.size() < entry.getKey()) {
                nozzles.add(new Temperature(null, null));
            }
            nozzles.add(entry.getValue());
        }
        return nozzles;
    }

    private static Temperature unpacked(long packed) {
        return new Temperature((double) (packed & 0xFFFF), (double) ((packed >>> 16) & 0xFFFF));
    }

    /**
     * Programs disagree whether bits 4 to 7 or bits 8 to 11 of the state name the active extruder. Where the two differ, the nozzle with a
     * target is taken, then the one whose temperature is shown as that of the printer.
     */
    private static @Nullable Integer active(BambuReport report, List<Temperature> nozzles) {
        Integer state = report.integer("device", "extruder", "state");
        if (state != null) {
            int first = (state >> 4) & 0xF;
            int second = (state >> 8) & 0xF;
            if (first == second && first != 0 && first < nozzles.size()) {
                return first;
            }
        }
        Integer heated = only(nozzles, nozzle -> nozzle.target() != null && nozzle.target() > 0);
        if (heated != null) {
            return heated;
        }
        Double shown = report.number("nozzle_temper");
        return shown == null
                ? null
                : only(nozzles, nozzle -> nozzle.actual() != null && Math.abs(nozzle.actual() - shown) <= 1);
    }

    private static @Nullable Integer only(List<Temperature> nozzles, Predicate<Temperature> condition) {
        Integer found = null;
        for (int i = 0; i < nozzles.size(); i++) {
            if (condition.test(nozzles.get(i))) {
                if (found != null) {
                    return null;
                }
                found = i;
            }
        }
        return found;
    }

    private static @Nullable Temperature bed(BambuReport report) {
        Temperature plain = Temperature.orNull(report.number("bed_temper"), report.number("bed_target_temper"));
        Long packed = report.print().whole("device", "bed", "info", "temp");
        return plain != null || packed == null ? plain : unpacked(packed);
    }

    /** Without a target unless it is heated. */
    private static @Nullable Temperature chamber(BambuReport report, BambuModel model) {
        Boolean hasSensor = model.hasChamberSensor();
        if (Boolean.FALSE.equals(hasSensor)) {
            return null;
        }
        Long packed = report.print().whole("device", "ctc", "info", "temp");
        Double plain = report.number("chamber_temper");
        if (packed == null && plain != null && plain > HIGHEST_PLAIN) {
            packed = plain.longValue();
        }
        if (packed != null) {
            Temperature chamber = unpacked(packed);
            boolean isHeated = chamber.target() != null && chamber.target() > 0;
            return isHeated ? chamber : Temperature.orNull(chamber.actual(), null);
        }
        boolean isConstant = hasSensor == null && plain != null && plain == NO_SENSOR;
        return isConstant ? null : Temperature.orNull(plain, null);
    }
}
