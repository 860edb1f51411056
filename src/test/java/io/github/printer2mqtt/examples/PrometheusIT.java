package io.github.printer2mqtt.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.Prometheus;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** examples/prometheus and examples/grafana with a real Prometheus and promtool. */
@Timeout(120)
class PrometheusIT {
    private static final Path EXAMPLES = Path.of("examples", "prometheus");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private ExampleFleet fleet;

    @BeforeEach
    void open() {
        fleet = ExampleFleet.open(folder);
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void promtoolAcceptsMetricsConfigurationAndRules() {
        fleet.startBridge();
        HttpApi api = HttpApi.at(fleet.bridge().httpPort());
        api.awaitState(ExampleFleet.VORON, "idle");
        api.get("/api/printers");

        assertThat(Prometheus.promtool(folder, api.get("/metrics").body(), "check", "metrics"))
                .isEmpty();
        Prometheus.promtool(
                folder,
                "",
                "check",
                "config",
                EXAMPLES.resolve("prometheus.yml").toString());
        assertThat(Prometheus.promtool(
                        folder,
                        "",
                        "test",
                        "rules",
                        EXAMPLES.resolve("alerts-test.yml").toString()))
                .contains("SUCCESS");
    }

    @Test
    void alertsFireAndEveryQueryOfTheDashboardAnswers() throws IOException {
        fleet.startBridge();
        HttpApi api = HttpApi.at(fleet.bridge().httpPort());
        api.awaitState(ExampleFleet.VORON, "idle");
        api.awaitState(ExampleFleet.ENDER, "idle");
        try (Prometheus prometheus =
                Prometheus.start(folder, configuration(fleet.bridge().httpPort()))) {
            await(
                    "it scrapes the bridge",
                    () -> !prometheus.query("printer2mqtt_mqtt_connected == 1").isEmpty());
            assertThat(prometheus.firing()).isEmpty();

            fleet.voron().printer().fail("Heater extruder not heating at expected rate");
            Await.done(fleet.ender().behave(Behaviour.refusing()));
            fleet.broker().kill();

            await("an alert of the printer", () -> fires(prometheus, "PrinterOffline", "printer", ExampleFleet.ENDER));
            await("an alert of the broker", () -> fires(prometheus, "Printer2mqttBrokerLost", "severity", "critical"));
            await("the bridge's own alert", () -> fires(prometheus, "PrinterNeedsAttention", "code", "error"));
            assertThat(prometheus.firing()).noneMatch(labels -> ExampleFleet.MK4.equals(labels.getString("printer")));

            Set<String> silent = new TreeSet<>();
            await("an answer to every query of the dashboard", () -> {
                silent.clear();
                GrafanaDashboard.read().panels().stream()
                        .flatMap(panel -> GrafanaDashboard.targets(panel).stream())
                        .map(PrometheusIT::expression)
                        .filter(expression -> prometheus.query(expression).isEmpty())
                        .forEach(silent::add);
                return silent.isEmpty();
            });

            Await.done(fleet.bridge().registrations().remove(new PrinterId(ExampleFleet.ENDER)));
            fleet.broker().restart();
            await(
                    "no alert but that of the failed printer",
                    () -> prometheus.firing().size() == 1);

            fleet.stopBridge();
            await("an alert of the bridge", () -> fires(prometheus, "Printer2mqttDown", "job", "printer2mqtt"));
        }
    }

    /** As Grafana asks for all bridges and a resolution at which a rate has enough points. */
    private static String expression(JsonObject target) {
        return target.getString("expr")
                .replace("$__rate_interval", "5s")
                .replace("$job", "printer2mqtt")
                .replace("$instance", ".*");
    }

    private static boolean fires(Prometheus prometheus, String alert, String label, String value) {
        return prometheus.firing().stream()
                .anyMatch(
                        labels -> alert.equals(labels.getString("alertname")) && value.equals(labels.getString(label)));
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) {
        Await.until(what, PATIENCE, condition);
    }

    /** The example with another address and shorter times. */
    private Path configuration(int port) throws IOException {
        Files.writeString(
                folder.resolve("alerts.yml"),
                Files.readString(EXAMPLES.resolve("alerts.yml")).replaceAll("for: \\d+m", "for: 400ms"));
        String configuration = Files.readString(EXAMPLES.resolve("prometheus.yml"))
                .replaceAll("_interval: 15s", "_interval: 200ms")
                .replace("127.0.0.1:8080", "127.0.0.1:" + port);
        assertThat(configuration).contains("scrape_interval: 200ms", "127.0.0.1:" + port);
        return Files.writeString(folder.resolve("prometheus.yml"), configuration);
    }
}
