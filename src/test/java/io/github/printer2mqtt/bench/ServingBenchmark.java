package io.github.printer2mqtt.bench;

import io.github.printer2mqtt.bench.baseline.ListClients;
import io.github.printer2mqtt.bench.baseline.PreparedResponseServer;
import io.github.printer2mqtt.bench.process.BridgeDirectory;
import io.github.printer2mqtt.bench.process.BridgeSetup;
import io.github.printer2mqtt.bench.process.ChildBridge;
import io.github.printer2mqtt.bench.process.ChildProcess;
import io.github.printer2mqtt.bench.process.Jvm;
import io.github.printer2mqtt.bench.process.Machine;
import io.github.printer2mqtt.bench.process.Wrk;
import io.github.printer2mqtt.bench.report.MarkedSection;
import io.github.printer2mqtt.bench.report.MeasurementSeries;
import io.github.printer2mqtt.testing.Mosquitto;
import io.github.printer2mqtt.testing.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Measures lists while printers are polled, and at maximum rate compared with a server of prepared bytes. */
final class ServingBenchmark {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final int LARGE = 5_000;

    private final FarmsOptions options;
    private final List<String> lines = new ArrayList<>();

    ServingBenchmark(FarmsOptions options) {
        this.options = options;
    }

    void run() throws IOException, InterruptedException {
        String large = options.thorough() ? "10k" : "200";
        lines.add("## Lists from memory");
        lines.add("");
        lines.add("Repeat with `bench/run serving`. " + Machine.text());
        whilePolling("F62");
        whilePolling("F" + large);
        if (Wrk.isInstalled()) {
            besideReadyBytes("H62");
            besideReadyBytes("H" + large);
        } else {
            lines.add("");
            lines.add("wrk is not installed: the maximum rate was not measured.");
        }
        Files.createDirectories(options.folder());
        String text = String.join("\n", lines);
        MarkedSection.replace(options.folder().resolve("RESULTS.md"), "serving", text);
        System.out.println(text);
    }

    private void whilePolling(String name) throws IOException, InterruptedException {
        int brokerPort = Ports.free();
        try (Mosquitto broker = Mosquitto.open(brokerPort);
                MeasuredFarm farm = MeasuredFarm.start(name, brokerPort, 0);
                BridgeDirectory directory = BridgeDirectory.open()) {
            directory.register(farm.registrations());
            boolean isLarge = farm.printers() >= LARGE;
            Duration interval = Duration.ofSeconds(isLarge ? 2 : 1);
            BridgeSetup setup = BridgeSetup.standard()
                    .flags("-XX:+UseSerialGC", farm.printers() <= 100 ? "-Xmx64m" : "-Xmx256m")
                    .broker(broker.url())
                    .pollingEvery(interval);
            try (ChildBridge bridge = ChildBridge.start(setup, directory)) {
                lines.add("");
                lines.add("### " + name + ", a sixth dead, each polled every " + interval.toSeconds() + " s");
                lines.add("");
                head(
                        "clients",
                        "answers a second",
                        "p50 ms",
                        "p99 ms",
                        "longest ms",
                        "staleness p99 of the healthy ms");
                warmUp(bridge, farm);
                if (isLarge) {
                    row("1, gzip, every second", farm, list(bridge, ListClients.GZIP, 1, 1_000));
                } else {
                    row("1, `/health/live`, every 5 ms: what the machine adds", farm, live(bridge));
                    row("1, every 5 ms", farm, list(bridge, ListClients.PLAIN, 1, 5));
                    row("32, each every 100 ms", farm, list(bridge, ListClients.PLAIN, 32, 100));
                    row("1, gzip, every 5 ms", farm, list(bridge, ListClients.GZIP, 1, 5));
                }
            }
        }
    }

    private void warmUp(ChildBridge bridge, MeasuredFarm farm) throws IOException, InterruptedException {
        Duration pause = Duration.ofMillis(farm.printers() >= LARGE ? 1_000 : 5);
        Duration length = Duration.ofSeconds(options.thorough() ? 60 : 3);
        new ListClients(bridge.port(), ListClients.LIST, ListClients.GZIP, 1, pause).ask(length);
    }

    private static ListClients list(ChildBridge bridge, String header, int clients, int pauseMillis) {
        return new ListClients(bridge.port(), ListClients.LIST, header, clients, Duration.ofMillis(pauseMillis));
    }

    private static ListClients live(ChildBridge bridge) {
        return new ListClients(bridge.port(), "/health/live", 1, Duration.ofMillis(5));
    }

    private void row(String name, MeasuredFarm farm, ListClients clients) throws IOException, InterruptedException {
        MeasurementSeries figures = new MeasurementSeries();
        Duration window = options.window(farm.printers());
        for (int i = 0; i < (options.thorough() ? 5 : 1); i++) {
            farm.begin();
            Histogram latencies = clients.ask(window);
            figures.add("rate", (double) latencies.getTotalCount() / window.toSeconds());
            figures.add("p50", latencies.getValueAtPercentile(50) / 1e6);
            figures.add("p99", latencies.getValueAtPercentile(99) / 1e6);
            figures.add("max", latencies.getMaxValue() / 1e6);
            figures.add("stale", farm.end().getJsonObject("staleness_ms").getDouble("p99"));
        }
        row(
                name,
                figures.text("rate", 0),
                figures.text("p50", 2),
                figures.text("p99", 2),
                figures.text("max", 1),
                figures.text("stale", 0));
    }

    private void besideReadyBytes(String name) throws IOException, InterruptedException {
        int brokerPort = Ports.free();
        try (Mosquitto broker = Mosquitto.open(brokerPort);
                MeasuredFarm farm = MeasuredFarm.start(name, brokerPort, 0);
                BridgeDirectory directory = BridgeDirectory.open()) {
            directory.register(farm.registrations());
            BridgeSetup setup = BridgeSetup.standard()
                    .flags("-XX:+UseSerialGC", "-Xmx256m")
                    .broker(broker.url())
                    .pollingEvery(NEVER);
            try (ChildBridge bridge = ChildBridge.start(setup, directory)) {
                compare(name, bridge, directory);
            }
        }
    }

    private void compare(String name, ChildBridge bridge, BridgeDirectory directory)
            throws IOException, InterruptedException {
        fetch(bridge, "/api/printers?fresh=true", "identity");
        HttpResponse<byte[]> plain = fetch(bridge, ListClients.LIST, "identity");
        HttpResponse<byte[]> gzip = fetch(bridge, ListClients.LIST, "gzip");
        String etag = plain.headers().firstValue("etag").orElseThrow();
        Path plainFile = Files.write(directory.folder().resolve("plain"), plain.body());
        Path gzipFile = Files.write(directory.folder().resolve("gzip"), gzip.body());
        Process ready = new ProcessBuilder(
                        Jvm.program("java"),
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PreparedResponseServer.class.getName(),
                        plainFile.toString(),
                        gzipFile.toString(),
                        etag)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            int readyPort = Integer.parseInt(ready.inputReader().readLine());
            lines.add("");
            lines.add("### " + name + " without polling, maximum rate (wrk, one thread); " + plain.body().length / 1_000
                    + " KB, " + gzip.body().length / 1_000 + " KB compressed");
            lines.add("");
            head(
                    "answer",
                    "connections",
                    "requests a second",
                    "p50 / p99 ms",
                    "prepared bytes: requests a second",
                    "p50 / p99 ms",
                    "×");
            List<String> headers = List.of(ListClients.PLAIN, ListClients.GZIP, "If-None-Match: " + etag);
            List<String> names = List.of("plain", "gzip", "304");
            for (int i = 0; i < headers.size(); i++) {
                pair(names.get(i), headers.get(i), 1, bridge.port(), readyPort);
                pair(names.get(i), headers.get(i), 32, bridge.port(), readyPort);
            }
        } finally {
            ready.getOutputStream().close();
            ChildProcess.awaitEnd(ready);
        }
    }

    private void pair(String name, String header, int connections, int bridge, int ready) throws IOException {
        MeasurementSeries figures = new MeasurementSeries();
        long seconds = options.thorough() ? 6 : 1;
        for (int i = 0; i < (options.thorough() ? 5 : 1); i++) {
            Wrk.ask(bridge, ListClients.LIST, header, connections, seconds, figures, "");
            Wrk.ask(ready, ListClients.LIST, header, connections, seconds, figures, "ready_");
        }
        row(
                name,
                Integer.toString(connections),
                figures.text("rate", 0),
                figures.text("p50", 2) + " / " + figures.text("p99", 2),
                figures.text("ready_rate", 0),
                figures.text("ready_p50", 2) + " / " + figures.text("ready_p99", 2),
                MeasurementSeries.number(figures.median("rate") / figures.median("ready_rate"), 2));
    }

    private static HttpResponse<byte[]> fetch(ChildBridge bridge, String path, String encoding)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bridge.port() + path))
                .header("Accept-Encoding", encoding)
                .timeout(Duration.ofSeconds(60))
                .build();
        HttpResponse<byte[]> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(path + ": status " + response.statusCode());
        }
        return response;
    }

    private void head(String... columns) {
        row(columns);
        lines.add("| --- ".repeat(columns.length) + "|");
    }

    private void row(String... cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
        System.err.println(lines.get(lines.size() - 1));
    }
}
