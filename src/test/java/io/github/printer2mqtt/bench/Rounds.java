package io.github.printer2mqtt.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results of several rounds in milliseconds. */
final class Rounds {
    private final List<Double> millis = new ArrayList<>();

    void add(Duration result) {
        addMillis(result.toNanos() / 1e6);
    }

    void addMillis(double result) {
        millis.add(result);
    }

    double median() {
        List<Double> sorted = millis.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Median and range. */
    String text() {
        double least = millis.stream().min(Double::compare).orElseThrow();
        double most = millis.stream().max(Double::compare).orElseThrow();
        return millis.size() == 1 ? shown(least) : shown(median()) + " (" + shown(least) + " to " + shown(most) + ")";
    }

    static String shown(double millis) {
        if (millis >= 1_000) {
            return String.format(Locale.ROOT, "%.2f s", millis / 1_000);
        }
        return String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%.0f ms", millis);
    }
}
