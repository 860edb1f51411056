package io.github.printer2mqtt.bench.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** Named series of numbers, one number per window or block, that can be stored as JSON. */
public final class MeasurementSeries {
    private final JsonObject series;

    public MeasurementSeries() {
        this(new JsonObject());
    }

    /** Reads what {@link #json} wrote. */
    public MeasurementSeries(JsonObject series) {
        this.series = series;
    }

    public void add(String name, double value) {
        JsonArray values = series.getJsonArray(name);
        if (values == null) {
            values = new JsonArray();
            series.put(name, values);
        }
        values.add(Math.round(value * 1_000) / 1_000.0);
    }

    public boolean has(String name) {
        return !values(name).isEmpty();
    }

    public List<Double> values(String name) {
        return series.getJsonArray(name, new JsonArray()).stream()
                .map(value -> ((Number) value).doubleValue())
                .toList();
    }

    public double median(String name) {
        return median(values(name));
    }

    public double most(String name) {
        return values(name).stream().mapToDouble(value -> value).max().orElse(Double.NaN);
    }

    public static double median(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Median and range; a dash if nothing was measured. */
    public String text(String name, int digits) {
        List<Double> values = values(name);
        if (values.isEmpty()) {
            return "-";
        }
        String middle = number(median(name), digits);
        String least = number(values.stream().min(Double::compare).orElseThrow(), digits);
        String most = number(most(name), digits);
        return least.equals(most) ? middle : middle + " (" + least + "–" + most + ")";
    }

    public static String number(double value, int digits) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    public JsonObject json() {
        return series;
    }
}
