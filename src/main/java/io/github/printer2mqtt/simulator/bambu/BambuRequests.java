package io.github.printer2mqtt.simulator.bambu;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Executes requests on a printer; what its state forbids has no effect. Thread-safe. */
final class BambuRequests {
    private static final Pattern HEAT = Pattern.compile("(M104|M140) S(\\d+(?:\\.\\d+)?)");
    private static final Pattern HOME = Pattern.compile("G28((?: [XYZ])*)");
    private static final Pattern SPEED = Pattern.compile("[1-4]");
    private static final int STANDARD = 2;

    private final SimulatedPrinter printer;
    private volatile boolean isLightOn = true;
    private volatile int speedLevel = STANDARD;

    BambuRequests(SimulatedPrinter printer) {
        this.printer = printer;
    }

    boolean isLightOn() {
        return isLightOn;
    }

    int speedLevel() {
        return speedLevel;
    }

    void execute(JsonObject request) {
        try {
            run(request, String.valueOf(request.getValue("param")));
        } catch (SimulatedPrinter.ForbiddenByStateException e) {
            // The firmware confirms the request all the same.
        }
    }

    private void run(JsonObject request, String parameter) {
        switch (request.getString("command", "")) {
            case "pause" -> printer.pause();
            case "resume" -> printer.resumeHeld();
            case "stop" -> printer.cancel();
            case "print_speed" -> {
                if (SPEED.matcher(parameter).matches()) {
                    speedLevel = Integer.parseInt(parameter);
                }
            }
            case "ledctrl" -> {
                if ("chamber_light".equals(request.getString("led_node"))) {
                    isLightOn = !"off".equals(request.getString("led_mode"));
                }
            }
            case "gcode_line" -> parameter.lines().forEach(line -> gcode(line.strip()));
            default -> {}
        }
    }

    private void gcode(String line) {
        Matcher heat = HEAT.matcher(line);
        Matcher home = HOME.matcher(line);
        if (heat.matches()) {
            double target = Double.parseDouble(heat.group(2));
            if (heat.group(1).equals("M140")) {
                printer.heatBed(target);
            } else {
                printer.heatNozzle(target);
            }
        } else if (home.matches()) {
            String axes = home.group(1).replace(" ", "").toLowerCase(Locale.ROOT);
            printer.home(axes.isEmpty() ? "xyz" : axes);
        }
    }
}
