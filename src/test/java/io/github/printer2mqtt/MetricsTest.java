package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.LosableOwnership;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.testing.TestBroker;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of a whole bridge: what docs/reference/http.md, "Metrics" lists, moving when its cause does. */
@Timeout(60)
class MetricsTest {
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    private final PrinterServer voron = printers.start(new MoonrakerSimulator(SimulatedPrinters.machine("Voron")));

    @Test
    void documentListsExactlyTheseMetrics() {
        JsonObject webhook =
                new JsonObject().put("url", "http://127.0.0.1:9/").put("secret", "a-secret-of-the-webhook");
        JsonObject configuration = RunningBridge.configuration(folder)
                .put("notify", new JsonObject().put("webhook", webhook))
                .put(
                        "sites",
                        new JsonArray()
                                .add(new JsonObject().put("name", "north").put("base_topic", "metrics/north")))
                .put("alerts", new JsonObject().put("offline", new JsonObject().put("after", "1s")));
        try (RunningBridge bridge = RunningBridge.start(configuration, new LosableOwnership())) {
            HttpApi api = bridge.api();
            api.register(SimulatedPrinters.registration("voron", voron));
            api.awaitState("voron", "idle");
            // Its age is missing while nothing is online, its alert while it is, so the other printer never answers.
            api.register(SimulatedPrinters.registration("dead", voron)
                    .put("driver", "octoprint")
                    .put("address", "127.0.0.1:9"));
            Await.until("an alert", () -> metrics(api).contains("printer2mqtt_printer_alert{"));
            HttpApi.json(api.post("/api/backup", new JsonObject()), 201);

            String text = metrics(api);

            Map<String, String> found = new TreeMap<>();
            TYPE.matcher(text).results().forEach(type -> found.put(type.group(1), type.group(2) + labels(text, type)));
            Map<String, String> documented = new TreeMap<>();
            for (List<String> row : MarkdownDocument.reference("http.md").rows("## Metrics")) {
                MarkdownDocument.quoted(row.get(0))
                        .forEach(name ->
                                documented.put(name, row.get(1) + new TreeSet<>(MarkdownDocument.quoted(row.get(2)))));
            }
            assertThat(found)
                    .containsKeys(
                            "process_cpu_seconds_total",
                            "process_start_time_seconds",
                            "jvm_memory_used_bytes",
                            "jvm_memory_max_bytes",
                            "jvm_gc_collection_seconds",
                            "jvm_threads_current");
            found.keySet().removeIf(name -> name.startsWith("process_") || name.startsWith("jvm_"));
            assertThat(found).isEqualTo(documented);
        }
    }

    /** The labels of the series of a metric; a bucket's limit is none of ours. */
    private static Set<String> labels(String text, MatchResult type) {
        Set<String> labels = new TreeSet<>();
        text.lines()
                .filter(line -> line.startsWith(type.group(1)))
                .filter(line -> line.matches(Pattern.quote(type.group(1)) + "(_bucket|_count|_sum)?(\\{.*| .*)"))
                .forEach(line -> labels.addAll(MarkdownDocument.found(LABEL, line)));
        labels.remove("le");
        return labels;
    }

    @Test
    void metricsFollowThePrinterAndTheBroker() {
        try (TestBroker broker = TestBroker.fresh();
                RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder, broker.port()))) {
            HttpApi api = bridge.api();
            api.register(SimulatedPrinters.registration("voron", voron));
            api.awaitState("voron", "idle");
            await(api, "printer2mqtt_mqtt_connected 1.0");
            await(api, "printer2mqtt_component_up{component=\"broker\"} 1.0");
            await(api, "printer2mqtt_printer_online{printer=\"voron\"} 1.0");
            await(api, "printer2mqtt_mqtt_queued_messages 0.0");
            assertThat(value(api, "printer2mqtt_mqtt_published_total")).isPositive();
            assertThat(value(api, "printer2mqtt_polls_total{result=\"ok\"}")).isPositive();
            assertThat(value(api, "printer2mqtt_poll_latency_seconds_sum")).isPositive();
            assertThat(value(
                            api,
                            "printer2mqtt_build_info{java=\"" + System.getProperty("java.version")
                                    + "\",version=\"0.1.0-SNAPSHOT\"}"))
                    .isEqualTo(1);

            Await.done(voron.behave(Behaviour.refusing()));
            broker.kill();

            await(api, "printer2mqtt_printer_online{printer=\"voron\"} 0.0");
            await(api, "printer2mqtt_printers_offline{reason=\"refused\"} 1.0");
            await(api, "printer2mqtt_mqtt_connected 0.0");
            await(api, "printer2mqtt_component_up{component=\"broker\"} 0.0");
            Await.until("queued", () -> value(api, "printer2mqtt_mqtt_queued_messages") > 0);
            Await.until("failed connects", () -> value(api, "printer2mqtt_mqtt_failed_connects_total") > 0);
            assertThat(value(api, "printer2mqtt_polls_total{result=\"refused\"}"))
                    .isPositive();
            assertThat(metrics(api)).doesNotContain("printer2mqtt_reading_age_max_seconds ");
            assertThat(api.get("/metrics?printers=false").body())
                    .contains("printer2mqtt_printers{state=\"offline\"} 1.0")
                    .doesNotContain("voron");
            assertThat(api.get("/metrics?printers=no").statusCode()).isEqualTo(400);
        }
    }

    private static void await(HttpApi api, String line) {
        Await.until(line, () -> metrics(api).lines().anyMatch(line::equals));
    }

    private static double value(HttpApi api, String series) {
        return metrics(api)
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + series));
    }

    private static String metrics(HttpApi api) {
        return api.get("/metrics").body();
    }
}
