package io.github.printer2mqtt.simulator.model;

/** One heater whose temperature moves in a straight line to its target, or to the room when it is off. Not thread-safe. */
final class SimulatedHeater {
    private static final double ROOM = 22.0;

    private final double risePerSecond;
    private final double fallPerSecond;
    private double actual = ROOM;
    private double target;

    SimulatedHeater(double risePerSecond, double fallPerSecond) {
        this.risePerSecond = risePerSecond;
        this.fallPerSecond = fallPerSecond;
    }

    double actual() {
        return actual;
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

    /** Puts the heater at its target at once, as in a print that is already under way. */
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

    /** Seconds until it is warm enough for printing; 0 if it is. */
    double secondsToTarget() {
        return Math.max(0, target - actual) / risePerSecond;
    }

    private double goal() {
        return Math.max(target, ROOM);
    }
}
