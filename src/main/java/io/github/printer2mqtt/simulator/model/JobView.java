package io.github.printer2mqtt.simulator.model;

/**
 * A simulated job at one moment.
 *
 * @param id unique within its printer
 * @param file the display name
 * @param duration printing time in seconds, without heating and pauses
 * @param heating seconds spent heating so far
 * @param active seconds spent printing so far
 * @param held seconds spent paused or waiting for attention so far
 */
public record JobView(int id, String file, double duration, double heating, double active, double held) {
    private static final double SECONDS_A_LAYER = 1.5;
    private static final int BYTES_A_SECOND = 20_000;

    /** From 0 to 1. */
    public double progress() {
        return Math.min(1, active / duration);
    }

    /** The job after some time in a state. */
    JobView after(PrinterView.State state, double seconds) {
        return switch (state) {
            case HEATING -> new JobView(id, file, duration, heating + seconds, active, held);
            case PRINTING -> new JobView(id, file, duration, heating, active + seconds, held);
            case PAUSED, ATTENTION -> new JobView(id, file, duration, heating, active, held + seconds);
            default -> this;
        };
    }

    JobView finished() {
        return new JobView(id, file, duration, heating, duration, held);
    }

    /** Seconds of printing that are left. */
    public double remaining() {
        return Math.max(0, duration - active);
    }

    /** Seconds of heating and printing, without pauses. */
    public double busySeconds() {
        return heating + active;
    }

    public int layers() {
        return (int) Math.max(1, Math.ceil(duration / SECONDS_A_LAYER));
    }

    /** The layer being printed; 0 before the first. */
    public int layer() {
        return active <= 0 ? 0 : (int) Math.min(layers(), Math.floor(progress() * layers()) + 1);
    }

    /** The size of the file in bytes. */
    public long size() {
        return Math.round(duration * BYTES_A_SECOND);
    }
}
