package io.github.printer2mqtt.bench;

import io.github.printer2mqtt.bench.process.BridgeDirectory;
import io.github.printer2mqtt.bench.process.BridgeSetup;
import io.github.printer2mqtt.bench.process.ChildBridge;
import io.github.printer2mqtt.bench.process.ChildFarm;
import io.github.printer2mqtt.bench.process.FarmKind;
import io.github.printer2mqtt.bench.process.ProcessStats;
import io.github.printer2mqtt.bench.report.Table;
import io.github.printer2mqtt.testing.Mosquitto;
import io.github.printer2mqtt.testing.Ports;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Measures start-up time and memory of a bridge by fleet, broker and flags. */
final class FootprintBenchmark {
    private static final int STARTS = 3;
    private static final Duration AFTER = Duration.ofSeconds(30);

    void run() throws IOException, InterruptedException {
        Table.title("Start and memory");
        Table.head(
                "printers",
                "broker",
                "flags",
                "first list after",
                "ready after",
                "processor time until ready",
                "resident",
                "heap used");
        for (FarmKind kind : List.of(FarmKind.WORKSHOP_12, FarmKind.FARM_62)) {
            try (ChildFarm farm = ChildFarm.start(kind);
                    Mosquitto broker = Mosquitto.open(Ports.free());
                    BridgeDirectory directory = BridgeDirectory.open()) {
                directory.register(farm.registrations());
                String printers = Integer.toString(farm.registrations().size());
                BridgeSetup external = BridgeSetup.standard().broker(broker.url());
                rows(directory, printers, "mosquitto", external);
                rows(directory, printers, "embedded", BridgeSetup.standard());
            }
        }
        Table.note("Times from the start of the process, median of " + STARTS
                + " starts (min to max), which include the"
                + " start of the virtual machine. Memory " + AFTER.toSeconds()
                + " s after the last of them, default polling.");
    }

    private static void rows(BridgeDirectory directory, String printers, String broker, BridgeSetup setup)
            throws IOException, InterruptedException {
        row(directory, printers, broker, "none", setup);
        row(directory, printers, broker, "`-XX:+UseSerialGC -Xmx64m`", setup.flags("-XX:+UseSerialGC", "-Xmx64m"));
    }

    private static void row(BridgeDirectory directory, String printers, String broker, String flags, BridgeSetup setup)
            throws IOException, InterruptedException {
        Rounds list = new Rounds();
        Rounds ready = new Rounds();
        Rounds work = new Rounds();
        for (int i = 1; i < STARTS; i++) {
            try (ChildBridge bridge = ChildBridge.start(setup, directory)) {
                list.add(bridge.untilList());
                ready.add(bridge.untilReady());
                work.add(bridge.processorUntilReady());
            }
        }
        try (ChildBridge bridge = ChildBridge.start(setup, directory)) {
            list.add(bridge.untilList());
            ready.add(bridge.untilReady());
            work.add(bridge.processorUntilReady());
            Thread.sleep(AFTER.toMillis());
            ProcessStats figures = new ProcessStats(bridge.pid());
            String resident = figures.residentMegabytes() + " MB";
            Table.row(
                    printers,
                    broker,
                    flags,
                    list.text(),
                    ready.text(),
                    work.text(),
                    resident,
                    figures.heapMegabytes() + " MB");
        }
    }
}
