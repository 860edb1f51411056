package io.github.printer2mqtt.simulator.model;

/** A heater whose temperature moves linearly to its target, or to room temperature when off. Not thread-safe. */
final class SimulatedHeater {
    private static final double ROOM_DEGREES = 22.0;
    private static final double OSCILLATION = 0.15;

    private final double risePerSecond;
    private final double fallPerSecond;
    private double actual = ROOM_DEGREES;
    private double target;

    SimulatedHeater(double risePerSecond, double fallPerSecond) {
        this.risePerSecond = risePerSecond;
        this.fallPerSecond = fallPerSecond;
    }

    /** The temperature as a sensor shows it: a regulated heater oscillates a little. */
    double measured(double seconds, int period, int phase) {
        boolean regulating = target > 0 && actual >= target;
        return actual + (regulating ? OSCILLATION * Math.sin(seconds / period + phase) : 0);
    }

    double target() {
        return target;
    }

    void heatTo(double degrees) {
        target = degrees;
    }

    void off() {
        target = 0;
    }

    /** Reaches the target at once, for a print that began before the simulation. */
    void jumpToTarget() {
        actual = goal();
    }

    void run(double seconds) {
        double goal = goal();
        if (actual < goal) {
            actual = Math.min(goal, actual + risePerSecond * seconds);
        } else {
            actual = Math.max(goal, actual - fallPerSecond * seconds);
        }
    }

    /** Seconds until the target is reached; 0 if it is. */
    double secondsToTarget() {
        return Math.max(0, target - actual) / risePerSecond;
    }

    private double goal() {
        return Math.max(target, ROOM_DEGREES);
    }
}
