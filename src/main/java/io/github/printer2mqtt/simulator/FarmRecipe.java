package io.github.printer2mqtt.simulator;

/**
 * The composition of a {@link SimulatedFarm}. Healthy printers respond in 50 to 150 ms, slow ones in 2 s; one third each
 * uses OctoPrint, Moonraker and PrusaLink; three of four print for hours.
 *
 * @param healthy number of printers that respond in time
 * @param silent number that accept connections and never respond
 * @param dropping number that never accept a connection, like printers that are switched off
 * @param slow number that respond after 2 s
 * @param seed of latencies and progress
 */
public record FarmRecipe(int healthy, int silent, int dropping, int slow, long seed) {
    /** All healthy. */
    public static FarmRecipe healthy(int printers, long seed) {
        return new FarmRecipe(printers, 0, 0, 0, seed);
    }

    /** Sixty-two, ten of them faulty. */
    public static FarmRecipe f62(long seed) {
        return new FarmRecipe(52, 3, 2, 5, seed);
    }

    public int size() {
        return healthy + silent + dropping + slow;
    }
}
