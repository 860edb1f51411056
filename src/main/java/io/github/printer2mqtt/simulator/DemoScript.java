package io.github.printer2mqtt.simulator;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * Lets printers print short jobs, of which some are paused, need attention, are cancelled or fail. The same seed, clock
 * and ticks give the same sequence; commands of users in between (pause, cancel) are respected.
 *
 * <p>Not thread-safe; called by one timer.
 */
public final class DemoScript {
    private final Random seeds;
    private final LongSupplier nanoTime;
    private final List<DemoActor> actors = new ArrayList<>();

    /** @param nanoTime the clock of the printers */
    public DemoScript(long seed, LongSupplier nanoTime) {
        this.seeds = new Random(seed);
        this.nanoTime = nanoTime;
    }

    /**
     * Adds a printer.
     *
     * @param files the names of its jobs, at least one
     * @param first what happens to its first print
     */
    public void add(SimulatedPrinter printer, List<String> files, Incident first) {
        actors.add(new DemoActor(printer, files, new Random(seeds.nextLong()), first, nanoTime.getAsLong()));
    }

    /** Does everything that is due. */
    public void tick() {
        long now = nanoTime.getAsLong();
        actors.forEach(actor -> actor.tick(now));
    }

    /** What happens to a print. */
    public enum Incident {
        /** It ends well. */
        NONE(58),
        PAUSE(20),
        CANCEL(9),
        ATTENTION(7),
        FAIL(6);

        private final int weight;

        Incident(int weight) {
            this.weight = weight;
        }

        /** A random one, by weight. */
        static Incident any(Random random) {
            int drawn = random.nextInt(100);
            for (Incident incident : values()) {
                drawn -= incident.weight;
                if (drawn < 0) {
                    return incident;
                }
            }
            throw new IllegalStateException("the weights of the incidents add up to less than 100");
        }
    }
}
