package io.github.printer2mqtt.bench.nodes;

import io.github.printer2mqtt.nodes.ObservedFarm;
import io.github.printer2mqtt.nodes.ObservedPrinter;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Lets printers print short jobs that finish, or are paused by a command and then cancelled at the printer. Not thread-safe. */
final class RandomPrints {
    private static final int LEAST_MILLIS = 15_000;
    private static final int MOST_MILLIS = 60_000;
    private static final int PAUSE_ONE_OF = 4;

    private final ObservedFarm farm;
    private final Random random;
    private final Map<String, Long> due = new HashMap<>();

    /** Printers to whose print a command was sent. */
    private final Set<String> commanded = new HashSet<>();

    RandomPrints(ObservedFarm farm, Random random) {
        this.farm = farm;
        this.random = random;
        long now = System.currentTimeMillis();
        farm.printers().forEach(printer -> due.put(printer.id(), now + random.nextInt(MOST_MILLIS)));
    }

    /** Does what is due. Each state lasts longer than the bridge needs to see it. */
    void tick(long now) {
        for (ObservedPrinter printer : farm.printers()) {
            if (now >= due.getOrDefault(printer.id(), now)) {
                due.put(printer.id(), now + random.nextInt(LEAST_MILLIS, MOST_MILLIS));
                act(printer);
            }
        }
    }

    private void act(ObservedPrinter printer) {
        if (printer.state() == State.PAUSED) {
            printer.cancel();
        } else if (printer.state() != State.PRINTING) {
            commanded.remove(printer.id());
            printer.print();
        } else if (commanded.contains(printer.id()) || random.nextInt(PAUSE_ONE_OF) > 0) {
            printer.finish();
        } else {
            commanded.add(printer.id());
            farm.send("pause", List.of(printer));
        }
    }
}
