package io.github.printer2mqtt.driver.duet;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Temperatures;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The heaters of the object model, by what uses them. Pure. */
final class DuetHeaters {
    /** What the firmware reports for a missing sensor: until 3.3 this, since then {@link #ABSOLUTE_ZERO}. */
    private static final double BAD_READING = 1999.5;

    private static final double ABSOLUTE_ZERO = -273;

    /** A heater this close to its target is warm. */
    private static final double TOLERANCE = 3;

    private final List<LenientJson> heaters;
    private final List<Integer> nozzles;
    private final @Nullable Integer bed;
    private final @Nullable Integer chamber;
    private final @Nullable Integer active;
    private final boolean isComplete;

    private DuetHeaters(
            List<LenientJson> heaters,
            List<Integer> nozzles,
            @Nullable Integer bed,
            @Nullable Integer chamber,
            @Nullable Integer active,
            boolean isComplete) {
        this.heaters = heaters;
        this.nozzles = nozzles;
        this.bed = bed;
        this.chamber = chamber;
        this.active = active;
        this.isComplete = isComplete;
    }

    static DuetHeaters of(DuetModel model) {
        return new DuetHeaters(
                model.live().elements("heat", "heaters"),
                nozzles(model.tools()),
                first(model.heat().elements("bedHeaters")),
                first(model.heat().elements("chamberHeaters")),
                active(model),
                model.heat().at("bedHeaters").isArray());
    }

    /** The heater of the selected tool; null if none is selected. */
    private static @Nullable Integer active(DuetModel model) {
        Integer tool = model.currentTool();
        List<LenientJson> tools = model.tools();
        return tool == null || tool >= tools.size()
                ? null
                : first(tools.get(tool).elements("heaters"));
    }

    /** The first heater of each tool, in the order of the tools; tools of a mixing nozzle share one. */
    private static List<Integer> nozzles(List<LenientJson> tools) {
        Set<Integer> found = new LinkedHashSet<>();
        tools.forEach(tool -> {
            Integer heater = first(tool.elements("heaters"));
            if (heater != null) {
                found.add(heater);
            }
        });
        return List.copyOf(found);
    }

    /** The first index; null if there is none. */
    private static @Nullable Integer first(List<LenientJson> indexes) {
        for (LenientJson element : indexes) {
            Integer index = element.integer();
            if (index != null && index >= 0) {
                return index;
            }
        }
        return null;
    }

    Temperatures temperatures() {
        List<Temperatures.Temperature> known = new ArrayList<>();
        nozzles.forEach(index -> known.add(
                Objects.requireNonNullElseGet(temperature(index), () -> new Temperatures.Temperature(null, null))));
        boolean isAnyKnown = known.stream().anyMatch(nozzle -> nozzle.actual() != null || nozzle.target() != null);
        return new Temperatures(
                isAnyKnown ? known : List.of(),
                temperature(bed),
                temperature(chamber),
                active == null ? null : nozzles.indexOf(active));
    }

    /** A heater without a sensor that is off is none. */
    private Temperatures.@Nullable Temperature temperature(@Nullable Integer index) {
        LenientJson heater = heater(index);
        Double actual = actual(heater);
        Double target = target(heater);
        return actual == null && (target == null || target == 0)
                ? null
                : Temperatures.Temperature.orNull(actual, target);
    }

    private LenientJson heater(@Nullable Integer index) {
        return index == null || index >= heaters.size() ? LenientJson.empty() : heaters.get(index);
    }

    private static @Nullable Double actual(LenientJson heater) {
        Double current = heater.number("current");
        return current == null || current <= ABSOLUTE_ZERO || current >= BAD_READING ? null : current;
    }

    /** The firmware keeps both targets while a heater is off. */
    private static @Nullable Double target(LenientJson heater) {
        String state = heater.text("state");
        if (state == null) {
            return null;
        }
        return switch (state) {
            case "active", "tuning" -> heater.number("active");
            case "standby" -> heater.number("standby");
            default -> 0.0;
        };
    }

    /** The numbers of the heaters in use that have a fault. */
    List<Integer> faults() {
        return used().stream()
                .filter(index -> "fault".equals(heater(index).text("state")))
                .toList();
    }

    /** Whether a heater in use is still well below its target. */
    boolean isHeatingUp() {
        return used().stream().map(this::heater).anyMatch(heater -> {
            Double actual = actual(heater);
            Double target = target(heater);
            return actual != null && target != null && actual < target - TOLERANCE;
        });
    }

    private List<Integer> used() {
        List<Integer> used = new ArrayList<>(nozzles);
        if (bed != null) {
            used.add(bed);
        }
        if (chamber != null) {
            used.add(chamber);
        }
        return used;
    }

    /** What cannot be heated because the configuration has no such heater. */
    Set<Capability> missing() {
        return isComplete && bed == null ? Set.of(Capability.BED_TEMPERATURE) : Set.of();
    }
}
