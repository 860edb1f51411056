package io.github.printer2mqtt.bench;

import io.github.printer2mqtt.bench.process.BridgeDirectory;
import io.github.printer2mqtt.bench.process.BridgeSetup;
import io.github.printer2mqtt.bench.process.ChildBridge;
import io.github.printer2mqtt.bench.process.ChildFarm;
import io.github.printer2mqtt.bench.process.FarmKind;
import io.github.printer2mqtt.bench.process.Machine;
import io.github.printer2mqtt.bench.process.ProcessStats;
import io.github.printer2mqtt.bench.report.MeasurementSeries;
import io.github.printer2mqtt.bench.report.Table;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.Mosquitto;
import io.github.printer2mqtt.testing.Ports;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Measures a bridge that may use one core, while printers of two makes print and report at the rate of real ones: processor time,
 * memory, and how old the statuses are. The printers run in a process of their own. Fails if a printer is not online at the end.
 */
final class PushedBenchmark {
    private static final Duration FIRST_READINGS_LIMIT = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final long SAMPLING_NANOS = Duration.ofSeconds(2).toNanos();

    private final FarmKind farm;
    private final SoakOptions options;

    private PushedBenchmark(FarmKind farm, SoakOptions options) {
        this.farm = farm;
        this.options = options;
    }

    /** @throws IllegalArgumentException with a message for the user */
    static PushedBenchmark of(List<String> arguments) {
        boolean isSmall = arguments.contains("100");
        List<String> rest =
                arguments.stream().filter(word -> !word.equals("100")).toList();
        return new PushedBenchmark(isSmall ? FarmKind.PUSHED_100 : FarmKind.PUSHED_1000, SoakOptions.of(rest));
    }

    /** True if every printer is online at the end. */
    boolean run() throws IOException {
        try (Mosquitto broker = Mosquitto.open(Ports.free());
                ChildFarm printers = ChildFarm.start(farm);
                BridgeDirectory directory = BridgeDirectory.open()) {
            directory.register(printers.registrations());
            BridgeSetup setup = BridgeSetup.standard()
                    .flags("-XX:+UseSerialGC", "-Xmx256m", "-XX:ActiveProcessorCount=1")
                    .broker(broker.url())
                    .timeout(Duration.ofSeconds(3));
            String machine = Machine.text();
            try (ChildBridge bridge = ChildBridge.start(setup, directory)) {
                useOneCore(bridge.pid());
                HttpApi api = HttpApi.at(bridge.port());
                int size = printers.registrations().size();
                long begin = System.nanoTime();
                Await.until("every printer is online", FIRST_READINGS_LIMIT, () -> online(api) == size);
                Duration untilOnline = Duration.ofNanos(System.nanoTime() - begin);
                LockSupport.parkNanos(options.warmUp().toNanos());
                return measure(api, new ProcessStats(bridge.pid()), size, untilOnline, machine);
            }
        }
    }

    private boolean measure(HttpApi api, ProcessStats process, int size, Duration untilOnline, String machine)
            throws IOException {
        Histogram ages = new Histogram(LONGEST.toMillis(), 3);
        Duration processorBefore = process.schedulerTime();
        double readingsBefore = counter(api, "printer2mqtt_push_readings_total");
        double messagesBefore = counter(api, "printer2mqtt_mqtt_published_total");
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < options.length().toNanos()) {
            LockSupport.parkNanos(SAMPLING_NANOS);
            recordAges(api, ages);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        double share = process.schedulerTime().minus(processorBefore).toNanos() / 1e9 / seconds;
        double readings = (counter(api, "printer2mqtt_push_readings_total") - readingsBefore) / seconds;
        double messages = (counter(api, "printer2mqtt_mqtt_published_total") - messagesBefore) / seconds;
        int online = online(api);
        Table.title(farm.text() + ", for " + options.length());
        Table.head("what", "value");
        Table.row("all online after", untilOnline.toMillis() + " ms");
        Table.row("processor time, of one core", MeasurementSeries.number(share * 100, 1) + " %");
        Table.row("readings a second", MeasurementSeries.number(readings, 0));
        Table.row("messages to the broker a second", MeasurementSeries.number(messages, 0));
        Table.row("age of a status p50, p99, greatest", ages(ages));
        Table.row("live heap", MeasurementSeries.number(process.liveHeapMegabytes(), 1) + " MB");
        Table.row("resident", process.residentMegabytes() + " MB");
        Table.row("threads", String.valueOf(process.threads()));
        Table.row("online at the end", online + " of " + size);
        Table.note(machine + " Load average at the end " + Machine.load() + ".");
        return online == size;
    }

    private static String ages(Histogram ages) {
        return ages.getValueAtPercentile(50) + ", " + ages.getValueAtPercentile(99) + ", " + ages.getMaxValue() + " ms";
    }

    private static void recordAges(HttpApi api, Histogram ages) {
        Instant asked = Instant.now();
        for (JsonObject status : HttpApi.printers(api.list())) {
            Instant observed = Instant.parse(status.getJsonObject("poll").getString("observed_at"));
            long millis = Duration.between(observed, asked).toMillis();
            ages.recordValue(Math.min(LONGEST.toMillis(), Math.max(0, millis)));
        }
    }

    private static int online(HttpApi api) {
        return api.list().getJsonObject("counts").getInteger("printing");
    }

    private static double counter(HttpApi api, String name) {
        return api.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    /** The last one, because the others belong to the printers and the broker. */
    private static void useOneCore(long pid) throws IOException {
        int last = Runtime.getRuntime().availableProcessors() - 1;
        Process taskset = new ProcessBuilder("taskset", "-a", "-p", "-c", String.valueOf(last), String.valueOf(pid))
                .redirectErrorStream(true)
                .start();
        String output = new String(taskset.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!output.contains("new affinity")) {
            throw new IOException("taskset: " + output);
        }
    }
}
