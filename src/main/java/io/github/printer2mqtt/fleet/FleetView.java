package io.github.printer2mqtt.fleet;

/** The fleet as its readers see it. Safe for every thread. */
public interface FleetView {
    /** The newest picture. */
    FleetSnapshot snapshot();

    /** Tells a listener of everything from now on. */
    void follow(FleetListener listener);
}
