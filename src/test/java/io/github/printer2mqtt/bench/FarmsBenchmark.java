package io.github.printer2mqtt.bench;

import io.github.printer2mqtt.bench.process.BridgeDirectory;
import io.github.printer2mqtt.bench.process.BridgeSetup;
import io.github.printer2mqtt.testing.Ports;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares cost and freshness of polling with references, from twelve printers to as many as the limit of file descriptors
 * allows. Each farm's result is stored, so that one can be measured again without the others.
 */
final class FarmsBenchmark {
    private static final String HOSTILE = "X62";
    private static final int LARGE = 5_000;
    private static final int LARGEST = 20_000;

    /** File descriptors that the bridge needs besides its printers, rounded up. */
    private static final int OTHER_DESCRIPTORS = 1_000;

    private final FarmsOptions options;

    FarmsBenchmark(FarmsOptions options) {
        this.options = options;
    }

    /** The largest farm: 20,000 printers, or as many as the limit of file descriptors allows. */
    static String largest() throws IOException {
        String limits = Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(line -> line.startsWith("Max open files"))
                .findFirst()
                .orElseThrow();
        String limit = limits.substring("Max open files".length()).strip().split("\\s+", 2)[0];
        int most = limit.equals("unlimited")
                ? LARGEST
                : (int) Math.min(LARGEST, Long.parseLong(limit) - OTHER_DESCRIPTORS);
        return "F" + most;
    }

    void run() throws IOException, InterruptedException {
        Path python = PollerUnderTest.pythonWithAiohttp();
        if (python == null) {
            System.err.println(
                    "aiohttp is skipped because no Python has it; set PRINTER2MQTT_BENCH_PYTHON to one that does");
        }
        Files.createDirectories(options.folder());
        FarmResults results = FarmResults.in(options.folder());
        for (String name : options.farms()) {
            results.put(farm(name, python));
            results.write();
        }
        System.out.println(results.markdown());
        System.err.println("written: " + results.places());
    }

    private JsonObject farm(String name, @Nullable Path python) throws IOException, InterruptedException {
        int brokerPort = Ports.free();
        try (MeasuredFarm farm = MeasuredFarm.start(name, brokerPort, 0);
                BridgeDirectory directory = BridgeDirectory.open()) {
            Duration interval = Duration.ofSeconds(farm.printers() >= LARGE ? 2 : 1);
            directory.register(farm.registrations());
            List<String> flags = flags(farm.printers());
            BridgeSetup setup = BridgeSetup.standard()
                    .startedBy(BridgeSetup.Launcher.START_SCRIPT)
                    .flags(flags.toArray(String[]::new))
                    .broker("mqtt://127.0.0.1:" + brokerPort)
                    .pollingEvery(interval);
            List<PollerUnderTest> pollers = new ArrayList<>();
            pollers.add(PollerUnderTest.bridge(setup, directory));
            pollers.add(PollerUnderTest.minimal(List.of("-Xmx1g", "-XX:+UseSerialGC"), farm, interval, brokerPort));
            // Some of the faulty printers crash the Python poller.
            PollerUnderTest third = python == null || name.equals(HOSTILE)
                    ? null
                    : PollerUnderTest.aiohttp(python, farm, interval, brokerPort);
            return new FarmRun(name, farm, brokerPort, interval, options)
                    .measure(pollers, third)
                    .put("flags", String.join(" ", flags));
        }
    }

    /** The maximum heap that README recommends for a farm of this size. */
    private static List<String> flags(int printers) {
        if (printers <= 2_000) {
            return List.of("-XX:+UseSerialGC", printers <= 100 ? "-Xmx64m" : "-Xmx128m");
        }
        // Most objects that survive are replaced at the next poll; a large young generation copies them less often.
        return List.of("-XX:+UseSerialGC", printers <= 10_000 ? "-Xmx512m" : "-Xmx1g", "-Xmn160m");
    }
}
