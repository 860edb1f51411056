package io.github.printer2mqtt.mqtt;

import static io.github.printer2mqtt.mqtt.MqttScenario.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.printer2mqtt.config.CommandsConfig.GuardedRequest;
import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.TcpProxy;
import io.github.printer2mqtt.testing.TestSubscriber.Heard;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** How commands must work with every broker and both protocol versions. */
abstract class CommandContract extends MessageContract {
    private static final String PAUSE = "printers/a/command/pause";
    private static final String NOZZLE = "printers/a/command/nozzle_temperature";
    private static final String PAUSED = "printers/a/response/pause";

    /** A message and the error code of its response. */
    private record Case(String request, String payload, String code) {}

    @TestWithBothVersions
    void invalidMessagesAreRefusedWithStableCodes(Version version) {
        List<Case> cases = List.of(
                new Case("printers/a/command/cancel", "", "not_allowed"),
                new Case("printers/a/command/emergency_stop", "", "not_allowed"),
                new Case(NOZZLE, "", "invalid_field"),
                new Case(NOZZLE, "{}", "invalid_field"),
                new Case(NOZZLE, "351", "invalid_field"),
                new Case(NOZZLE, "-1", "invalid_field"),
                new Case(NOZZLE, "1e400", "invalid_field"),
                new Case(NOZZLE, "true", "invalid_field"),
                new Case(NOZZLE, "\"215\"", "invalid_field"),
                new Case(NOZZLE, "{\"target\":\"215\\nM112\"}", "invalid_field"),
                new Case(NOZZLE, "{\"target\":215,\"wait\":true}", "invalid_field"),
                new Case(NOZZLE, "{\"target\":215,\"\\ud800\":true}", "invalid_field"),
                new Case(NOZZLE, "NaN", "malformed_json"),
                new Case(NOZZLE, "215 M112", "malformed_json"),
                new Case(NOZZLE, "215C", "malformed_json"),
                new Case(NOZZLE, "[215]", "malformed_json"),
                new Case(NOZZLE, "null", "malformed_json"),
                new Case(PAUSE, "215", "malformed_json"),
                new Case("printers/a/command/explode", "", "unknown_verb"),
                new Case("printers/nobody/command/refresh", "", "printer_not_found"),
                new Case("printers/Not An Id/command/pause", "", "printer_not_found"),
                new Case("printers/off/command/refresh", "", "printer_offline"),
                new Case(PAUSE, "[]", "malformed_json"),
                new Case(PAUSE, "PRESS", "malformed_json"),
                new Case(PAUSE, "{\"transaction\":\"t\"", "malformed_json"),
                new Case(PAUSE, "null", "malformed_json"),
                new Case(PAUSE, "{} // now", "malformed_json"),
                new Case(NOZZLE, "{\"target\":0,\"target\":215}", "malformed_json"),
                new Case(PAUSE, "[".repeat(5000), "malformed_json"),
                new Case(PAUSE, "{\"transaction\":[]}", "invalid_field"),
                new Case(PAUSE, "{\"transaction\":\"" + "x".repeat(201) + "\"}", "invalid_field"),
                new Case(PAUSE, "{\"force\":true}", "invalid_field"),
                new Case(PAUSE, "{\"x\":\"" + "x".repeat(70_000) + "\"}", "too_large"),
                new Case("bridge/request/reboot", "", "unknown_verb"),
                new Case("bridge/request/printers/paint", "{}", "unknown_verb"),
                new Case("bridge/request/printers/remove", "{\"id\":\"a\"}", "not_allowed"),
                new Case("bridge/request/printers/add", "{}", "not_allowed"),
                new Case("bridge/request/printers/change", "{\"id\":\"a\"}", "invalid_field"),
                new Case("bridge/request/printers/change", "{\"patch\":{}}", "invalid_field"),
                new Case("bridge/request/printers/refresh", "{\"id\":7}", "invalid_field"),
                new Case("bridge/request/printers/refresh", "{\"id\":\"nobody\"}", "printer_not_found"),
                new Case("bridge/request/health_check", "{\"deep\":1}", "invalid_field"));
        bridge.register("a").registerDisabled("off");
        bridge.allowing(Set.of(Verb.PAUSE, Verb.NOZZLE_TEMPERATURE), Set.of(GuardedRequest.CHANGE));
        start(version);
        SoftAssertions all = new SoftAssertions();
        for (Case each : cases) {
            String where = BASE + "/"
                    + each.request().replace("/command/", "/response/").replace("/request/", "/response/");
            int before = user.of(where).size();
            send(each.request(), each.payload());
            Await.until("a response on " + where, () -> user.of(where).size() > before);
            all.assertThat(code(user.of(where).get(before).json()))
                    .as(each.toString())
                    .isEqualTo(each.code());
        }
        all.assertThat(bridge.services.calls).isEmpty();
        all.assertThat(user.of(BASE + "/printers/a/response/cancel").get(0).text())
                .isEqualTo("{\"status\":\"error\",\"error\":{\"code\":\"not_allowed\",\"message\":\"the command"
                        + " cancel is not allowed over MQTT; add it to commands.mqtt in the configuration\"}}");
        all.assertAll();
    }

    @TestWithBothVersions
    void allowedCommandIsExecutedOnceAndGetsAResponse(Version version) {
        bridge.register("a").idle("a").allowing(Set.of(Verb.PAUSE), Set.of());
        start(version);
        send(PAUSE, "{\"transaction\":\"one\"}");
        send(PAUSE, "{\"transaction\":\"one\"}");
        send(PAUSE, "{\"transaction\":7}");
        Heard last = user.await(BASE + "/" + PAUSED, heard -> heard.text().contains("7"));
        assertThat(last.text()).isEqualTo("{\"status\":\"ok\",\"data\":{},\"transaction\":7}");
        assertThat(last.retained()).isFalse();
        assertThat(bridge.awaitHeard(user).services.calls).hasSize(2);
        assertThat(user.of(BASE + "/" + PAUSED)).hasSize(2);
        assertThat(bridge.services.calls).containsExactly("pause a", "pause a");
        send(PAUSE, "");
        Await.until("executed without a transaction", () -> bridge.services.calls.size() == 3);
        bridge.awaitHeard(user);
        int states = user.of(bridge.state("a")).size();
        send("printers/a/command/refresh", "{\"transaction\":\"two\"}");
        assertThat(code(response("printers/a/response/refresh", "two"))).isEqualTo("ok");
        Await.until("the state is sent again", () -> user.of(bridge.state("a")).size() == states + 1);
        assertThat(bridge.services.calls).endsWith("poll a");
    }

    @TestWithBothVersions
    void retainedCommandIsNeverExecuted(Version version) {
        bridge.register("a").idle("a").allowing(EnumSet.allOf(Verb.class), Set.of());
        user.publish(BASE + "/" + PAUSE, "{\"transaction\":\"kept\"}", true);
        user.publish(BASE + "/" + NOZZLE, "215", true);
        user.publish(BASE + "/bridge/request/printers/refresh", "{\"transaction\":\"kept\"}", true);
        bridge.start(MqttScenario.options(broker.port(), version));
        assertThat(code(response(PAUSED, "kept"))).isEqualTo("retained_refused");
        assertThat(code(response("bridge/response/printers/refresh", "kept"))).isEqualTo("retained_refused");
        Heard heated = user.await(BASE + "/printers/a/response/nozzle_temperature", heard -> true);
        assertThat(code(heated.json())).isEqualTo("retained_refused");
        awaitOnline(user);
        if (version == Version.V5) {
            user.publish(BASE + "/printers/a/command/cancel", "{\"transaction\":\"now\"}", true);
            assertThat(code(response("printers/a/response/cancel", "now")))
                    .as("also while the bridge is subscribed")
                    .isEqualTo("retained_refused");
        }
        assertThat(bridge.services.calls).isEmpty();
    }

    @TestWithBothVersions
    void responseIsSentToTheResponseTopicWithItsCorrelationData(Version version) {
        try (Mqtt5Requester requester = new Mqtt5Requester(broker.port())) {
            bridge.register("a").idle("a").allowing(Set.of(Verb.PAUSE), Set.of());
            start(version);
            requester.request(BASE + "/" + PAUSE, "{\"transaction\":\"one\"}", "c1");
            requester.request(BASE + "/bridge/request/health_check", "{\"transaction\":\"two\"}", "c2");
            assertThat(code(response(PAUSED, "one"))).isEqualTo("ok");
            JsonObject health = response("bridge/response/health_check", "two").getJsonObject("data");
            assertThat(health.getBoolean("healthy")).isTrue();
            assertThat(health.getJsonObject("parts").getJsonObject("broker").getString("level"))
                    .isEqualTo("up");
            if (version == Version.V5) {
                Await.until(
                        "both responses received", () -> requester.responses().size() == 2);
                assertThat(requester.responses())
                        .extracting(
                                Heard::correlation, response -> response.json().getString("transaction"))
                        .containsExactlyInAnyOrder(tuple("c1", "one"), tuple("c2", "two"));
            } else {
                assertThat(requester.responses())
                        .as("3.1.1 has no response topics")
                        .isEmpty();
            }
        }
    }

    @Test
    void expiredMessageIsRefused() {
        try (Mqtt5Requester requester = new Mqtt5Requester(broker.port())) {
            bridge.register("a").idle("a").allowing(Set.of(Verb.PAUSE), Set.of());
            start(Version.V5);
            CountDownLatch stuck = new CountDownLatch(1);
            bridge.services.executionResult = () -> {
                await(stuck);
                return Future.succeededFuture();
            };
            requester.request(BASE + "/" + PAUSE, "{\"transaction\":\"slow\"}", "c1");
            Await.until("the bridge is stuck", () -> bridge.services.calls.size() == 1);
            requester.requestExpiring(1, BASE + "/" + PAUSE, "{\"transaction\":\"late\"}", "c2");
            requester.requestExpiring(60, BASE + "/" + PAUSE, "{\"transaction\":\"patient\"}", "c3");
            long end = System.nanoTime() + Duration.ofMillis(1500).toNanos();
            Await.until("the expiry interval is over", () -> System.nanoTime() > end);
            stuck.countDown();
            assertThat(code(response(PAUSED, "patient"))).isEqualTo("ok");
            assertThat(user.of(BASE + "/" + PAUSED))
                    .extracting(heard -> heard.json().getString("transaction"), heard -> code(heard.json()))
                    .contains(tuple("late", "expired"));
            assertThat(bridge.services.calls).hasSize(2);
        }
    }

    @TestWithBothVersions
    void atMostThirtyTwoCommandsRunAtOnce(Version version) {
        bridge.register("a").idle("a").allowing(Set.of(Verb.PAUSE), Set.of());
        Promise<Void> silence = Promise.promise();
        bridge.services.executionResult = silence::future;
        start(version);
        for (int i = 0; i < 33; i++) {
            send(PAUSE, "{\"transaction\":\"t" + i + "\"}");
        }
        assertThat(code(response(PAUSED, "t32"))).isEqualTo("busy");
        assertThat(bridge.services.calls).hasSize(32);
        silence.complete();
        Await.until("all have responses", () -> user.of(BASE + "/" + PAUSED).size() == 33);
        send(PAUSE, "{\"transaction\":\"t32\"}");
        Await.until("a refused transaction may be sent again", () -> bridge.services.calls.size() == 33);
    }

    @TestWithBothVersions
    void commandsWorkAfterAReconnect(Version version) {
        try (TcpProxy network = TcpProxy.to(bridge.vertx, broker.port())) {
            bridge.register("a").idle("a").allowing(Set.of(Verb.PAUSE), Set.of());
            bridge.start(MqttScenario.options(network.port(), version));
            awaitOnline(user);
            network.cut();
            user.await(BASE + "/bridge/state", heard -> heard.text().contains("offline"));
            send(PAUSE, "{\"transaction\":\"meanwhile\"}");
            network.restore();
            awaitOnline(user);
            send(PAUSE, "{\"transaction\":\"again\"}");
            assertThat(code(response(PAUSED, "again"))).isEqualTo("ok");
            assertThat(bridge.services.calls)
                    .as("messages sent during the outage are not executed later")
                    .hasSize(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test never went on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
