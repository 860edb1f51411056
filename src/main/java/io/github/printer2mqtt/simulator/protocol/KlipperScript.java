package io.github.printer2mqtt.simulator.protocol;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The G-code that a simulated printer executes; other commands are accepted and ignored. */
final class KlipperScript {
    private static final Pattern HEAT =
            Pattern.compile("SET_HEATER_TEMPERATURE HEATER=(\\S+) TARGET=(-?\\d+(?:\\.\\d+)?)");
    private static final Pattern HOME = Pattern.compile("G28((?: [XYZ])*)");

    /** The highest target of each heater. */
    private static final Map<String, Double> HEATERS = Map.of("extruder", 300.0, "heater_bed", 130.0);

    private KlipperScript() {}

    static void run(String line, SimulatedPrinter printer) {
        Matcher heat = HEAT.matcher(line);
        Matcher home = HOME.matcher(line);
        if (heat.matches()) {
            heat(heat.group(1), Double.parseDouble(heat.group(2)), printer);
        } else if (home.matches()) {
            printer.home(
                    home.group(1).isEmpty()
                            ? "xyz"
                            : home.group(1).replace(" ", "").toLowerCase(Locale.ROOT));
        }
    }

    private static void heat(String heater, double target, SimulatedPrinter printer) {
        Double highest = HEATERS.get(heater);
        if (highest == null) {
            throw new RejectedException(400, "The value '" + heater + "' is not valid for HEATER");
        }
        if (target > highest || target < -10) {
            throw new RejectedException(
                    400, "Requested temperature (" + target + ") out of range (-10.0:" + highest + ")");
        }
        if (heater.equals("extruder")) {
            printer.heatNozzle(target);
        } else {
            printer.heatBed(target);
        }
    }
}
