package io.github.printer2mqtt.bench;

import io.github.printer2mqtt.bench.baseline.ListClients;
import io.github.printer2mqtt.bench.process.BridgeDirectory;
import io.github.printer2mqtt.bench.process.BridgeSetup;
import io.github.printer2mqtt.bench.process.ChildBridge;
import io.github.printer2mqtt.bench.process.ChildFarm;
import io.github.printer2mqtt.bench.process.FarmKind;
import io.github.printer2mqtt.bench.process.KeepAliveClient;
import io.github.printer2mqtt.bench.process.ProcessStats;
import io.github.printer2mqtt.bench.report.Table;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;

/** Measures the start with a large registered fleet of unreachable printers. */
final class UnreachableBenchmark {
    private static final int STARTS = 3;
    private static final Duration LOAD = Duration.ofSeconds(10);

    void run() throws IOException, InterruptedException {
        Table.title(FarmKind.SWITCHED_OFF_1000.text());
        Table.head(
                "first list after",
                "ready after",
                "processor time until ready",
                "lists right after, 99th percentile",
                "`fresh=true`",
                "resident");
        try (ChildFarm farm = ChildFarm.start(FarmKind.SWITCHED_OFF_1000);
                BridgeDirectory directory = BridgeDirectory.open()) {
            directory.register(farm.registrations());
            measure(directory);
        }
    }

    private static void measure(BridgeDirectory directory) throws IOException, InterruptedException {
        Rounds list = new Rounds();
        Rounds ready = new Rounds();
        Rounds work = new Rounds();
        Rounds lists = new Rounds();
        Rounds fresh = new Rounds();
        long resident = 0;
        for (int i = 0; i < STARTS; i++) {
            try (ChildBridge bridge = ChildBridge.start(BridgeSetup.standard(), directory)) {
                list.add(bridge.untilList());
                ready.add(bridge.untilReady());
                work.add(bridge.processorUntilReady());
                ListClients clients = new ListClients(bridge.port(), ListClients.LIST, 1, Duration.ofMillis(20));
                lists.addMillis(clients.ask(LOAD).getValueAtPercentile(99) / 1e6);
                fresh.add(fresh(bridge));
                resident = new ProcessStats(bridge.pid()).residentMegabytes();
            }
        }
        Table.row(list.text(), ready.text(), work.text(), lists.text(), fresh.text(), resident + " MB");
        Table.note("Median of " + STARTS + " starts (min to max), default settings, embedded broker; lists for "
                + LOAD.toSeconds() + " s after the bridge was ready; memory of the last start.");
    }

    private static Duration fresh(ChildBridge bridge) throws IOException {
        try (KeepAliveClient client = KeepAliveClient.connect(bridge.port())) {
            long begin = System.nanoTime();
            JsonObject response =
                    new JsonObject(client.get("/api/printers?fresh=true").text());
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            int offline = response.getJsonObject("counts").getInteger("offline");
            if (offline != 1_000) {
                throw new IllegalStateException(offline + " printers are offline, expected 1000");
            }
            return took;
        }
    }
}
