package io.github.printer2mqtt.bench.farm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The behaviours of a farm's printers in a seeded order, which mixes behaviours and protocols. */
record FarmPlan(String name, List<PrinterBehaviour> behaviours) {
    private static final int X62_SIZE = 62;
    private static final int X62_FLAPPING = 6;

    /**
     * The plan by name: F12, F62, F1k, F10k, H62, X62, or F, H or D and any number for a farm of that size with a sixth of
     * the printers dead, all healthy, or all switched off.
     */
    static FarmPlan named(String name, long seed) {
        List<PrinterBehaviour> behaviours = switch (name.toLowerCase(Locale.ROOT)) {
            case "f12" -> mixed(9, 1, 0, 2);
            case "f62" -> mixed(52, 3, 2, 5);
            case "f1k" -> mixed(834, 42, 41, 83);
            case "f10k" -> mixed(8_334, 417, 416, 833);
            case "x62" -> everyBadKind();
            default -> bySize(name);
        };
        Collections.shuffle(behaviours, new Random(seed));
        return new FarmPlan(name, behaviours);
    }

    private static List<PrinterBehaviour> bySize(String name) {
        String digits = name.isEmpty() ? "" : name.substring(1).replaceAll("[kK]$", "000");
        if (!digits.matches("\\d{1,6}") || Integer.parseInt(digits) == 0) {
            throw new IllegalArgumentException(
                    "found the farm " + name + ", expected F12, F62, F1k, F10k, H62, X62, or F, H or D and a number");
        }
        int size = Integer.parseInt(digits);
        return switch (name.charAt(0)) {
            case 'h', 'H' -> mixed(size, 0, 0, 0);
            case 'f', 'F' -> {
                int slow = size / 12;
                int silent = size / 24;
                int dropping = size / 24;
                yield mixed(size - slow - silent - dropping, silent, dropping, slow);
            }
            case 'd', 'D' -> mixed(0, 0, size, 0);
            default -> throw new IllegalArgumentException("found the farm " + name + ", expected F, H, D or X62");
        };
    }

    private static List<PrinterBehaviour> mixed(int healthy, int silent, int dropping, int slow) {
        List<PrinterBehaviour> behaviours = new ArrayList<>();
        behaviours.addAll(Collections.nCopies(healthy, PrinterBehaviour.HEALTHY));
        behaviours.addAll(Collections.nCopies(silent, PrinterBehaviour.SILENT));
        behaviours.addAll(Collections.nCopies(dropping, PrinterBehaviour.DROPPING));
        behaviours.addAll(Collections.nCopies(slow, PrinterBehaviour.SLOW));
        return behaviours;
    }

    private static List<PrinterBehaviour> everyBadKind() {
        List<PrinterBehaviour> behaviours = new ArrayList<>(PrinterBehaviour.everyBadKind());
        behaviours.addAll(Collections.nCopies(X62_FLAPPING, PrinterBehaviour.FLAPPING));
        behaviours.addAll(Collections.nCopies(X62_SIZE - behaviours.size(), PrinterBehaviour.HEALTHY));
        return behaviours;
    }
}
