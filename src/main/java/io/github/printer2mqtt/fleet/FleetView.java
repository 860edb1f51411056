package io.github.printer2mqtt.fleet;

/** Read access to the fleet. Thread-safe. */
public interface FleetView {
    FleetSnapshot snapshot();

    /** Calls a listener for everything from now on. */
    void addListener(FleetListener listener);
}
