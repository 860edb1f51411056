package io.github.printer2mqtt.mqtt;

import static io.github.printer2mqtt.mqtt.MqttScenario.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.CommandsConfig.GuardedRequest;
import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.TestSubscriber.Heard;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.Set;

/** How requests to the bridge must work with every broker and both protocol versions. */
abstract class RequestContract extends MessageContract {
    private static final int OTHERS = 500;

    @TestWithBothVersions
    void requestsReachTheRegistrationService(Version version) {
        bridge.register("a").idle("a").allowing(Set.of(), EnumSet.allOf(GuardedRequest.class));
        start(version);
        send("bridge/request/printers/add", "{\"name\":\"x\",\"transaction\":\"1\"}");
        JsonObject refused = response("bridge/response/printers/add", "1");
        assertThat(refused.getJsonObject("error").encode())
                .isEqualTo("{\"code\":\"duplicate_address\",\"message\":\"address: found one that is registered"
                        + " already\"}");
        send("bridge/request/printers/change", "{\"id\":\"a\",\"patch\":{\"name\":\"y\"},\"transaction\":\"2\"}");
        assertThat(code(response("bridge/response/printers/change", "2"))).isEqualTo("printer_not_found");
        send("bridge/request/printers/enable", "{\"id\":\"a\",\"transaction\":\"3\"}");
        response("bridge/response/printers/enable", "3");
        send("bridge/request/printers/disable", "{\"id\":\"a\",\"transaction\":\"4\"}");
        response("bridge/response/printers/disable", "4");
        send("bridge/request/printers/probe", "{\"address\":\"192.0.2.1\",\"transaction\":\"5\"}");
        assertThat(response("bridge/response/printers/probe", "5")
                        .getJsonObject("data")
                        .getJsonArray("attempts"))
                .isEmpty();
        send("bridge/request/printers/discover", "{\"network\":\"192.168.1.0/24\",\"transaction\":\"8\"}");
        assertThat(response("bridge/response/printers/discover", "8")
                        .getJsonObject("data")
                        .encode())
                .isEqualTo("{\"networks\":[\"192.168.1.0/24\"],\"addresses\":254,\"complete\":true,\"took_ms\":9000,"
                        + "\"problems\":[],\"printers\":[],\"followed\":[]}");
        send("bridge/request/printers/remove", "{\"id\":\"a\",\"transaction\":\"6\"}");
        assertThat(response("bridge/response/printers/remove", "6").encode())
                .isEqualTo("{\"status\":\"ok\",\"data\":{\"id\":\"a\"},\"transaction\":\"6\"}");
        send("bridge/request/printers/refresh", "{\"transaction\":\"7\"}");
        response("bridge/response/printers/refresh", "7");
        assertThat(bridge.services.calls)
                .containsExactly(
                        "add {\"name\":\"x\"}",
                        "change a {\"name\":\"y\"}",
                        "change a {\"enabled\":true}",
                        "change a {\"enabled\":false}",
                        "probe {\"address\":\"192.0.2.1\"}",
                        "discover {\"network\":\"192.168.1.0/24\"}",
                        "remove a",
                        "poll all");
    }

    @TestWithBothVersions
    void topicsWithoutAnOwnerAreCleared(Version version) {
        user.publish(BASE + "/printers/gone/state", "{}", true);
        user.publish(BASE + "/printers/gone/availability", "{}", true);
        user.publish(BASE + "/printers/gone/alert/hot", "{}", true);
        user.publish(BASE + "/printers/gone/note", "mine", true);
        user.publish("other/printers/gone/state", "{}", true);
        bridge.register("a").idle("a");
        start(version);
        bridge.awaitSent();
        send("bridge/request/retained/clean", "{\"transaction\":\"1\"}");
        send("bridge/request/retained/clean", "{\"transaction\":\"2\"}");
        assertThat(code(response("bridge/response/retained/clean", "2"))).isEqualTo("busy");
        JsonObject data = response("bridge/response/retained/clean", "1").getJsonObject("data");
        assertThat(data.encode())
                .isEqualTo("{\"cleared\":3,\"topics\":[\"p2m/printers/gone/alert/hot\","
                        + "\"p2m/printers/gone/availability\",\"p2m/printers/gone/state\"],\"complete\":true}");
        bridge.awaitSent();
        try (TestSubscriber late = TestSubscriber.listen(broker.port(), "#")) {
            late.await(bridge.state("a"), Heard::retained);
            late.await(BASE + "/printers/gone/note", Heard::retained);
            late.await("other/printers/gone/state", Heard::retained);
            awaitOnline(late);
            late.catchUp();
            assertThat(late.newest().keySet())
                    .noneMatch(topic -> topic.startsWith(BASE + "/printers/gone/") && !topic.endsWith("/note"));
        }
    }

    @TestWithBothVersions
    void topicPublishedAgainDuringAScanIsClearedAgain(Version version) {
        String stale = BASE + "/printers/a-gone/state";
        start(version);
        user.publish(stale, "{}", true);
        // Cleared after the first, which is published again meanwhile: before the next pass, however slow the machine
        // is.
        for (int i = 0; i < OTHERS; i++) {
            user.publish(BASE + "/printers/gone-" + i + "/state", "{}", true);
        }
        send("bridge/request/retained/clean", "{\"transaction\":\"1\"}");
        user.await(stale, heard -> heard.text().isEmpty());
        user.publish(stale, "{}", true);

        JsonObject data = response("bridge/response/retained/clean", "1").getJsonObject("data");

        assertThat(data.getInteger("cleared")).isEqualTo(1 + OTHERS);
        assertThat(data.getJsonArray("topics")).contains(stale);
        assertThat(data.getBoolean("complete")).isTrue();
        try (TestSubscriber late = TestSubscriber.listen(broker.port(), "#")) {
            awaitOnline(late);
            late.catchUp();
            assertThat(late.newest().keySet()).doesNotContain(stale);
        }
    }

    @TestWithBothVersions
    void floodOfRequestsIsRefusedWithFewResponses(Version version) {
        String where = BASE + "/bridge/response/health_check";
        start(version);
        int sent = 0;
        while (bridge.metric("refused_requests_total") < 50 && sent < 5000) {
            send("bridge/request/health_check", "");
            sent++;
        }
        int requests = sent;
        // Admitted requests are executed, or answered with "busy" if too many are running.
        Await.until(
                "every request has a response or is counted as refused",
                () -> user.of(where).size() - limited(where) + bridge.metric("refused_requests_total") == requests);
        long refused = bridge.metric("refused_requests_total");
        long limited = limited(where);
        assertThat(limited).isBetween(1L, refused / 5);
    }

    private long limited(String topic) {
        return user.of(topic).stream()
                .filter(heard -> code(heard.json()).equals("rate_limited"))
                .count();
    }
}
