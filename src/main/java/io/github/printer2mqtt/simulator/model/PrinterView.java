package io.github.printer2mqtt.simulator.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A simulated printer at one moment. Temperatures are in degrees Celsius; a target of 0 is off.
 *
 * @param message why it failed; null in other states
 * @param job the running job, or the last one until it is cleared; null if there is none
 * @param homed the homed axes, letters of {@code xyz} in this order
 * @param uptime time since the simulation began
 */
public record PrinterView(
        State state,
        @Nullable String message,
        double nozzle,
        double nozzleTarget,
        double bed,
        double bedTarget,
        @Nullable JobView job,
        String homed,
        Duration uptime) {
    /** The state of the printer. */
    public enum State {
        /** The server responds, but has no printer. */
        DISCONNECTED,
        IDLE,
        /** A started print waits for its temperatures. */
        HEATING,
        PRINTING,
        PAUSED,
        /** The job has finished and was not cleared yet. */
        FINISHED,
        /** The job was cancelled and not cleared yet. */
        CANCELLED,
        FAILED,
        /** Somebody must come; a job may be paused meanwhile. */
        ATTENTION,
        /** Loading filament or the like. */
        BUSY;

        public boolean mayHaveJob() {
            return this == HEATING || this == PRINTING || this == PAUSED || this == ATTENTION;
        }
    }

    /** The running or paused job; null if there is none. */
    public @Nullable JobView runningJob() {
        return state.mayHaveJob() ? job : null;
    }

    /** Whether a job is paused or waits for attention. */
    public boolean isHeld() {
        return runningJob() != null && (state == State.PAUSED || state == State.ATTENTION);
    }

    /** Whether a job is heating or printing. */
    public boolean isPrinting() {
        return state == State.PRINTING || state == State.HEATING;
    }
}
