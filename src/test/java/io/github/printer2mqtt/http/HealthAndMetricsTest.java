package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.net.AcceptFilterTransport;
import io.github.printer2mqtt.site.MirroredSites;
import io.github.printer2mqtt.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HealthAndMetricsTest {
    @RegisterExtension
    private final RunningApi api = RunningApi.start();

    @Test
    void degradedBridgeIsReady() {
        api.metricsRegistry.addHealthCheck("database", Health::up);
        api.metricsRegistry.addHealthCheck("broker", () -> Health.degraded("connection refused"));

        HttpResponse<String> response = api.get("/health/ready");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"status\":\"degraded\",\"parts\":{"
                        + "\"broker\":{\"status\":\"degraded\",\"detail\":\"connection refused\"},"
                        + "\"database\":{\"status\":\"up\",\"detail\":null}}}");
    }

    @Test
    void detailsNeedTheToken() {
        try (RunningApi authenticated = RunningApi.startWithToken()) {
            authenticated.metricsRegistry.addHealthCheck(
                    "broker", () -> Health.degraded("mqtt://me@broker.lan refuses the password"));

            assertThat(authenticated.get("/health/ready").body())
                    .contains("\"broker\":{\"status\":\"degraded\",\"detail\":null}")
                    .doesNotContain("broker.lan");
            assertThat(authenticated
                            .get("/health/ready", "Authorization", "Bearer " + RunningApi.TOKEN)
                            .body())
                    .contains("broker.lan");
        }
    }

    @Test
    void bridgeIsNotReadyWhileAPartIsDown() {
        api.metricsRegistry.addHealthCheck("database", () -> Health.down("disk full"));

        assertThat(api.get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void apiListensBeforePrintersAreLoaded() {
        api.registryLoaded.set(false);

        HttpResponse<String> response = api.get("/health/ready");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(response.body())
                        .getJsonObject("parts")
                        .getJsonObject("registry")
                        .getString("status"))
                .isEqualTo("down");
        assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(api.get("/metrics").statusCode()).isEqualTo(200);
        assertThat(api.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void requestsAreCountedByRouteTemplate() {
        api.get("/api/printers/one");
        api.get("/api/printers/two");
        api.get("/api/printers");

        HttpResponse<String> meters = api.get("/metrics");

        assertThat(meters.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(meters.body())
                .contains(
                        "printer2mqtt_http_requests_total{method=\"GET\",route=\"/api/printers/{id}\",status=\"4xx\"} 2.0",
                        "printer2mqtt_http_requests_total{method=\"GET\",route=\"/api/printers\",status=\"2xx\"} 1.0",
                        "printer2mqtt_http_request_duration_seconds_count{route=\"/api/printers\"} 1",
                        "printer2mqtt_http_connections 1.0")
                .doesNotContain("/one", "/two");
    }

    /** 84, 85: no text of a user or a printer is a label, so none can break the format or fill the memory. */
    @Test
    void labelsHaveNoTextFromOutside() {
        int series = series();
        for (int i = 0; i < 500; i++) {
            String evil = "x" + i + "\"\\\n} 1";
            api.fleet.register("p" + i, "group" + i);
            api.fleet.record("p" + i, printing(evil));
            api.get("/api/printers/p" + i);
            api.get("/no/such/" + i, "User-Agent", "agent" + i);
        }

        String metrics = api.get("/metrics").body();

        assertThat(metrics.lines())
                .allMatch(line -> line.matches("#.*|[a-z0-9_]+(\\{([a-z_]+=\"[^\"\\\\]*\",?)*\\})? [-+0-9.eEINFNa]+"));
        assertThat(metrics).doesNotContain("x499", "p499", "group499", "agent499", "such");
        assertThat(series()).isLessThan(series + 50);
    }

    private int series() {
        return (int) api.get("/metrics").body().lines().count();
    }

    private static Reading printing(String file) {
        Job job = new Job(null, file, 10.0, 60L, 600L, null, null);
        return new Reading(
                PrinterState.PRINTING, "printing", null, Temperatures.unknown(), job, null, null, null, null);
    }

    /** Sampling exemplars would; the text format 0.0.4 has none. */
    @Test
    void countingStartsNoThread() {
        api.get("/api/printers");

        assertThat(api.get("/metrics").body())
                .contains("printer2mqtt_http_request_duration_seconds_count{route=\"/api/printers\"} 1");
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("prometheus"));
    }

    @Test
    void portInUseIsReportedInOneLine() {
        BridgeConfig.Http taken = new BridgeConfig.Http("127.0.0.1", api.port(), null, List.of(), List.of());
        ApiServices services = new ApiServices(
                api.fleet.state(),
                api.registrations,
                new InMemoryDiagnoses(api.registrations, api.failingDiagnoses),
                api.commands,
                api.monitoring,
                new io.github.printer2mqtt.metrics.MetricsRegistry(),
                () -> true,
                api.logLevels,
                api.alerts,
                api.notifications,
                new InMemoryTemperatures(),
                new InMemoryPictures(),
                new InMemoryHistory(),
                api.backups,
                api.access,
                () -> Future.succeededFuture(new byte[] {'P', 'K'}),
                MirroredSites.of(List.of(), System::nanoTime),
                Ownership.alone());

        Throwable failure = Await.failure(
                api.vertx.deployVerticle(new HttpVerticle(taken, services, "s", AcceptFilterTransport.create())));

        assertThat(failure)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("http.port")
                .hasMessageContaining("found " + api.port() + " on 127.0.0.1")
                .hasMessageContaining("PRINTER2MQTT_HTTP_PORT");
        assertThat(failure.getMessage()).doesNotContain("\n");
    }
}
