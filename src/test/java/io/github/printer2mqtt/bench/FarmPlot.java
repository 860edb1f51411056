package io.github.printer2mqtt.bench;

import io.github.printer2mqtt.bench.report.MeasurementSeries;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Plots cost and freshness against the number of printers as SVG, for farms with a sixth of the printers dead. */
final class FarmPlot {
    private static final Map<String, String> COLOURS = Map.of(
            PollerUnderTest.BRIDGE, "#1565c0", PollerUnderTest.MINIMAL, "#ef6c00", PollerUnderTest.AIOHTTP, "#2e7d32");
    private static final int WIDTH = 380;
    private static final int HEIGHT = 260;
    private static final int MARGIN = 60;
    private static final double LEAST_PRINTERS = 10;
    private static final double MOST_PRINTERS = 30_000;

    private final List<JsonObject> farms;
    private final StringBuilder svg = new StringBuilder();

    FarmPlot(List<JsonObject> results) {
        farms = results.stream()
                .filter(farm -> farm.getString("farm").startsWith("F"))
                .toList();
    }

    String svg() {
        int width = 2 * (WIDTH + MARGIN) + MARGIN;
        int height = HEIGHT + 2 * MARGIN;
        svg.setLength(0);
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\"><rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n",
                width,
                height,
                width,
                height));
        panel(MARGIN, "processor time a poll, µs", 10, 10_000, List.of(10.0, 100.0, 1_000.0, 10_000.0), "us_per_poll");
        panel(
                WIDTH + 2 * MARGIN,
                "99th percentile of staleness / interval",
                0.5,
                20,
                List.of(0.5, 1.0, 2.0, 5.0, 10.0, 20.0),
                "p99");
        legend();
        return svg.append("</svg>\n").toString();
    }

    private void panel(int left, String title, double least, double most, List<Double> marks, String figure) {
        text(left + WIDTH / 2, MARGIN - 30, "middle", title);
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#888\"/>%n",
                left,
                MARGIN,
                WIDTH,
                HEIGHT));
        for (double mark : marks) {
            double y = y(mark, least, most);
            line(left, y, left + WIDTH, y);
            text(left - 6, y + 4, "end", mark < 1 ? "0.5" : String.format(Locale.ROOT, "%,.0f", mark));
        }
        for (double printers : new double[] {10, 100, 1_000, 10_000}) {
            double x = x(printers, left);
            line(x, MARGIN, x, MARGIN + HEIGHT);
            text(x, MARGIN + HEIGHT + 16, "middle", String.format(Locale.ROOT, "%,.0f", printers));
        }
        text(left + WIDTH / 2, MARGIN + HEIGHT + 34, "middle", "printers, a sixth of them dead");
        COLOURS.forEach((poller, colour) -> curve(left, least, most, figure, poller, colour));
    }

    private void curve(int left, double least, double most, String figure, String poller, String colour) {
        List<String> points = new ArrayList<>();
        for (JsonObject farm : farms) {
            MeasurementSeries figures =
                    new MeasurementSeries(farm.getJsonObject("pollers").getJsonObject(poller, new JsonObject()));
            double divisor = figure.equals("p99") ? farm.getInteger("interval_ms") : 1;
            if (figures.has(figure)) {
                double value = Math.min(most, Math.max(least, figures.median(figure) / divisor));
                String point = String.format(
                        Locale.ROOT, "%.1f,%.1f", x(farm.getInteger("printers"), left), y(value, least, most));
                points.add(point);
                String[] directory = point.split(",", 2);
                svg.append(String.format(
                        "<circle cx=\"%s\" cy=\"%s\" r=\"3\" fill=\"%s\"/>%n", directory[0], directory[1], colour));
            }
        }
        svg.append(String.format(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n",
                String.join(" ", points), colour));
    }

    private void legend() {
        int x = MARGIN;
        for (String poller : List.of(PollerUnderTest.BRIDGE, PollerUnderTest.MINIMAL, PollerUnderTest.AIOHTTP)) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"8\" width=\"12\" height=\"12\" fill=\"%s\"/>%n",
                    x,
                    COLOURS.get(poller)));
            text(x + 18, 19, "start", poller);
            x += 180;
        }
    }

    private static double x(double printers, int left) {
        double share = Math.log(printers / LEAST_PRINTERS) / Math.log(MOST_PRINTERS / LEAST_PRINTERS);
        return left + WIDTH * share;
    }

    private static double y(double value, double least, double most) {
        return MARGIN + HEIGHT * (1 - Math.log(value / least) / Math.log(most / least));
    }

    private void line(double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n",
                x1,
                y1,
                x2,
                y2));
    }

    private void text(double x, double y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text));
    }
}
