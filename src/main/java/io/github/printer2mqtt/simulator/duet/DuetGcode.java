package io.github.printer2mqtt.simulator.duet;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The G-code that a simulated board executes; it does nothing else. */
final class DuetGcode {
    private static final Pattern HEAT = Pattern.compile("(M140|G10 P0|M568 P0) S(\\d+(?:\\.\\d+)?)");

    private DuetGcode() {}

    /** Executes a line and returns the reply; empty for success. */
    static String run(String line, SimulatedPrinter printer) {
        Matcher heat = HEAT.matcher(line);
        try {
            if (heat.matches()) {
                double target = Double.parseDouble(heat.group(2));
                if (heat.group(1).equals("M140")) {
                    printer.heatBed(target);
                } else {
                    printer.heatNozzle(target);
                }
                return "";
            }
            return runWord(line, printer);
        } catch (SimulatedPrinter.ForbiddenByStateException e) {
            return "Error: " + line + ": " + e.getMessage() + "\n";
        }
    }

    private static String runWord(String line, SimulatedPrinter printer) {
        switch (line) {
            case "M25" -> printer.pause();
            case "M24" -> printer.resumeHeld();
            case "M0" -> {
                if (!printer.view().isHeld()) {
                    return "Error: Pause the print before attempting to cancel it\n";
                }
                printer.cancel();
            }
            case "M112" -> printer.emergencyStop();
            default -> {
                return "Error: Bad command: " + line + "\n";
            }
        }
        return "";
    }
}
