package io.github.printer2mqtt;

import io.github.printer2mqtt.hostile.HostileFarm.Member;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What was observed of one hostile printer. */
final class HostileEvidence {
    private final Member member;
    boolean wasAsExpected;
    JsonObject newest = new JsonObject();
    int mostSockets;
    int socketsLeft;
    int requests;
    List<JsonObject> polls = List.of();
    List<String> events = List.of();

    HostileEvidence(Member member) {
        this.member = member;
    }

    void recordStatus(JsonObject status) {
        newest = status;
        String reason = member.hostile().reason();
        wasAsExpected |= member.hostile().state().equals(status.getString("state"))
                && (reason == null || reason.equals(HttpApi.reason(status)));
    }

    void recordSockets() {
        mostSockets = Math.max(mostSockets, member.place().openSockets());
    }

    void recordRequestsAndPolls(RunningBridge bridge, TestSubscriber user) {
        events = bridge.events(user, member.id());
        requests = member.place().requests(); // before the polls, because a poll may begin in between
        polls =
                HttpApi.json(bridge.api().get("/api/printers/" + member.id() + "/polls"), 200)
                        .getJsonArray("polls")
                        .stream()
                        .map(JsonObject.class::cast)
                        .toList();
    }

    void recordSocketsLeft() {
        socketsLeft = member.place().openSockets();
    }
}
