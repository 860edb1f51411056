package io.github.printer2mqtt.bench;

import io.github.printer2mqtt.bench.baseline.ListClients;
import io.github.printer2mqtt.bench.baseline.StreamClients;
import io.github.printer2mqtt.bench.process.BridgeDirectory;
import io.github.printer2mqtt.bench.process.BridgeSetup;
import io.github.printer2mqtt.bench.process.ChildBridge;
import io.github.printer2mqtt.bench.process.Machine;
import io.github.printer2mqtt.bench.process.ProcessStats;
import io.github.printer2mqtt.bench.report.MarkedSection;
import io.github.printer2mqtt.bench.report.MeasurementSeries;
import io.github.printer2mqtt.testing.Mosquitto;
import io.github.printer2mqtt.testing.Ports;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;

/**
 * Measures the event stream: 1,000 printers are polled every second, clients follow a group of ten, which makes ten changes a
 * second for each client. Windows without and with clients alternate, to compare how fresh the polls are; then lists are
 * requested meanwhile, and half of the clients read nothing.
 */
final class StreamBenchmark {
    private static final String GROUP = "watched";
    private static final int CHANGES_A_SECOND = 10;

    /** The limit of connections from one address follows the heap; with 256 MB it is slightly below 1,000. */
    private static final String HEAP = "-Xmx320m";

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final FarmsOptions options;
    private final List<String> lines = new ArrayList<>();

    StreamBenchmark(FarmsOptions options) {
        this.options = options;
    }

    void run() throws IOException, InterruptedException {
        int printers = options.thorough() ? 1_000 : 60;
        int clients = options.thorough() ? 1_000 : 100;
        lines.add("## Event stream");
        lines.add("");
        lines.add("Repeat with `bench/run stream`. " + Machine.text());
        int brokerPort = Ports.free();
        try (Mosquitto broker = Mosquitto.open(brokerPort);
                MeasuredFarm farm = MeasuredFarm.start("H" + printers, brokerPort, 0);
                BridgeDirectory directory = BridgeDirectory.open()) {
            directory.register(withGroup(farm.registrations()));
            BridgeSetup setup = BridgeSetup.standard()
                    .flags("-XX:+UseSerialGC", HEAP)
                    .broker(broker.url())
                    .pollingEvery(INTERVAL);
            try (ChildBridge bridge = ChildBridge.start(setup, directory)) {
                Thread.sleep(options.warmUp().toMillis() / 2);
                measure(bridge, farm, clients);
            }
        }
        Files.createDirectories(options.folder());
        String text = String.join("\n", lines);
        MarkedSection.replace(options.folder().resolve("RESULTS.md"), "stream", text);
        System.out.println(text);
    }

    private static List<JsonObject> withGroup(List<JsonObject> registrations) {
        registrations.subList(0, CHANGES_A_SECOND).forEach(each -> each.put("group", GROUP));
        return registrations;
    }

    private void measure(ChildBridge bridge, MeasuredFarm farm, int clients) throws IOException, InterruptedException {
        MeasurementSeries figures = new MeasurementSeries();
        ProcessStats process = new ProcessStats(bridge.pid());
        Duration window = options.window(farm.printers());
        int windows = options.thorough() ? 5 : 1;
        lines.add("");
        lines.add("### " + farm.printers() + " healthy printers, each polled every second; clients follow "
                + CHANGES_A_SECOND + " of them");
        lines.add("");
        row(
                "clients",
                "changes a second and client",
                "p50 ms",
                "p99 ms",
                "longest ms",
                "CPU % of a core",
                "staleness p99 ms");
        lines.add("| --- ".repeat(7) + "|");
        for (int i = 0; i < windows; i++) {
            quiet(farm, process, window, figures);
            try (StreamClients streams = StreamClients.open(bridge.port(), "?group=" + GROUP, clients)) {
                streams.listen(options.thorough() ? window : Duration.ofSeconds(1));
                busy(streams, clients, farm, process, window, figures);
            }
        }
        row("0", "", "", "", "", figures.text("cpu0", 1), figures.text("stale0", 0));
        row(
                Integer.toString(clients),
                figures.text("rate", 1),
                figures.text("p50", 0),
                figures.text("p99", 0),
                figures.text("max", 0),
                figures.text("cpu", 1),
                figures.text("stale", 0));
        lists(bridge, clients, window);
        silent(bridge, clients, window);
    }

    /**
     * What clients cost that read nothing, half of all: their memory, and how late changes are for the other half. The silent
     * ones have the stream of all printers, which fills the buffers of the kernel soon.
     */
    private void silent(ChildBridge bridge, int clients, Duration window) throws IOException {
        ProcessStats process = new ProcessStats(bridge.pid());
        List<SocketChannel> silent = new ArrayList<>();
        try (StreamClients reading = StreamClients.open(bridge.port(), "?group=" + GROUP, clients / 2)) {
            reading.listen(window);
            double heap = process.liveHeapMegabytes();
            long resident = process.residentMegabytes();
            for (int i = 0; i < clients / 2; i++) {
                silent.add(silentClient(bridge.port()));
            }
            reading.listen(window);
            Histogram latencies = reading.listen(window);
            double more = process.liveHeapMegabytes() - heap;
            lines.add("");
            lines.add("Of " + clients + " clients half read nothing: " + MeasurementSeries.number(more, 1)
                    + " MB more live heap, " + MeasurementSeries.number(more * 1_000 / silent.size(), 0)
                    + " KB each; " + (process.residentMegabytes() - resident)
                    + " MB more resident memory. The other half get changes after " + latencies.getValueAtPercentile(50)
                    + " / " + latencies.getValueAtPercentile(99) + " ms (p50 / p99).");
        } finally {
            for (SocketChannel each : silent) {
                each.close();
            }
        }
    }

    private static SocketChannel silentClient(int port) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.write(ByteBuffer.wrap(("GET /api/stream HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    private static void quiet(MeasuredFarm farm, ProcessStats process, Duration window, MeasurementSeries figures)
            throws IOException, InterruptedException {
        farm.begin();
        Duration before = process.schedulerTime();
        Thread.sleep(window.toMillis());
        figures.add("cpu0", percent(process.schedulerTime().minus(before), window));
        figures.add("stale0", staleness(farm.end()));
    }

    private static void busy(
            StreamClients streams,
            int clients,
            MeasuredFarm farm,
            ProcessStats process,
            Duration window,
            MeasurementSeries figures)
            throws IOException {
        farm.begin();
        Duration before = process.schedulerTime();
        Histogram latencies = streams.listen(window);
        figures.add("cpu", percent(process.schedulerTime().minus(before), window));
        figures.add("stale", staleness(farm.end()));
        figures.add("rate", (double) latencies.getTotalCount() / clients / window.toSeconds());
        figures.add("p50", (double) latencies.getValueAtPercentile(50));
        figures.add("p99", (double) latencies.getValueAtPercentile(99));
        figures.add("max", (double) latencies.getMaxValue());
    }

    /** The list for one client, without streams and beside them. */
    private void lists(ChildBridge bridge, int clients, Duration window) throws IOException, InterruptedException {
        ListClients list = new ListClients(bridge.port(), "/api/printers?group=" + GROUP, 1, Duration.ofMillis(10));
        Histogram alone = list.ask(window);
        try (StreamClients streams = StreamClients.open(bridge.port(), "?group=" + GROUP, clients)) {
            streams.listen(Duration.ofSeconds(1));
            CompletableFuture<Histogram> beside = CompletableFuture.supplyAsync(() -> ask(list, window));
            streams.listen(window);
            lines.add("");
            lines.add("A list of ten printers every 10 ms takes " + millis(alone) + " without streams and "
                    + millis(beside.join()) + " beside them (p50 / p99).");
        }
    }

    private static Histogram ask(ListClients list, Duration window) {
        try {
            return list.ask(window);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String millis(Histogram latencies) {
        return MeasurementSeries.number(latencies.getValueAtPercentile(50) / 1e6, 2) + " / "
                + MeasurementSeries.number(latencies.getValueAtPercentile(99) / 1e6, 2) + " ms";
    }

    private static double percent(Duration processor, Duration window) {
        return 100.0 * processor.toNanos() / window.toNanos();
    }

    private static double staleness(JsonObject window) {
        return window.getJsonObject("staleness_ms").getDouble("p99");
    }

    private void row(String... cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
        System.err.println(lines.get(lines.size() - 1));
    }
}
