package io.github.printer2mqtt.mqtt;

import static io.github.printer2mqtt.mqtt.MqttScenario.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.printer2mqtt.config.CommandsConfig.RegistrationRequest;
import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.BrokerPeer;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.TcpProxy;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.TestSubscriber.Heard;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.provider.Arguments;

/**
 * How commands and requests must work with every broker and both protocol versions. Each scenario has its own broker.
 *
 * @param broker starts an empty broker on a port
 * @param version of the bridge's connection
 */
record RequestContract(IntFunction<BrokerPeer> broker, Version version) {
    private static final String PAUSE = "printers/a/command/pause";
    private static final String NOZZLE = "printers/a/command/nozzle_temperature";
    private static final String PAUSED = "printers/a/response/pause";

    /** One part of the contract. */
    interface Scenario {
        void holdsOn(RequestContract contract) throws Exception;
    }

    private static final Map<String, Scenario> SCENARIOS = Map.ofEntries(
            Map.entry("invalid messages are refused with stable codes", RequestContract::refusals),
            Map.entry("an allowed command is executed once and gets a response", RequestContract::once),
            Map.entry("a retained command is never executed", RequestContract::retained),
            Map.entry(
                    "the response arrives on the response topic with its correlation data",
                    RequestContract::correlated),
            Map.entry("an expired message is refused", RequestContract::expired),
            Map.entry("at most thirty-two commands run at once", RequestContract::bounded),
            Map.entry("requests reach the registration service", RequestContract::requests),
            Map.entry("topics without an owner are cleared", RequestContract::cleaned),
            Map.entry("a topic published again during a scan is cleared again", RequestContract::cleanedAgain),
            Map.entry("commands work after a reconnect", RequestContract::resubscribed),
            Map.entry("a flood of requests is refused with few responses", RequestContract::flooded));

    /** All scenarios with both protocol versions. */
    static Stream<Arguments> all() {
        return SCENARIOS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(scenario -> Stream.of(Version.V5, Version.V3)
                        .map(version -> Arguments.of(scenario.getKey(), version, scenario.getValue())));
    }

    private static void online(TestSubscriber user) {
        user.await(BASE + "/bridge/state", heard -> heard.text().contains("online"));
    }

    private static void send(TestSubscriber user, String below, String payload) {
        user.publish(BASE + "/" + below, payload, false);
    }

    /** The response to a transaction. */
    private static JsonObject answer(TestSubscriber user, String below, String transaction) {
        return user.await(
                        BASE + "/" + below,
                        heard -> transaction.equals(heard.json().getValue("transaction")))
                .json();
    }

    private static String code(JsonObject answer) {
        return answer.getString("status").equals("ok")
                ? "ok"
                : answer.getJsonObject("error").getString("code");
    }

    private record Case(String request, String payload, String code) {}

    private void refusals() {
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
        try (BrokerPeer peer = broker.apply(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/#")) {
            bridge.register("a").registerDisabled("off");
            bridge.allowing(
                    Set.of(Capability.PAUSE, Capability.NOZZLE_TEMPERATURE), Set.of(RegistrationRequest.CHANGE));
            bridge.start(MqttScenario.options(peer.port(), version));
            online(user);
            SoftAssertions all = new SoftAssertions();
            for (Case each : cases) {
                String where = BASE + "/"
                        + each.request().replace("/command/", "/response/").replace("/request/", "/response/");
                int before = user.of(where).size();
                send(user, each.request(), each.payload());
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
    }

    private void once() {
        try (BrokerPeer peer = broker.apply(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/#")) {
            bridge.register("a").idle("a").allowing(Set.of(Capability.PAUSE), Set.of());
            bridge.start(MqttScenario.options(peer.port(), version));
            online(user);
            send(user, PAUSE, "{\"transaction\":\"one\"}");
            send(user, PAUSE, "{\"transaction\":\"one\"}");
            send(user, PAUSE, "{\"transaction\":7}");
            Heard last = user.await(BASE + "/" + PAUSED, heard -> heard.text().contains("7"));
            assertThat(last.text()).isEqualTo("{\"status\":\"ok\",\"data\":{},\"transaction\":7}");
            assertThat(last.retained()).isFalse();
            assertThat(bridge.awaitHeard(user).services.calls).hasSize(2);
            assertThat(user.of(BASE + "/" + PAUSED)).hasSize(2);
            assertThat(bridge.services.calls).containsExactly("pause a", "pause a");
            send(user, PAUSE, "");
            Await.until("executed without a transaction", () -> bridge.services.calls.size() == 3);
            bridge.awaitHeard(user);
            int states = user.of(bridge.state("a")).size();
            send(user, "printers/a/command/refresh", "{\"transaction\":\"two\"}");
            assertThat(code(answer(user, "printers/a/response/refresh", "two"))).isEqualTo("ok");
            Await.until(
                    "the state is sent again", () -> user.of(bridge.state("a")).size() == states + 1);
            assertThat(bridge.services.calls).endsWith("poll a");
        }
    }

    private void retained() {
        try (BrokerPeer peer = broker.apply(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/#")) {
            bridge.register("a").idle("a").allowing(EnumSet.allOf(Capability.class), Set.of());
            user.publish(BASE + "/" + PAUSE, "{\"transaction\":\"kept\"}", true);
            user.publish(BASE + "/" + NOZZLE, "215", true);
            user.publish(BASE + "/bridge/request/printers/refresh", "{\"transaction\":\"kept\"}", true);
            bridge.start(MqttScenario.options(peer.port(), version));
            assertThat(code(answer(user, PAUSED, "kept"))).isEqualTo("retained_refused");
            assertThat(code(answer(user, "bridge/response/printers/refresh", "kept")))
                    .isEqualTo("retained_refused");
            Heard heated = user.await(BASE + "/printers/a/response/nozzle_temperature", heard -> true);
            assertThat(code(heated.json())).isEqualTo("retained_refused");
            online(user);
            if (version == Version.V5) {
                user.publish(BASE + "/printers/a/command/cancel", "{\"transaction\":\"now\"}", true);
                assertThat(code(answer(user, "printers/a/response/cancel", "now")))
                        .as("also while the bridge is subscribed")
                        .isEqualTo("retained_refused");
            }
            assertThat(bridge.services.calls).isEmpty();
        }
    }

    private void correlated() {
        try (BrokerPeer peer = broker.apply(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/#");
                Mqtt5Requester requester = new Mqtt5Requester(peer.port())) {
            bridge.register("a").idle("a").allowing(Set.of(Capability.PAUSE), Set.of());
            bridge.start(MqttScenario.options(peer.port(), version));
            online(user);
            requester.request(BASE + "/" + PAUSE, "{\"transaction\":\"one\"}", "c1");
            requester.request(BASE + "/bridge/request/health_check", "{\"transaction\":\"two\"}", "c2");
            assertThat(code(answer(user, PAUSED, "one"))).isEqualTo("ok");
            JsonObject health =
                    answer(user, "bridge/response/health_check", "two").getJsonObject("data");
            assertThat(health.getBoolean("healthy")).isTrue();
            assertThat(health.getJsonObject("parts").getJsonObject("broker").getString("level"))
                    .isEqualTo("up");
            if (version == Version.V5) {
                Await.until("both responses received", () -> requester.responses.size() == 2);
                assertThat(requester.responses)
                        .extracting(
                                Mqtt5Requester.Response::correlation,
                                answer -> answer.json().getString("transaction"))
                        .containsExactlyInAnyOrder(tuple("c1", "one"), tuple("c2", "two"));
            } else {
                assertThat(requester.responses)
                        .as("3.1.1 has no response topics")
                        .isEmpty();
            }
        }
    }

    private void expired() {
        if (version == Version.V3) {
            return; // has no message expiry
        }
        try (BrokerPeer peer = broker.apply(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/#");
                Mqtt5Requester requester = new Mqtt5Requester(peer.port())) {
            bridge.register("a").idle("a").allowing(Set.of(Capability.PAUSE), Set.of());
            bridge.start(MqttScenario.options(peer.port(), version));
            online(user);
            CountDownLatch stuck = new CountDownLatch(1);
            bridge.services.answer = () -> {
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
            assertThat(code(answer(user, PAUSED, "patient"))).isEqualTo("ok");
            assertThat(user.of(BASE + "/" + PAUSED))
                    .extracting(heard -> heard.json().getString("transaction"), heard -> code(heard.json()))
                    .contains(tuple("late", "expired"));
            assertThat(bridge.services.calls).hasSize(2);
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

    private void bounded() {
        try (BrokerPeer peer = broker.apply(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/#")) {
            bridge.register("a").idle("a").allowing(Set.of(Capability.PAUSE), Set.of());
            Promise<Void> silence = Promise.promise();
            bridge.services.answer = silence::future;
            bridge.start(MqttScenario.options(peer.port(), version));
            online(user);
            for (int i = 0; i < 33; i++) {
                send(user, PAUSE, "{\"transaction\":\"t" + i + "\"}");
            }
            assertThat(code(answer(user, PAUSED, "t32"))).isEqualTo("busy");
            assertThat(bridge.services.calls).hasSize(32);
            silence.complete();
            Await.until("all have responses", () -> user.of(BASE + "/" + PAUSED).size() == 33);
            send(user, PAUSE, "{\"transaction\":\"t32\"}");
            Await.until("a refused transaction may be sent again", () -> bridge.services.calls.size() == 33);
        }
    }

    private void requests() {
        try (BrokerPeer peer = broker.apply(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/#")) {
            bridge.register("a").idle("a").allowing(Set.of(), EnumSet.allOf(RegistrationRequest.class));
            bridge.start(MqttScenario.options(peer.port(), version));
            online(user);
            send(user, "bridge/request/printers/add", "{\"name\":\"x\",\"transaction\":\"1\"}");
            JsonObject refused = answer(user, "bridge/response/printers/add", "1");
            assertThat(refused.getJsonObject("error").encode())
                    .isEqualTo("{\"code\":\"duplicate_address\",\"message\":\"address: found one that is registered"
                            + " already\"}");
            send(
                    user,
                    "bridge/request/printers/change",
                    "{\"id\":\"a\",\"patch\":{\"name\":\"y\"},\"transaction\":\"2\"}");
            assertThat(code(answer(user, "bridge/response/printers/change", "2")))
                    .isEqualTo("printer_not_found");
            send(user, "bridge/request/printers/enable", "{\"id\":\"a\",\"transaction\":\"3\"}");
            answer(user, "bridge/response/printers/enable", "3");
            send(user, "bridge/request/printers/disable", "{\"id\":\"a\",\"transaction\":\"4\"}");
            answer(user, "bridge/response/printers/disable", "4");
            send(user, "bridge/request/printers/probe", "{\"address\":\"192.0.2.1\",\"transaction\":\"5\"}");
            assertThat(answer(user, "bridge/response/printers/probe", "5")
                            .getJsonObject("data")
                            .getJsonArray("attempts"))
                    .isEmpty();
            send(user, "bridge/request/printers/remove", "{\"id\":\"a\",\"transaction\":\"6\"}");
            assertThat(answer(user, "bridge/response/printers/remove", "6").encode())
                    .isEqualTo("{\"status\":\"ok\",\"data\":{\"id\":\"a\"},\"transaction\":\"6\"}");
            send(user, "bridge/request/printers/refresh", "{\"transaction\":\"7\"}");
            answer(user, "bridge/response/printers/refresh", "7");
            assertThat(bridge.services.calls)
                    .containsExactly(
                            "add {\"name\":\"x\"}",
                            "change a {\"name\":\"y\"}",
                            "change a {\"enabled\":true}",
                            "change a {\"enabled\":false}",
                            "probe {\"address\":\"192.0.2.1\"}",
                            "remove a",
                            "poll all");
        }
    }

    private void cleaned() {
        try (BrokerPeer peer = broker.apply(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TestSubscriber user = TestSubscriber.listen(peer.port(), "#")) {
            user.publish(BASE + "/printers/gone/state", "{}", true);
            user.publish(BASE + "/printers/gone/availability", "{}", true);
            user.publish(BASE + "/printers/gone/alert/hot", "{}", true);
            user.publish(BASE + "/printers/gone/note", "mine", true);
            user.publish("other/printers/gone/state", "{}", true);
            bridge.register("a").idle("a");
            bridge.start(MqttScenario.options(peer.port(), version));
            online(user);
            bridge.awaitSent();
            send(user, "bridge/request/retained/clean", "{\"transaction\":\"1\"}");
            send(user, "bridge/request/retained/clean", "{\"transaction\":\"2\"}");
            assertThat(code(answer(user, "bridge/response/retained/clean", "2")))
                    .isEqualTo("busy");
            JsonObject data =
                    answer(user, "bridge/response/retained/clean", "1").getJsonObject("data");
            assertThat(data.encode())
                    .isEqualTo("{\"cleared\":3,\"topics\":[\"p2m/printers/gone/alert/hot\","
                            + "\"p2m/printers/gone/availability\",\"p2m/printers/gone/state\"],\"complete\":true}");
            bridge.awaitSent();
            try (TestSubscriber late = TestSubscriber.listen(peer.port(), "#")) {
                late.await(bridge.state("a"), Heard::retained);
                late.await(BASE + "/printers/gone/note", Heard::retained);
                late.await("other/printers/gone/state", Heard::retained);
                online(late);
                late.catchUp();
                assertThat(late.newest().keySet())
                        .noneMatch(topic -> topic.startsWith(BASE + "/printers/gone/") && !topic.endsWith("/note"));
            }
        }
    }

    private void cleanedAgain() {
        String stale = BASE + "/printers/gone/state";
        try (BrokerPeer peer = broker.apply(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TestSubscriber user = TestSubscriber.listen(peer.port(), "#")) {
            bridge.start(MqttScenario.options(peer.port(), version));
            online(user);
            user.publish(stale, "{}", true);
            send(user, "bridge/request/retained/clean", "{\"transaction\":\"1\"}");
            user.await(stale, heard -> heard.text().isEmpty());
            user.publish(stale, "{}", true);

            JsonObject data =
                    answer(user, "bridge/response/retained/clean", "1").getJsonObject("data");

            assertThat(data.encode()).isEqualTo("{\"cleared\":1,\"topics\":[\"" + stale + "\"],\"complete\":true}");
            try (TestSubscriber late = TestSubscriber.listen(peer.port(), "#")) {
                online(late);
                late.catchUp();
                assertThat(late.newest().keySet()).doesNotContain(stale);
            }
        }
    }

    private void flooded() {
        String where = BASE + "/bridge/response/health_check";
        try (BrokerPeer peer = broker.apply(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/#")) {
            bridge.start(MqttScenario.options(peer.port(), version));
            online(user);
            int sent = 0;
            while (bridge.metric("refused_requests_total") < 50 && sent < 5000) {
                send(user, "bridge/request/health_check", "");
                sent++;
            }
            int requests = sent;
            // Admitted requests are executed, or answered with "busy" if too many are running.
            Await.until(
                    "every request has a response or is counted as refused",
                    () -> user.of(where).size() - limited(user, where) + bridge.metric("refused_requests_total")
                            == requests);
            long refused = bridge.metric("refused_requests_total");
            long limited = limited(user, where);
            assertThat(limited).isBetween(1L, refused / 5);
        }
    }

    private static long limited(TestSubscriber user, String topic) {
        return user.of(topic).stream()
                .filter(heard -> code(heard.json()).equals("rate_limited"))
                .count();
    }

    private void resubscribed() {
        try (BrokerPeer peer = broker.apply(Ports.free());
                MqttScenario bridge = new MqttScenario();
                TcpProxy network = TcpProxy.to(bridge.vertx, peer.port());
                TestSubscriber user = TestSubscriber.listen(peer.port(), BASE + "/#")) {
            bridge.register("a").idle("a").allowing(Set.of(Capability.PAUSE), Set.of());
            bridge.start(MqttScenario.options(network.port(), version));
            online(user);
            network.cut();
            user.await(BASE + "/bridge/state", heard -> heard.text().contains("offline"));
            send(user, PAUSE, "{\"transaction\":\"meanwhile\"}");
            network.mend();
            online(user);
            send(user, PAUSE, "{\"transaction\":\"again\"}");
            assertThat(code(answer(user, PAUSED, "again"))).isEqualTo("ok");
            assertThat(bridge.services.calls)
                    .as("messages sent during the outage are not executed later")
                    .hasSize(1);
        }
    }
}
