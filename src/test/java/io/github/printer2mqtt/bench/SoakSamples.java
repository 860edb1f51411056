package io.github.printer2mqtt.bench;

import io.github.printer2mqtt.bench.process.ChildBridge;
import io.github.printer2mqtt.bench.process.KeepAliveClient;
import io.github.printer2mqtt.bench.process.ProcessStats;
import io.github.printer2mqtt.bench.report.Trend;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Samples the resources of a bridge and detects growth. */
final class SoakSamples {
    private static final int PROBES = 20;

    private final MeasuredFarm farm;
    private final ChildBridge bridge;
    private final ProcessStats process;
    private final List<Double> seconds = new ArrayList<>();
    private final Map<String, List<Double>> series = new LinkedHashMap<>();

    SoakSamples(MeasuredFarm farm, ChildBridge bridge) {
        this.farm = farm;
        this.bridge = bridge;
        process = new ProcessStats(bridge.pid());
    }

    /** Takes a sample and returns the farm's figures since the previous one, with the pause that counting the heap caused. */
    JsonObject take(double at) throws IOException {
        JsonObject window = farm.end();
        JsonObject sockets = window.getJsonObject("sockets");
        seconds.add(at);
        add("heap", process.liveHeapMegabytes());
        add("threads", process.threads());
        add("descriptors", process.descriptors());
        add("sockets", sockets.getInteger("now"));
        add("lag", longestWaitMillis());
        return window.put("at", at).put("stood_still_ms", (double) window.getLong("farm_stood_still_ms"));
    }

    /** The longest of several response times of a constant, which shows the load of the event loop. */
    private double longestWaitMillis() throws IOException {
        long longest = 0;
        try (KeepAliveClient client = KeepAliveClient.connect(bridge.port())) {
            for (int i = 0; i < PROBES; i++) {
                long begin = System.nanoTime();
                client.get("/health/live");
                longest = Math.max(longest, System.nanoTime() - begin);
            }
        }
        return longest / 1e6;
    }

    private void add(String name, double value) {
        series.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    /** One line per series. */
    List<String> judge(SoakOptions options) {
        List<String> lines = new ArrayList<>();
        series.forEach((name, values) -> {
            Trend trend = trend(values, options);
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: median %.1f, growth %.2f over %d samples, %.1f standard deviations, bound %.1f and %.0f %%: %s",
                    name,
                    trend.level(),
                    trend.growth(),
                    values.size(),
                    trend.significance(),
                    bound(name, options),
                    100 * options.share(),
                    isLeak(name, trend, options) ? "grows" : "does not grow"));
        });
        return lines;
    }

    List<String> leaks(SoakOptions options) {
        List<String> leaks = new ArrayList<>();
        series.forEach((name, values) -> {
            if (isLeak(name, trend(values, options), options)) {
                leaks.add("leak: " + name + " grows");
            }
        });
        return leaks;
    }

    private static boolean isLeak(String name, Trend trend, SoakOptions options) {
        return trend.isLeak(bound(name, options), options.share());
    }

    private static double bound(String name, SoakOptions options) {
        return switch (name) {
            case "heap" -> options.heapMegabytes();
            case "threads" -> options.threads();
            case "lag" -> options.lagMillis();
            default -> options.descriptors();
        };
    }

    private Trend trend(List<Double> values, SoakOptions options) {
        double from = options.warmUp().toSeconds();
        int first = 0;
        while (first < seconds.size() && seconds.get(first) < from) {
            first++;
        }
        return Trend.of(
                seconds.subList(first, seconds.size()).stream()
                        .mapToDouble(at -> at)
                        .toArray(),
                values.subList(first, values.size()).stream()
                        .mapToDouble(value -> value)
                        .toArray());
    }
}
