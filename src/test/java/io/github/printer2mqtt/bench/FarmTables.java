package io.github.printer2mqtt.bench;

import io.github.printer2mqtt.bench.report.MeasurementSeries;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Renders the results of farms as Markdown. */
final class FarmTables {
    private final List<JsonObject> results;
    private final List<String> lines = new ArrayList<>();

    FarmTables(List<JsonObject> results) {
        this.results = results;
    }

    String markdown() {
        lines.add("## Farms: cost and freshness");
        lines.add("");
        lines.add(
                "Repeat with `bench/run farms [F12 F62 ...]`. Farm, broker and poller are separate processes; the farm"
                        + " takes the times. Latency 50 to 150 ms, timeout 1 s, one third each of OctoPrint (two requests a poll),"
                        + " Moonraker and PrusaLink; every response differs, so that every poll is published. F: a sixth dead (silent,"
                        + " dropping SYNs, slow), H: all healthy, X62: 31 healthy, 25 kinds of faulty ones, 6 flapping. Pollers run in turn,"
                        + " restarted for each block; median (min–max) of the windows. Cost is CPU time for each poll"
                        + " that reached a printer; the ratio is the median of the blocks' ratios. Staleness is the age of the"
                        + " latest response of each healthy printer, weighted by time; cover is answered polls of healthy printers divided"
                        + " by polls due; \"response to subscriber\" is the time from the printer's response to an MQTT subscriber.");
        lines.add("");
        lines.add("![cost and freshness over the number of printers](cost-and-freshness.svg)");
        lines.add("");
        hot();
        bridge();
        notes();
        return String.join("\n", lines);
    }

    private void hot() {
        lines.add("### Hot");
        lines.add("");
        head(
                "farm",
                "poller",
                "% of a core",
                "µs a poll",
                "× minimal",
                "cover",
                "staleness p50 / p99 ms",
                "p99 / interval",
                "response to subscriber p50 / p99 ms",
                "resident MB");
        for (JsonObject farm : results) {
            pollers(farm).forEach(poller -> hot(farm, poller));
        }
        lines.add("");
    }

    private void hot(JsonObject farm, String poller) {
        MeasurementSeries figures = figures(farm, poller);
        MeasurementSeries pairs = new MeasurementSeries(farm.getJsonObject("pairs"));
        MeasurementSeries minimal = figures(farm, PollerUnderTest.MINIMAL);
        String ratio = poller.equals(PollerUnderTest.BRIDGE)
                ? pairs.text("ratio", 2)
                : MeasurementSeries.number(figures.median("us_per_poll") / minimal.median("us_per_poll"), 2);
        row(
                title(farm),
                poller,
                figures.text("cpu", 1),
                figures.text("us_per_poll", 0),
                ratio,
                figures.text("cover", 3),
                figures.text("p50", 0) + " / " + figures.text("p99", 0),
                MeasurementSeries.number(figures.median("p99") / farm.getInteger("interval_ms"), 2),
                figures.text("e2e_p50", 2) + " / " + figures.text("e2e_p99", 1),
                figures.text("rss", 0));
    }

    private void bridge() {
        lines.add("### Cold, false offline, sockets and memory");
        lines.add("");
        head(
                "farm",
                "poller",
                "0–10 s: % of a core, cover",
                "25–35 s: % of a core",
                "ready, first complete picture after",
                "healthy ones reported offline",
                "sockets now, most",
                "worst printer's p99 ms",
                "live heap MB (KB a printer)",
                "threads, descriptors");
        for (JsonObject farm : results) {
            pollers(farm).forEach(poller -> cold(farm, poller));
        }
        lines.add("");
    }

    private void cold(JsonObject farm, String poller) {
        MeasurementSeries figures = figures(farm, poller);
        boolean isBridge = poller.equals(PollerUnderTest.BRIDGE);
        String heap = figures.has("heap")
                ? figures.text("heap", 1) + " ("
                        + MeasurementSeries.number(figures.median("heap") * 1_000 / farm.getInteger("printers"), 1)
                        + ")"
                : "-";
        row(
                title(farm),
                poller,
                figures.text("cold_cpu", 0) + ", " + figures.text("cold_cover", 2),
                figures.text("late_cpu", 1),
                figures.text("ready_ms", 0) + ", " + figures.text("picture_ms", 0) + " ms",
                isBridge ? MeasurementSeries.number(figures.most("false_offline"), 0) : "-",
                figures.text("sockets_now", 0) + ", " + MeasurementSeries.number(figures.most("sockets_most"), 0),
                figures.most("worst_p99") > 0 ? MeasurementSeries.number(figures.most("worst_p99"), 0) : "-",
                heap,
                figures.text("threads", 0) + ", " + figures.text("descriptors", 0));
    }

    private void notes() {
        for (JsonObject farm : results) {
            MeasurementSeries pairs = new MeasurementSeries(farm.getJsonObject("pairs"));
            String dropped = pairs.has("dropped")
                    ? " " + pairs.values("dropped").size()
                            + " pair(s) dropped because their reference deviated by more than 15 %."
                    : "";
            lines.add("- " + farm.getString("farm") + ": " + farm.getString("machine") + " Load average before: "
                    + farm.getString("load") + ". Windows of " + farm.getInteger("window_s") + " s, "
                    + figures(farm, PollerUnderTest.BRIDGE).values("cpu").size() + " of the bridge. Bridge with `"
                    + farm.getString("flags") + "`. Printers that drop SYNs are " + farm.getString("dropping_is")
                    + "." + dropped);
        }
    }

    private static String title(JsonObject farm) {
        return farm.getString("farm") + " @ " + farm.getInteger("interval_ms") / 1_000 + " s";
    }

    private static List<String> pollers(JsonObject farm) {
        return farm.getJsonObject("pollers").fieldNames().stream()
                .sorted(Comparator.comparing(
                        name -> List.of(PollerUnderTest.BRIDGE, PollerUnderTest.MINIMAL, PollerUnderTest.AIOHTTP)
                                .indexOf(name)))
                .toList();
    }

    private static MeasurementSeries figures(JsonObject farm, String poller) {
        return new MeasurementSeries(farm.getJsonObject("pollers").getJsonObject(poller, new JsonObject()));
    }

    private void head(String... columns) {
        row(columns);
        lines.add("| --- ".repeat(columns.length) + "|");
    }

    private void row(String... cells) {
        lines.add(List.of(cells).stream().collect(Collectors.joining(" | ", "| ", " |")));
    }
}
