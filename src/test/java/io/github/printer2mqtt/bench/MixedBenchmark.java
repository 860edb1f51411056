package io.github.printer2mqtt.bench;

import io.github.printer2mqtt.bench.mixed.MixedReport;
import io.github.printer2mqtt.bench.mixed.ScriptedPrinter;
import io.github.printer2mqtt.bench.process.BridgeDirectory;
import io.github.printer2mqtt.bench.process.BridgeSetup;
import io.github.printer2mqtt.bench.process.ChildBridge;
import io.github.printer2mqtt.bench.process.Machine;
import io.github.printer2mqtt.bench.process.ProcessStats;
import io.github.printer2mqtt.bench.report.Table;
import io.github.printer2mqtt.simulator.MixedFarm;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.Mosquitto;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets a hundred printers of all makes print short jobs while they are cut off at random, and compares the events at the broker
 * with what the printers really did. Fails if an event is lost or invented, if a printer is reported offline without a cut, or
 * if the live heap grows.
 */
final class MixedBenchmark {
    private static final int PRINTERS = 100;
    private static final long SEED = 100;
    private static final long TICK_NANOS = Duration.ofMillis(250).toNanos();
    private static final Duration READING_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration FIRST_READINGS_LIMIT = Duration.ofSeconds(60);
    private static final int QUARTERS = 4;

    private final SoakOptions options;
    private final List<Double> heap = new ArrayList<>();

    MixedBenchmark(SoakOptions options) {
        this.options = options;
    }

    /** Runs the farm; true if there is no fault. */
    boolean run() throws IOException, InterruptedException {
        Vertx vertx = Vertx.vertx();
        try (Mosquitto broker = Mosquitto.open(Ports.free());
                BridgeDirectory directory = BridgeDirectory.open()) {
            List<MixedFarm.Member> farm = MixedFarm.start(vertx, PRINTERS).await(30, TimeUnit.SECONDS);
            directory.register(farm.stream().map(MixedFarm.Member::registration).toList());
            BridgeSetup setup = BridgeSetup.standard()
                    .flags("-XX:+UseSerialGC", "-Xmx64m")
                    .broker(broker.url())
                    .timeout(READING_TIMEOUT);
            try (TestSubscriber subscriber = TestSubscriber.listen(broker.port(), "printer2mqtt/printers/+/event");
                    ChildBridge bridge = ChildBridge.start(setup, directory)) {
                String machine = Machine.text();
                HttpApi api = HttpApi.at(bridge.port());
                Await.until(
                        "every printer is read",
                        FIRST_READINGS_LIMIT,
                        () -> api.list().getJsonObject("counts").getInteger("unknown") == 0);
                return play(farm, bridge, subscriber, machine);
            }
        } catch (TimeoutException e) {
            throw new IOException("the simulated printers did not start", e);
        } finally {
            vertx.close().await();
        }
    }

    private boolean play(List<MixedFarm.Member> farm, ChildBridge bridge, TestSubscriber subscriber, String machine)
            throws IOException {
        ProcessStats process = new ProcessStats(bridge.pid());
        long begin = System.currentTimeMillis();
        long end = begin + options.length().toMillis();
        List<ScriptedPrinter> printers = new ArrayList<>();
        for (MixedFarm.Member member : farm) {
            printers.add(new ScriptedPrinter(member, SEED + printers.size(), begin));
        }
        for (long now = begin; now < end; now = System.currentTimeMillis()) {
            for (ScriptedPrinter printer : printers) {
                printer.tick(now);
            }
            if (now - begin >= options.length().toMillis() * (heap.size() + 1) / QUARTERS) {
                heap.add(Math.round(process.liveHeapMegabytes() * 10) / 10.0);
                System.err.println(
                        "live heap " + heap + " MB, " + subscriber.all().size() + " events");
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
        heap.add(Math.round(process.liveHeapMegabytes() * 10) / 10.0);
        long ended = System.currentTimeMillis();
        printers.forEach(printer -> printer.end(ended));
        MixedReport report = MixedReport.of(printers, subscriber.catchUp(), begin, ended);
        return print(report, machine, process.residentMegabytes());
    }

    private boolean print(MixedReport report, String machine, long resident) throws IOException {
        List<String> faults = new ArrayList<>(report.faults());
        double growth = heap.get(heap.size() - 1) - heap.get(0);
        if (growth > options.heapMegabytes()) {
            faults.add(String.format(Locale.ROOT, "the live heap grew by %.1f MB", growth));
        }
        Table.title("Mixed farm of " + PRINTERS + " printers for " + options.length());
        report.print();
        Table.note(machine + " Load average at the end " + Machine.load() + ".");
        Table.note("Live heap in MB after each quarter: " + heap + "; resident " + resident + " MB.");
        faults.forEach(fault -> System.out.println("- FAULT: " + fault));
        System.out.println(faults.size() + " fault(s).");
        return faults.isEmpty();
    }
}
