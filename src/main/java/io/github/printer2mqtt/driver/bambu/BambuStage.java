package io.github.printer2mqtt.driver.bambu;

import java.util.Map;
import java.util.Set;

/** Stages of a print ({@code stg_cur}). Source: {@code CURRENT_STAGE_IDS} of ha-bambulab. */
final class BambuStage {
    /** The printer paused by itself. */
    private static final Set<Integer> FAULTS = Set.of(6, 17, 20, 21, 23, 26, 27, 28, 32, 33, 34, 35);

    /** Neither preparation nor fault; a print goes on in them. */
    private static final Set<Integer> OTHERS = Set.of(0, 5, 16, 30, 31);

    private static final int LAST = 77;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(1, "bed levelling"),
            Map.entry(2, "bed preheating"),
            Map.entry(4, "changing filament"),
            Map.entry(5, "paused by M400"),
            Map.entry(6, "filament ran out"),
            Map.entry(7, "heating nozzle"),
            Map.entry(8, "calibrating extrusion"),
            Map.entry(9, "scanning bed"),
            Map.entry(10, "inspecting first layer"),
            Map.entry(13, "homing"),
            Map.entry(14, "cleaning nozzle"),
            Map.entry(16, "paused by user"),
            Map.entry(17, "front cover fell off"),
            Map.entry(20, "nozzle temperature fault"),
            Map.entry(21, "bed temperature fault"),
            Map.entry(22, "unloading filament"),
            Map.entry(24, "loading filament"),
            Map.entry(26, "AMS lost"),
            Map.entry(30, "paused by file"),
            Map.entry(32, "nozzle covered with filament"),
            Map.entry(33, "cutter fault"),
            Map.entry(34, "first layer fault"),
            Map.entry(35, "nozzle clogged"),
            Map.entry(49, "heating chamber"),
            Map.entry(54, "waiting for bed"),
            Map.entry(63, "equalising chamber"),
            Map.entry(66, "purifying air"),
            Map.entry(77, "preparing AMS"));

    private BambuStage() {}

    /** Whether a paused print waits for a person. */
    static boolean isFault(int stage) {
        return FAULTS.contains(stage);
    }

    /** Whether a print that has no layer yet is being prepared. */
    static boolean isPreparation(int stage) {
        return stage >= 1 && stage <= LAST && !FAULTS.contains(stage) && !OTHERS.contains(stage);
    }

    /** A name for support; {@code stage_<n>} if it is unknown. */
    static String name(int stage) {
        return NAMES.getOrDefault(stage, "stage_" + stage);
    }
}
