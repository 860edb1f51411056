package io.github.printer2mqtt.bench;

import io.github.printer2mqtt.bench.process.BridgeDirectory;
import io.github.printer2mqtt.bench.process.BridgeSetup;
import io.github.printer2mqtt.bench.process.ChildBridge;
import io.github.printer2mqtt.bench.process.KeepAliveClient;
import io.github.printer2mqtt.bench.process.Machine;
import io.github.printer2mqtt.bench.report.Table;
import io.github.printer2mqtt.testing.Mosquitto;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Soaks the bridge with a farm of every kind of faulty printer while printers are registered, removed and renamed and the
 * broker is killed. Fails if memory or another figure grows, or if healthy printers are affected.
 */
final class SoakBenchmark {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration BETWEEN_DEEDS = Duration.ofMillis(700);
    private static final Duration BROKER_AWAY = Duration.ofSeconds(3);
    private static final Duration SETTLED = Duration.ofSeconds(40);
    private static final int SPARES = 12;

    /** After a longer stall of the machine, one-second deadlines are not judged. */
    private static final double STOOD_STILL_MILLIS = 400;

    private final SoakOptions options;
    private final List<String> faults = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> stale = new ArrayList<>();
    private int judged;
    private int falselyOffline;

    SoakBenchmark(SoakOptions options) {
        this.options = options;
    }

    /** Runs the soak; true if nothing grew and no healthy printer was affected. */
    boolean run() throws IOException, InterruptedException {
        int brokerPort = Ports.free();
        try (Mosquitto broker = Mosquitto.open(brokerPort);
                MeasuredFarm farm = MeasuredFarm.start("X62", brokerPort, SPARES);
                BridgeDirectory directory = BridgeDirectory.open()) {
            directory.register(farm.registrations());
            BridgeSetup setup = BridgeSetup.standard()
                    .flags("-XX:+UseSerialGC", "-Xmx64m")
                    .broker(broker.url())
                    .timeout(options.timeout())
                    .pollingEvery(INTERVAL);
            farm.mark();
            try (ChildBridge bridge = ChildBridge.start(setup, directory)) {
                soak(farm, bridge, broker);
            }
        }
        report();
        return faults.isEmpty();
    }

    private void soak(MeasuredFarm farm, ChildBridge bridge, Mosquitto broker)
            throws IOException, InterruptedException {
        Thread.sleep(8_000);
        farm.begin();
        Thread.sleep(10_000);
        double calm = worstPrinter(farm.end());
        System.err.println(
                "baseline: 99th percentile of the worst healthy printer " + calm + " ms; starting the churn");

        RegistrationChurn churn = new RegistrationChurn(bridge.port(), farm.registrations(), farm.spares());
        SoakSamples samples = new SoakSamples(farm, bridge);
        int kills = 0;
        long begin = System.nanoTime();
        long end = begin + options.length().toNanos();
        long nextSample = begin;
        long nextRestart = begin + options.brokerRestart().dividedBy(2).toNanos();
        while (System.nanoTime() - end < 0) {
            churn.act();
            long now = System.nanoTime();
            if (now - nextSample >= 0) {
                judge(samples.take((now - begin) / 1e9), calm);
                nextSample = now + options.sampling().toNanos();
            }
            if (now - nextRestart >= 0) {
                broker.kill();
                LockSupport.parkNanos(BROKER_AWAY.toNanos());
                broker.restart();
                kills++;
                nextRestart = System.nanoTime() + options.brokerRestart().toNanos();
            }
            LockSupport.parkNanos(BETWEEN_DEEDS.toNanos());
        }
        notes.add("churn: " + churn + ", broker killed " + kills + " times");
        awaitTree(broker, bridge, churn);
        (stale.size() > options.unluckySamples() * judged ? faults : notes).addAll(stale);
        notes.add(judged + " samples judged, " + stale.size() + " of them with a stale healthy printer");
        notes.addAll(samples.judge(options));
        faults.addAll(samples.leaks(options));
    }

    private void judge(JsonObject window, double calm) {
        double still = window.getDouble("stood_still_ms");
        if (still > STOOD_STILL_MILLIS) {
            notes.add("the machine stalled for " + Math.round(still)
                    + " ms: staleness and false offline of this sample"
                    + " are not judged (worst " + worstPrinter(window) + " ms, "
                    + window.getJsonArray("false_offline_ids")
                    + ")");
            return;
        }
        double bound = options.staleness(calm, (double) INTERVAL.toMillis());
        judged++;
        if (worstPrinter(window) > bound) {
            stale.add("a healthy printer's staleness p99 was " + worstPrinter(window) + " ms at "
                    + Math.round(window.getDouble("at")) + " s, expected at most " + Math.round(bound));
        }
        if (window.getInteger("false_offline") > falselyOffline) {
            falselyOffline = window.getInteger("false_offline");
            faults.add("healthy printers were reported offline: " + window.getJsonArray("false_offline_ids") + " at "
                    + Math.round(window.getDouble("at")) + " s");
        }
    }

    private static double worstPrinter(JsonObject window) {
        return window.getJsonObject("staleness_ms").getDouble("worst_printer_p99");
    }

    /** Waits until the broker's retained messages are correct after the churn, and checks that they stay so. */
    private void awaitTree(Mosquitto broker, ChildBridge bridge, RegistrationChurn churn)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + SETTLED.toNanos();
        List<String> problems;
        do {
            Thread.sleep(2_000);
            try (TestSubscriber subscriber = TestSubscriber.listen(broker.port(), "#")) {
                Thread.sleep(1_500);
                problems = RetainedTree.problems(subscriber.all(), churn.names(), decided(bridge));
            }
        } while (!problems.isEmpty() && System.nanoTime() - end < 0);
        if (problems.isEmpty()) {
            notes.add("the retained messages are correct for " + churn.names().size()
                    + " printers, and there are none for others");
        }
        faults.addAll(problems);
    }

    private static Set<String> decided(ChildBridge bridge) throws IOException {
        try (KeepAliveClient client = KeepAliveClient.connect(bridge.port())) {
            JsonArray printers = new JsonObject(client.get("/api/printers").text()).getJsonArray("printers");
            Set<String> decided = new HashSet<>();
            for (int i = 0; i < printers.size(); i++) {
                JsonObject printer = printers.getJsonObject(i);
                if (!printer.getString("state").equals("unknown")) {
                    decided.add(printer.getString("id"));
                }
            }
            return decided;
        }
    }

    private void report() throws IOException {
        Table.title("Soak, X62 with churn for " + options.length());
        Machine.print();
        notes.forEach(note -> System.out.println("- " + note));
        faults.forEach(fault -> System.out.println("- FAULT: " + fault));
        System.out.println(faults.isEmpty() ? "No leak, no fault." : faults.size() + " fault(s).");
    }
}
