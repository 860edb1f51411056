package io.github.printer2mqtt.simulator;

import java.time.Duration;

/**
 * The composition of a {@link SimulatedFarm}. Healthy printers respond in 50 to 150 ms, slow ones in 2 s; one third each
 * uses OctoPrint, Moonraker and PrusaLink; three of four print for hours.
 *
 * @param healthy number of printers that respond in time
 * @param silent number that accept connections and never respond
 * @param dropping number that never accept a connection, like printers that are switched off
 * @param slow number that respond after 2 s
 * @param seed of latencies and progress
 * @param placement how their addresses differ
 */
public record FarmRecipe(int healthy, int silent, int dropping, int slow, long seed, Placement placement) {
    /** How the addresses of the printers differ. */
    public enum Placement {
        /** 127.0.0.1 with a port and a listener for each, so that a printer can refuse connections. */
        OWN_PORTS,
        /**
         * One port with an address in 127.0.0.0/8 for each, behind one listener, which saves descriptors with thousands
         * of printers. Linux only; the listener closes connections to other addresses.
         */
        OWN_ADDRESSES
    }

    static final Duration MIN_LATENCY = Duration.ofMillis(50);
    static final Duration MAX_LATENCY = Duration.ofMillis(150);
    static final Duration SLOW_LATENCY = Duration.ofSeconds(2);

    /** All healthy. */
    public static FarmRecipe healthy(int printers, long seed) {
        return new FarmRecipe(printers, 0, 0, 0, seed, Placement.OWN_PORTS);
    }

    /** Twelve, three of them faulty. */
    public static FarmRecipe f12(long seed) {
        return new FarmRecipe(9, 1, 0, 2, seed, Placement.OWN_PORTS);
    }

    /** Sixty-two, ten of them faulty. */
    public static FarmRecipe f62(long seed) {
        return new FarmRecipe(52, 3, 2, 5, seed, Placement.OWN_PORTS);
    }

    /** One thousand, a sixth of them faulty. */
    public static FarmRecipe f1k(long seed) {
        return new FarmRecipe(834, 42, 41, 83, seed, Placement.OWN_ADDRESSES);
    }

    /** Ten thousand, a sixth of them faulty. */
    public static FarmRecipe f10k(long seed) {
        return new FarmRecipe(8_334, 417, 416, 833, seed, Placement.OWN_ADDRESSES);
    }

    public int size() {
        return healthy + silent + dropping + slow;
    }

    public FarmRecipe placed(Placement other) {
        return new FarmRecipe(healthy, silent, dropping, slow, seed, other);
    }
}
