package io.github.printer2mqtt.simulator.protocol;

import io.github.printer2mqtt.simulator.ManualClock;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import java.time.Duration;

/** Puts printers into a state by their own operations. */
public final class PrinterInState {
    private static final Duration LONG = Duration.ofSeconds(1246);

    private PrinterInState() {}

    public static SimulatedPrinter of(State state, ManualClock clock) {
        SimulatedPrinter printer = new SimulatedPrinter("MK4 left", clock);
        bring(printer, state, clock);
        if (printer.view().state() != state) {
            throw new AssertionError("found state " + printer.view().state() + ", expected " + state);
        }
        return printer;
    }

    private static void bring(SimulatedPrinter printer, State state, ManualClock clock) {
        switch (state) {
            case IDLE -> {}
            case DISCONNECTED -> printer.disconnect();
            case HEATING -> {
                printer.start("cube.gcode", LONG);
                clock.moveSeconds(5);
            }
            case BUSY -> printer.busy();
            default -> {
                printer.startUnderWay("cube.gcode", LONG, Duration.ofSeconds(526));
                go(printer, state, clock);
            }
        }
    }

    private static void go(SimulatedPrinter printer, State state, ManualClock clock) {
        switch (state) {
            case PAUSED -> printer.pause();
            case FINISHED -> clock.move(LONG);
            case CANCELLED -> printer.cancel();
            case FAILED -> printer.fail("Thermal Runaway, system stopped! Heater_ID: bed");
            case ATTENTION -> printer.attention();
            default -> {}
        }
    }
}
