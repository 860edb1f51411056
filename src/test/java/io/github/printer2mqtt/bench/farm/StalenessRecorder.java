package io.github.printer2mqtt.bench.farm;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Records the staleness of healthy printers, which is the age of the latest response. Confined to the farm's thread.
 */
final class StalenessRecorder {
    /** Up to this number of printers, figures are kept per printer. */
    private static final int MOST_SINGLE = 200;

    private static final double NANOS_A_SECOND = 1e9;

    private final boolean[] healthy;
    private final long[] newest;
    private final AgeHistogram ages = new AgeHistogram();
    private final List<AgeHistogram> single = new ArrayList<>();
    private final int healthyCount;
    private long begin;
    private long answered;
    private long polls;
    private long requests;

    StalenessRecorder(List<FarmPrinter> printers, long now) {
        healthy = new boolean[printers.size()];
        newest = new long[printers.size()];
        for (FarmPrinter printer : printers) {
            healthy[printer.number()] = printer.behaviour() == PrinterBehaviour.HEALTHY;
        }
        healthyCount = (int) printers.stream()
                .filter(printer -> printer.behaviour() == PrinterBehaviour.HEALTHY)
                .count();
        if (healthyCount <= MOST_SINGLE) {
            printers.forEach(printer -> single.add(new AgeHistogram()));
        }
        reset(now);
    }

    /** Restarts all ages at zero. */
    void reset(long now) {
        Arrays.fill(newest, now);
        open(now);
    }

    /** Starts a window. */
    void open(long now) {
        begin = now;
        answered = 0;
        polls = 0;
        requests = 0;
        ages.clear();
        single.forEach(AgeHistogram::clear);
    }

    void requestArrived(boolean beginsPoll) {
        requests++;
        if (beginsPoll) {
            polls++;
        }
    }

    /** Records a printer's response; only healthy printers count. */
    void responseSent(int number, long now) {
        if (healthy[number]) {
            answered++;
            age(number, now);
            newest[number] = now;
        }
    }

    private void age(int number, long now) {
        long from = Math.max(newest[number], begin) - newest[number];
        ages.grew(from, now - newest[number]);
        if (!single.isEmpty()) {
            single.get(number).grew(from, now - newest[number]);
        }
    }

    /** Ends the window and starts the next. */
    JsonObject close(long now) {
        for (int number = 0; number < healthy.length; number++) {
            if (healthy[number]) {
                age(number, now);
            }
        }
        JsonObject staleness = new JsonObject()
                .put("p50", ages.percentile(50))
                .put("p99", ages.percentile(99))
                .put("max", ages.most())
                .put("worst_printer_p99", worstPrinter());
        JsonObject window = new JsonObject()
                .put("seconds", (now - begin) / NANOS_A_SECOND)
                .put("healthy", healthyCount)
                .put("answered", answered)
                .put("polls", polls)
                .put("requests", requests)
                .put("staleness_ms", staleness);
        open(now);
        return window;
    }

    private double worstPrinter() {
        double worst = 0;
        for (int number = 0; number < single.size(); number++) {
            if (healthy[number]) {
                worst = Math.max(worst, single.get(number).percentile(99));
            }
        }
        return worst;
    }
}
