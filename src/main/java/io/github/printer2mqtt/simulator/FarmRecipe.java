package io.github.printer2mqtt.simulator;

import java.time.Duration;

/**
 * What a {@link SimulatedFarm} is made of. Healthy printers answer in 50 to 150 ms, slow ones in 2 s; a third each speaks
 * OctoPrint, Moonraker and PrusaLink; three of four print, for hours.
 *
 * @param healthy how many answer in time
 * @param silent how many accept and never answer
 * @param dropping how many do not even accept, like machines that are switched off
 * @param slow how many answer after 2 s
 * @param seed of latencies and progress
 * @param placement how their addresses differ
 */
public record FarmRecipe(int healthy, int silent, int dropping, int slow, long seed, Placement placement) {
    /** How the addresses of the printers differ. */
    public enum Placement {
        /** 127.0.0.1, each with a listener and a port of its own: the healthy ones may be told to refuse. */
        OWN_PORTS,
        /**
         * One port, each with an address of its own in 127.0.0.0/8, all behind one listener: for thousands, where every
         * descriptor counts. Linux only; the listener closes whatever does not come to one of these addresses.
         */
        OWN_ADDRESSES
    }

    static final Duration LEAST = Duration.ofMillis(50);
    static final Duration MOST = Duration.ofMillis(150);
    static final Duration SLOW = Duration.ofSeconds(2);

    /** All healthy. */
    public static FarmRecipe healthy(int printers, long seed) {
        return new FarmRecipe(printers, 0, 0, 0, seed, Placement.OWN_PORTS);
    }

    /** Twelve: a dozen in a workshop, three of them bad. */
    public static FarmRecipe f12(long seed) {
        return new FarmRecipe(9, 1, 0, 2, seed, Placement.OWN_PORTS);
    }

    /** Sixty-two, ten of them bad. */
    public static FarmRecipe f62(long seed) {
        return new FarmRecipe(52, 3, 2, 5, seed, Placement.OWN_PORTS);
    }

    /** A thousand, a sixth of them bad. */
    public static FarmRecipe f1k(long seed) {
        return new FarmRecipe(834, 42, 41, 83, seed, Placement.OWN_ADDRESSES);
    }

    /** Ten thousand, a sixth of them bad. */
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
