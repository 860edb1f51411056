package io.github.printer2mqtt.bench;

import io.github.printer2mqtt.bench.process.BridgeDirectory;
import io.github.printer2mqtt.bench.process.BridgeSetup;
import io.github.printer2mqtt.bench.process.ChildBridge;
import io.github.printer2mqtt.bench.process.Machine;
import io.github.printer2mqtt.bench.process.ProcessStats;
import io.github.printer2mqtt.bench.report.MarkedSection;
import io.github.printer2mqtt.bench.report.MeasurementSeries;
import io.github.printer2mqtt.files.TemporaryFolder;
import io.github.printer2mqtt.testing.Moonraker;
import io.github.printer2mqtt.testing.Mosquitto;
import io.github.printer2mqtt.testing.OctoPrint;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.RealPrinter;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/**
 * Measures with a real Moonraker and a real OctoPrint how long a change at the printer takes to the subscriber of the broker,
 * and the processor time of the bridge, by push and by polls at the default intervals. A print is paused and resumed at
 * random times; a change begins when the HTTP API of the printer's server shows it.
 */
final class PushBenchmark {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final FarmsOptions options;

    /** Of a pause and a resume for each row. */
    private final int pairs;

    private final List<String> lines = new ArrayList<>();

    PushBenchmark(FarmsOptions options) {
        this.options = options;
        this.pairs = options.thorough() ? 20 : 2;
    }

    /** A real server and how its print is paused and resumed there. */
    private record Program(
            RealPrinter server,
            String driver,
            Runnable pause,
            Runnable resume,
            Set<String> paused,
            Set<String> resumed) {
        static Program moonraker(Moonraker server) {
            return new Program(
                    server,
                    "moonraker",
                    () -> server.run("PAUSE"),
                    () -> server.run("RESUME"),
                    Set.of("paused"),
                    Set.of("printing"));
        }

        static Program octoPrint(OctoPrint server) {
            server.connectPrinter();
            return new Program(
                    server,
                    "octoprint",
                    server::pausePrint,
                    server::resumePrint,
                    Set.of("Paused"),
                    Set.of("Resuming", "Printing"));
        }
    }

    void run() throws IOException, InterruptedException {
        lines.add("## Push and polls");
        lines.add("");
        lines.add("Repeat with `bench/run push`. " + Machine.text());
        lines.add("");
        lines.add("One real server with one printer, " + 2 * pairs + " changes between `paused` and `printing`.");
        lines.add("At the default intervals a poll is due every 2 s while printing and every 5 s while paused. The"
                + " processor time includes what the bridge needs without a printer.");
        lines.add("");
        row("program", "way", "p50 ms", "p99 ms", "longest ms", "CPU ms a minute");
        lines.add("| --- ".repeat(6) + "|");
        measure("Moonraker", "push", base -> Program.moonraker(Moonraker.start(base)));
        measure("Moonraker", "poll", base -> Program.moonraker(Moonraker.startWithoutWebSockets(base)));
        measure("OctoPrint", "push", base -> Program.octoPrint(OctoPrint.start(base)));
        measure("OctoPrint", "poll", base -> Program.octoPrint(OctoPrint.startWithoutWebSockets(base)));
        Files.createDirectories(options.folder());
        MarkedSection.replace(options.folder().resolve("RESULTS.md"), "push", String.join("\n", lines));
    }

    private void measure(String name, String way, Function<Path, Program> start)
            throws IOException, InterruptedException {
        Path base = Files.createTempDirectory("printer2mqtt-bench-");
        int brokerPort = Ports.free();
        Program program = start.apply(base);
        try (RealPrinter server = program.server();
                Mosquitto broker = Mosquitto.open(brokerPort);
                BridgeDirectory directory = BridgeDirectory.open()) {
            directory.register(List.of(new JsonObject()
                    .put("id", "measured")
                    .put("name", "Measured")
                    .put("driver", program.driver())
                    .put("address", "127.0.0.1:" + server.port())
                    .put("credentials", new JsonObject().put("api_key", server.apiKey()))));
            BridgeSetup setup = BridgeSetup.standard().flags("-XX:+UseSerialGC").broker(broker.url());
            try (ChildBridge bridge = ChildBridge.start(setup, directory);
                    TestSubscriber user = TestSubscriber.listen(brokerPort, "printer2mqtt/printers/measured/state")) {
                server.print("long.gcode", 3600);
                awaitState(user, "printing");
                row(cells(name, way, program, user, new ProcessStats(bridge.pid())));
            }
        } finally {
            TemporaryFolder.delete(base);
        }
    }

    private String[] cells(String name, String way, Program program, TestSubscriber user, ProcessStats process)
            throws IOException, InterruptedException {
        Random random = new Random(7);
        Histogram latencies = new Histogram(LONGEST.toMillis(), 3);
        Thread.sleep(options.thorough() ? 60_000 : 5_000); // the bridge warms up
        Duration before = process.schedulerTime();
        long begin = System.nanoTime();
        for (int i = 0; i < pairs; i++) {
            Thread.sleep(1_500 + random.nextInt(2_000));
            latencies.recordValue(change(program, program.pause(), program.paused(), user, "paused"));
            Thread.sleep(1_500 + random.nextInt(2_000));
            latencies.recordValue(change(program, program.resume(), program.resumed(), user, "printing"));
        }
        double minutes = (System.nanoTime() - begin) / 60e9;
        double processor = process.schedulerTime().minus(before).toNanos() / 1e6 / minutes;
        return new String[] {
            name,
            way,
            Long.toString(latencies.getValueAtPercentile(50)),
            Long.toString(latencies.getValueAtPercentile(99)),
            Long.toString(latencies.getMaxValue()),
            MeasurementSeries.number(processor, 0)
        };
    }

    /** Milliseconds from the first answer of the server that shows the change to the message. */
    private static long change(
            Program program, Runnable command, Set<String> shown, TestSubscriber user, String state) {
        CompletableFuture<Long> arrival = CompletableFuture.supplyAsync(() -> awaitState(user, state));
        command.run();
        long asked;
        do {
            asked = System.nanoTime();
        } while (!shown.contains(program.server().state()));
        return Math.max(0, (arrival.join() - asked) / 1_000_000);
    }

    /** The time at which the message was there. */
    private static long awaitState(TestSubscriber user, String state) {
        String topic = "printer2mqtt/printers/measured/state";
        long end = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() - end < 0) {
            TestSubscriber.Heard newest = user.newest(topic);
            if (newest != null && state.equals(newest.json().getString("state"))) {
                return System.nanoTime();
            }
            LockSupport.parkNanos(1_000_000);
        }
        throw new AssertionError("the printer is not shown as " + state);
    }

    private void row(String... cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
        System.err.println(lines.get(lines.size() - 1));
    }
}
