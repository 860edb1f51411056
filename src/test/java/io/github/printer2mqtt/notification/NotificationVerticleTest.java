package io.github.printer2mqtt.notification;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.config.NotifyConfig;
import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.fleet.Observation;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.notification.NotificationService.TestResult;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.TestFleet;
import io.github.printer2mqtt.testing.TestPrinters;
import io.github.printer2mqtt.testing.VertxInstance;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NotificationVerticleTest {
    private static final PrinterId ID = new PrinterId("mk4");
    private static final PrinterId OTHER = new PrinterId("xl");
    private static final Instant AT = Instant.parse("2026-11-21T09:50:00Z");
    private static final String KEY = "0123456789abcdef";

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();
    private final FleetState fleet = TestFleet.create(0, System::nanoTime);
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private final HttpServer server = done(vertx.createHttpServer()
            .requestHandler(request -> request.body().onSuccess(body -> {
                received.add(new Received(request.path(), request.headers(), body.toString()));
                request.response().setStatusCode(status).end();
            }))
            .listen(0, "127.0.0.1"));

    private record Received(String path, MultiMap headers, String body) {
        JsonObject json() {
            return new JsonObject(body);
        }
    }

    @Test
    void webhookGetsASignedDocument() throws GeneralSecurityException {
        start(webhook("/hook?key=canary", Set.of()));

        finishes(ID, "shelf-a", null);

        until("the event arrives", () -> received.size() == 1);
        Received first = received.get(0);
        JsonObject document = first.json();
        assertThat(document.getString("type")).isEqualTo("event");
        assertThat(document.getString("title")).isEqualTo("Drucker Ü: print finished");
        assertThat(document.getString("message")).isEqualTo("clip.gcode");
        assertThat(document.getString("group")).isEqualTo("shelf-a");
        assertThat(document.getValue("alert")).isNull();
        assertThat(document.getJsonObject("event").getString("event_id"))
                .isEqualTo(document.getString("id"))
                .isEqualTo(first.headers().get("X-Printer2mqtt-Id"));
        String timestamp = first.headers().get("X-Printer2mqtt-Timestamp");
        assertThat(Instant.ofEpochSecond(Long.parseLong(timestamp)))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] signed = (timestamp + "." + first.body()).getBytes(StandardCharsets.UTF_8);
        assertThat(first.headers().get("X-Printer2mqtt-Signature"))
                .isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(signed)));
    }

    @Test
    void ntfyGetsAlertsWithPriority() {
        NotificationVerticle running = start(new NotifyConfig(
                null,
                new NotifyConfig.Ntfy(Secret.of(url("/base/farm")), Secret.of(KEY)),
                Set.of(),
                Set.of(AlertCode.ERROR),
                Set.of()));
        register(ID, null, null);
        Alert alert = alert(ID, AlertCode.ERROR);

        running.onAlert(Alert.Change.opened(alert(ID, AlertCode.OFFLINE)));
        running.onAlert(Alert.Change.opened(alert));
        running.onAlert(Alert.Change.cleared(alert));

        until("both arrive", () -> received.size() == 2);
        assertThat(received.get(0).path()).isEqualTo("/base/");
        assertThat(received.get(0).headers().get("Authorization")).isEqualTo("Bearer " + KEY);
        assertThat(received)
                .extracting(Received::json)
                .containsExactly(published("Drucker Ü: error", 5), published("Drucker Ü: error cleared", 2));
    }

    private static JsonObject published(String title, int priority) {
        return new JsonObject()
                .put("topic", "farm")
                .put("title", title)
                .put("message", "Error: MINTEMP")
                .put("priority", priority);
    }

    @Test
    void otherGroupsAndPrintersInMaintenanceAreNotSent() {
        NotificationVerticle running = start(webhook("/hook", Set.of("shelf-a")));

        finishes(ID, "shelf-a", new Printer.Maintenance("new belt", AT));
        running.onAlert(Alert.Change.opened(alert(ID, AlertCode.ERROR)));
        finishes(OTHER, "shelf-b", null);
        running.onAlert(Alert.Change.opened(alert(OTHER, AlertCode.ERROR)));
        finishes(new PrinterId("last"), "shelf-a", null);

        until("the wanted event arrives", () -> !received.isEmpty());
        assertThat(received)
                .extracting(each -> each.json().getString("printer"))
                .containsExactly("last");
    }

    @Test
    void testReportsEachReceiver() {
        status = 401;
        NotificationVerticle running = start(new NotifyConfig(
                new NotifyConfig.Webhook(Secret.of("http://127.0.0.1:" + Ports.free() + "/canary"), Secret.of(KEY)),
                new NotifyConfig.Ntfy(Secret.of(url("/farm")), null),
                Set.of(),
                Set.of(),
                Set.of()));

        List<TestResult> results = done(running.test());

        assertThat(results).extracting(TestResult::receiver).containsExactly("webhook", "ntfy");
        assertThat(results).noneMatch(TestResult::isDelivered);
        assertThat(results.get(0).detail()).isNotBlank().doesNotContain("canary");
        assertThat(results.get(1).detail()).isEqualTo("it answers with status 401");
        status = 200;
        assertThat(done(running.test()).get(1)).isEqualTo(new TestResult("ntfy", true, null));
    }

    @Test
    void nothingIsSentWithoutAReceiver() {
        NotificationVerticle running =
                start(new NotifyConfig(null, null, Set.of(PrinterEvent.Type.PRINT_FINISHED), Set.of(), Set.of()));

        finishes(ID, null, null);

        assertThat(done(running.test())).isEmpty();
        assertThat(received).isEmpty();
    }

    private NotificationVerticle start(NotifyConfig config) {
        NotificationVerticle started =
                new NotificationVerticle(config, fleet, new MetricsRegistry(), Ownership.alone());
        done(vertx.deployVerticle(started));
        return started;
    }

    private NotifyConfig webhook(String path, Set<String> groups) {
        return new NotifyConfig(
                new NotifyConfig.Webhook(Secret.of(url(path)), Secret.of(KEY)),
                null,
                Set.of(PrinterEvent.Type.PRINT_FINISHED),
                Set.of(AlertCode.ERROR),
                groups);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.actualPort() + path;
    }

    private static Alert alert(PrinterId printer, AlertCode code) {
        return new Alert(printer, code, Alert.Severity.CRITICAL, "Error: MINTEMP", AT);
    }

    private long register(PrinterId id, @Nullable String group, Printer.@Nullable Maintenance maintenance) {
        Printer plain = TestPrinters.printer(id, "Drucker Ü", "prusalink", "192.0.2.20", group);
        Printer printer = new Printer(
                id,
                plain.name(),
                plain.driver(),
                plain.address(),
                null,
                group,
                List.of(),
                true,
                plain.polling(),
                null,
                plain.alerts(),
                null,
                maintenance);
        return fleet.register(printer, Set.of(), 2);
    }

    private void finishes(PrinterId id, @Nullable String group, Printer.@Nullable Maintenance maintenance) {
        long generation = register(id, group, maintenance);
        for (PrinterState state : List.of(PrinterState.PRINTING, PrinterState.FINISHED)) {
            Job job = new Job("1", "clip.gcode", 99.0, 100L, 1L, null, null);
            Reading reading = new Reading(state, "x", null, Temperatures.unknown(), job, null, null, null, null);
            fleet.record(new Observation(id, generation, reading, Duration.ZERO, AT));
        }
    }
}
