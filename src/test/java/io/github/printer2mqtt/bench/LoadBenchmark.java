package io.github.printer2mqtt.bench;

import io.github.printer2mqtt.bench.baseline.ListClients;
import io.github.printer2mqtt.bench.process.BridgeDirectory;
import io.github.printer2mqtt.bench.process.BridgeSetup;
import io.github.printer2mqtt.bench.process.ChildBridge;
import io.github.printer2mqtt.bench.process.ChildFarm;
import io.github.printer2mqtt.bench.process.FarmKind;
import io.github.printer2mqtt.bench.process.ProcessStats;
import io.github.printer2mqtt.bench.report.Table;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Measures the list while every printer is polled each second, and its cost. */
final class LoadBenchmark {
    private static final Duration WARM_UP = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(30);
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final int ROUNDS = 3;

    private final FarmKind kind;
    private final BridgeSetup setup;

    LoadBenchmark(FarmKind kind, BridgeSetup setup) {
        this.kind = kind;
        this.setup = setup;
    }

    void run() throws IOException, InterruptedException {
        String flags = setup.flags().isEmpty() ? "no flags" : String.join(" ", setup.flags());
        Table.title(kind.text() + ", each polled every second, " + flags);
        try (ChildFarm farm = ChildFarm.start(kind);
                BridgeDirectory directory = BridgeDirectory.open()) {
            directory.register(farm.registrations());
            try (ChildBridge bridge = ChildBridge.start(setup.pollingEvery(Duration.ofSeconds(1)), directory)) {
                measure(bridge);
            }
        }
    }

    private static void measure(ChildBridge bridge) throws IOException, InterruptedException {
        ProcessStats figures = new ProcessStats(bridge.pid());
        new ListClients(bridge.port(), ListClients.LIST, 1, Duration.ofMillis(20)).ask(WARM_UP);
        String quiet = processorShare(figures);
        Table.head("clients", "answers per second", "median", "99th percentile", "longest");
        row(
                "1, every 5 ms, `/health/live` instead (what the machine adds)",
                new ListClients(bridge.port(), "/health/live", 1, Duration.ofMillis(5)));
        row("1, every 5 ms", new ListClients(bridge.port(), ListClients.LIST, 1, Duration.ofMillis(5)));
        row("32, each every 100 ms", new ListClients(bridge.port(), ListClients.LIST, 32, Duration.ofMillis(100)));
        row("32, without a pause", new ListClients(bridge.port(), ListClients.LIST, 32, Duration.ZERO));
        Table.note("Median of " + ROUNDS + " rounds of " + ROUND.toSeconds() + " s (min to max). Polling alone took "
                + quiet + " of one core over " + QUIET.toSeconds() + " s after a minute; resident "
                + figures.residentMegabytes() + " MB after the clients.");
    }

    private static String processorShare(ProcessStats figures) throws IOException, InterruptedException {
        Duration before = figures.processorTime();
        long begin = System.nanoTime();
        Thread.sleep(QUIET.toMillis());
        double share = (double) figures.processorTime().minus(before).toNanos() / (System.nanoTime() - begin);
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static void row(String name, ListClients clients) throws IOException, InterruptedException {
        Rounds median = new Rounds();
        Rounds p99 = new Rounds();
        Rounds longest = new Rounds();
        long lists = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Histogram latencies = clients.ask(ROUND);
            median.addMillis(latencies.getValueAtPercentile(50) / 1e6);
            p99.addMillis(latencies.getValueAtPercentile(99) / 1e6);
            longest.addMillis(latencies.getMaxValue() / 1e6);
            lists += latencies.getTotalCount();
        }
        long perSecond = lists / (ROUNDS * ROUND.toSeconds());
        Table.row(name, Long.toString(perSecond), median.text(), p99.text(), longest.text());
    }
}
