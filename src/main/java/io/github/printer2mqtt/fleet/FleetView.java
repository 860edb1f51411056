package io.github.printer2mqtt.fleet;

import java.util.function.Supplier;

/** Read access to the fleet. Thread-safe. */
public interface FleetView {
    FleetSnapshot snapshot();

    /**
     * Runs work while nothing of the fleet changes, for a consumer that must read its queue and the snapshot of the same
     * moment. Blocks the recording of observations, so the work must be short.
     */
    <T> T whileUnchanged(Supplier<T> work);

    /** Calls a listener for everything from now on. */
    void addListener(FleetListener listener);
}
