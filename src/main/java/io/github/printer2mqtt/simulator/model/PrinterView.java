package io.github.printer2mqtt.simulator.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A simulated printer at one moment. Temperatures are degrees Celsius; a target of 0 is off.
 *
 * @param state what it does
 * @param message why it failed; null in every other state
 * @param job the running print, or the last one until it is cleared away; null if there is none
 * @param homed the axes that know where they are, letters of {@code xyz} in that order
 * @param uptime since the simulation began
 */
public record PrinterView(
        SimulatedPrinter.State state,
        @Nullable String message,
        double nozzle,
        double nozzleTarget,
        double bed,
        double bedTarget,
        @Nullable JobView job,
        String homed,
        Duration uptime) {
    /** The print under way, held or not; null if there is none. */
    public @Nullable JobView runningJob() {
        return state.mayHaveJob() ? job : null;
    }

    /** Whether a print is held until somebody comes: paused, or waiting for attention. */
    public boolean isHeld() {
        return runningJob() != null
                && (state == SimulatedPrinter.State.PAUSED || state == SimulatedPrinter.State.ATTENTION);
    }

    /** Whether a print is going on, heating included. */
    public boolean isPrinting() {
        return state == SimulatedPrinter.State.PRINTING || state == SimulatedPrinter.State.HEATING;
    }
}
