package io.github.printer2mqtt.bench;

import io.github.printer2mqtt.bench.baseline.SequentialDashboard;
import io.github.printer2mqtt.bench.process.BridgeDirectory;
import io.github.printer2mqtt.bench.process.BridgeSetup;
import io.github.printer2mqtt.bench.process.ChildBridge;
import io.github.printer2mqtt.bench.process.ChildFarm;
import io.github.printer2mqtt.bench.process.FarmKind;
import io.github.printer2mqtt.bench.process.KeepAliveClient;
import io.github.printer2mqtt.bench.report.Table;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Compares how long a dashboard waits for its list: polled sequentially, polled concurrently, and from memory. */
final class SequentialComparisonBenchmark {
    private static final String LIST = "/api/printers";
    private static final String FRESH = "/api/printers?fresh=true";
    private static final int LISTS_A_ROUND = 500;

    private final FarmKind kind;
    private final int rounds;
    private final Rounds longTimeoutLoop = new Rounds();
    private final Rounds shortTimeoutLoop = new Rounds();
    private final Rounds fresh = new Rounds();
    private final Rounds listMedian = new Rounds();
    private final Rounds listP99 = new Rounds();

    SequentialComparisonBenchmark(FarmKind kind, int rounds) {
        this.kind = kind;
        this.rounds = rounds;
    }

    void run() throws IOException, InterruptedException {
        Table.title(kind.text());
        try (ChildFarm farm = ChildFarm.start(kind);
                BridgeDirectory directory = BridgeDirectory.open()) {
            directory.register(farm.registrations());
            try (ChildBridge bridge = ChildBridge.start(BridgeSetup.standard(), directory)) {
                String cold = cold(bridge);
                for (int i = 0; i < rounds; i++) {
                    round(farm, bridge);
                }
                print(cold);
            }
        }
    }

    private static String cold(ChildBridge bridge) throws IOException {
        try (KeepAliveClient client = KeepAliveClient.connect(bridge.port())) {
            Duration list = get(client, LIST);
            Duration fresh = get(client, FRESH);
            return "list " + Rounds.shown(list.toNanos() / 1e6) + ", fresh " + Rounds.shown(fresh.toNanos() / 1e6);
        }
    }

    private void round(ChildFarm farm, ChildBridge bridge) throws IOException, InterruptedException {
        longTimeoutLoop.add(new SequentialDashboard(farm.registrations(), Duration.ofSeconds(10)).refresh());
        shortTimeoutLoop.add(new SequentialDashboard(farm.registrations(), Duration.ofSeconds(1)).refresh());
        try (KeepAliveClient client = KeepAliveClient.connect(bridge.port())) {
            fresh.add(get(client, FRESH));
            Histogram lists = new Histogram(3);
            for (int i = 0; i < LISTS_A_ROUND; i++) {
                lists.recordValue(get(client, LIST).toNanos());
            }
            listMedian.addMillis(lists.getValueAtPercentile(50) / 1e6);
            listP99.addMillis(lists.getValueAtPercentile(99) / 1e6);
        }
    }

    private static Duration get(KeepAliveClient client, String path) throws IOException {
        long begin = System.nanoTime();
        KeepAliveClient.Response response = client.get(path);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        if (response.status() != 200) {
            throw new IOException(path + ": status " + response.status());
        }
        return took;
    }

    private void print(String cold) {
        Table.head("how the list is obtained", "time until it is complete", "compared with the sequential loop");
        Table.row("sequential, 10 s timeout each (the old dashboard)", longTimeoutLoop.text(), "1");
        Table.row("sequential, 1 s timeout each", shortTimeoutLoop.text(), ratio(shortTimeoutLoop));
        Table.row("concurrent, `GET /api/printers?fresh=true`", fresh.text(), ratio(fresh));
        Table.row("from memory, `GET /api/printers`, median", listMedian.text(), ratio(listMedian));
        Table.row("from memory, `GET /api/printers`, 99th percentile", listP99.text(), ratio(listP99));
        Table.note("Median of " + rounds + " rounds (min to max), " + LISTS_A_ROUND
                + " lists from memory per round. First requests after the start of the process: " + cold + ".");
    }

    private String ratio(Rounds other) {
        return String.format(Locale.ROOT, "%,.0f times faster", longTimeoutLoop.median() / other.median());
    }
}
