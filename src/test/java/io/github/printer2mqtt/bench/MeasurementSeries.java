package io.github.printer2mqtt.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** Named series of numbers, one number per window or block, that can be stored as JSON. */
final class MeasurementSeries {
    private final JsonObject series;

    MeasurementSeries() {
        this(new JsonObject());
    }

    /** Reads what {@link #json} wrote. */
    MeasurementSeries(JsonObject series) {
        this.series = series;
    }

    void add(String name, double value) {
        JsonArray values = series.getJsonArray(name);
        if (values == null) {
            values = new JsonArray();
            series.put(name, values);
        }
        values.add(Math.round(value * 1_000) / 1_000.0);
    }

    boolean has(String name) {
        return !values(name).isEmpty();
    }

    List<Double> values(String name) {
        return series.getJsonArray(name, new JsonArray()).stream()
                .map(value -> ((Number) value).doubleValue())
                .toList();
    }

    double median(String name) {
        return median(values(name));
    }

    double most(String name) {
        return values(name).stream().mapToDouble(value -> value).max().orElse(Double.NaN);
    }

    static double median(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Median and range; a dash if nothing was measured. */
    String text(String name, int digits) {
        List<Double> values = values(name);
        if (values.isEmpty()) {
            return "-";
        }
        String middle = number(median(name), digits);
        String least = number(values.stream().min(Double::compare).orElseThrow(), digits);
        String most = number(most(name), digits);
        return least.equals(most) ? middle : middle + " (" + least + "–" + most + ")";
    }

    static String number(double value, int digits) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    JsonObject json() {
        return series;
    }
}
