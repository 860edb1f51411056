package io.github.printer2mqtt.simulator;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * Lets a farm live: every printer prints short jobs, and now and then one is paused, asks for a person, is cancelled or
 * breaks. The same seed, clock and ticks give the same story; what a visitor does in between (pause, cancel) is
 * respected.
 *
 * <p>Not thread-safe: ticked by one timer.
 */
public final class DemoScript {
    private final Random seeds;
    private final LongSupplier nanoTime;
    private final List<DemoActor> actors = new ArrayList<>();

    /** @param nanoTime the same clock as the printers' */
    public DemoScript(long seed, LongSupplier nanoTime) {
        this.seeds = new Random(seed);
        this.nanoTime = nanoTime;
    }

    /**
     * Gives a printer its part.
     *
     * @param files what it prints, at least one
     * @param first what happens to its first print
     */
    public void cast(SimulatedPrinter printer, List<String> files, Incident first) {
        actors.add(new DemoActor(printer, files, new Random(seeds.nextLong()), first, nanoTime.getAsLong()));
    }

    /** Does all that is due. */
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

        /** One of them, as likely as it is in a farm. */
        static Incident any(Random random) {
            int drawn = random.nextInt(100);
            for (Incident incident : values()) {
                drawn -= incident.weight;
                if (drawn < 0) {
                    return incident;
                }
            }
            throw new IllegalStateException("the weights of incidents make less than 100");
        }
    }
}
