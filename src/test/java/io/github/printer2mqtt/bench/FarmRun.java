package io.github.printer2mqtt.bench;

import io.github.printer2mqtt.bench.process.Machine;
import io.github.printer2mqtt.bench.process.ProcessStats;
import io.github.printer2mqtt.bench.report.MeasurementSeries;
import io.github.printer2mqtt.testing.Mosquitto;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures one farm with every poller in turn: bridge, reference, bridge, reference. Each block starts its poller, so that
 * every block includes a cold start and two pollers never run at the same time.
 */
final class FarmRun {
    private static final double STEADY = 0.10;
    private static final double REFERENCE_MOVED = 0.15;
    private static final Duration COLD = Duration.ofSeconds(10);
    private static final Duration LATE_FROM = Duration.ofSeconds(25);

    private final String name;
    private final MeasuredFarm farm;
    private final int brokerPort;
    private final Duration interval;
    private final FarmsOptions options;
    private final Map<String, MeasurementSeries> figures = new LinkedHashMap<>();
    private final Map<String, List<Double>> costOfBlocks = new LinkedHashMap<>();

    FarmRun(String name, MeasuredFarm farm, int brokerPort, Duration interval, FarmsOptions options) {
        this.name = name;
        this.farm = farm;
        this.brokerPort = brokerPort;
        this.interval = interval;
        this.options = options;
    }

    /** Measures the farm and returns the result as JSON. */
    JsonObject measure(List<PollerUnderTest> always, @Nullable PollerUnderTest once)
            throws IOException, InterruptedException {
        String load = Machine.load();
        for (int block = 0; block < options.blocks(); block++) {
            for (PollerUnderTest poller : always) {
                block(poller);
            }
            if (once != null && block == 0) {
                block(once);
            }
        }
        JsonObject pollers = new JsonObject();
        figures.forEach((poller, values) -> pollers.put(poller, values.json()));
        return new JsonObject()
                .put("farm", name)
                .put("printers", farm.printers())
                .put("healthy", farm.healthy())
                .put("dropping_is", farm.droppingIs())
                .put("interval_ms", interval.toMillis())
                .put("window_s", windowLength().toSeconds())
                .put("load", load)
                .put("machine", Machine.text())
                .put("pairs", pairs().json())
                .put("pollers", pollers);
    }

    private Duration windowLength() {
        return options.window(farm.printers());
    }

    private void block(PollerUnderTest poller) throws IOException, InterruptedException {
        MeasurementSeries series = figures.computeIfAbsent(poller.name(), key -> new MeasurementSeries());
        try (Mosquitto broker = Mosquitto.open(brokerPort)) {
            System.err.println(
                    name + ": " + poller.name() + " at " + broker.url() + ", load average " + Machine.load());
            farm.mark();
            long begin = System.nanoTime();
            try (PollerUnderTest.Running running = poller.start()) {
                MeasurementWindow window = new MeasurementWindow(farm, new ProcessStats(running.pid()), interval);
                cold(window, series, begin);
                warmUp(window);
                List<Double> costs = new ArrayList<>();
                MeasurementWindow.Result last = null;
                for (int i = 0; i < options.windows(); i++) {
                    last = window.measure(windowLength());
                    costs.add(hot(last, series));
                }
                costOfBlocks
                        .computeIfAbsent(poller.name(), key -> new ArrayList<>())
                        .add(MeasurementSeries.median(costs));
                afterwards(running, series, last);
            }
        }
    }

    private void cold(MeasurementWindow window, MeasurementSeries series, long begin)
            throws IOException, InterruptedException {
        MeasurementWindow.Result first = window.untilNow(begin, options.thorough() ? COLD : Duration.ofSeconds(5));
        series.add("cold_cpu", first.cpuPercent());
        series.add("cold_cover", first.cover());
        if (options.thorough()) {
            sleepUntil(begin + LATE_FROM.toNanos());
            MeasurementWindow.Result late = window.measure(COLD);
            series.add("late_cpu", late.cpuPercent());
            series.add("late_p99", late.staleness("p99"));
        }
    }

    private void warmUp(MeasurementWindow window) throws IOException, InterruptedException {
        long end = System.nanoTime() + options.warmUp().toNanos();
        double before = Double.NaN;
        while (System.nanoTime() - end < 0) {
            double now = window.measure(windowLength()).cpuPercent();
            if (Math.abs(now - before) < STEADY * Math.max(now, before)) {
                return;
            }
            before = now;
        }
    }

    private static double hot(MeasurementWindow.Result window, MeasurementSeries series) {
        series.add("cpu", window.cpuPercent());
        series.add("us_per_poll", window.microsAPoll());
        series.add("cover", window.cover());
        series.add("p50", window.staleness("p50"));
        series.add("p99", window.staleness("p99"));
        series.add("max", window.staleness("max"));
        series.add("worst_p99", window.staleness("worst_printer_p99"));
        JsonObject latency = window.farm().getJsonObject("e2e_ms");
        if (latency.containsKey("p50")) {
            series.add("e2e_p50", latency.getDouble("p50"));
            series.add("e2e_p99", latency.getDouble("p99"));
        }
        return window.microsAPoll();
    }

    private static void afterwards(
            PollerUnderTest.Running running, MeasurementSeries series, MeasurementWindow.@Nullable Result last)
            throws IOException {
        ProcessStats process = new ProcessStats(running.pid());
        series.add("rss", (double) process.residentMegabytes());
        series.add("threads", process.threads());
        series.add("descriptors", process.descriptors());
        if (last != null) {
            JsonObject sockets = last.farm().getJsonObject("sockets");
            series.add("sockets_now", sockets.getInteger("now"));
            series.add("sockets_most", sockets.getInteger("most"));
            series.add("seen", last.farm().getInteger("seen"));
            series.add("false_offline", last.farm().getInteger("false_offline"));
            Double picture = last.farm().getDouble("picture_ms");
            if (picture != null) {
                series.add("picture_ms", picture);
            }
        }
        if (running.bridge() != null) {
            series.add("heap", process.liveHeapMegabytes());
            series.add("ready_ms", (double) running.bridge().untilReady().toMillis());
        }
    }

    /** The ratio of the bridge to the reference by block; pairs whose reference is an outlier are dropped. */
    private MeasurementSeries pairs() {
        MeasurementSeries pairs = new MeasurementSeries();
        List<Double> bridge = costOfBlocks.getOrDefault(PollerUnderTest.BRIDGE, List.of());
        List<Double> reference = costOfBlocks.getOrDefault(PollerUnderTest.MINIMAL, List.of());
        double usual = MeasurementSeries.median(reference);
        for (int i = 0; i < Math.min(bridge.size(), reference.size()); i++) {
            if (Math.abs(reference.get(i) - usual) <= REFERENCE_MOVED * usual) {
                pairs.add("ratio", bridge.get(i) / reference.get(i));
            } else {
                pairs.add("dropped", reference.get(i) / usual);
            }
        }
        return pairs;
    }

    private static void sleepUntil(long moment) throws InterruptedException {
        long millis = (moment - System.nanoTime()) / 1_000_000;
        if (millis > 0) {
            Thread.sleep(millis);
        }
    }
}
