package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.mqtt.topic.TopicKind;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.github.printer2mqtt.net.mqtt.client.PublishFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A broker that acknowledges when the test says so. */
final class ManualBroker implements Outbox.Port {
    final List<String> got = new ArrayList<>();
    final List<Promise<Void>> unacknowledged = new ArrayList<>();
    final List<String> refusals = new ArrayList<>();
    int capacity = Integer.MAX_VALUE;
    int later;
    int dropped;
    int droppedResponses;
    int replayed;

    @Override
    public Future<Void> publish(MqttMessage message) {
        if (unacknowledged.size() >= capacity) {
            return Future.failedFuture(problem(PublishFailure.Kind.WINDOW_FULL));
        }
        got.add(message.topic().substring(message.topic().lastIndexOf('/') + 1) + "="
                + new String(message.payload(), StandardCharsets.UTF_8));
        Promise<Void> acknowledgement = Promise.promise();
        unacknowledged.add(acknowledgement);
        return acknowledgement.future();
    }

    void acknowledge() {
        unacknowledged.remove(0).complete();
    }

    void acknowledgeAll() {
        while (!unacknowledged.isEmpty()) {
            acknowledge();
        }
    }

    void refuse() {
        unacknowledged.remove(0).fail(problem(PublishFailure.Kind.REFUSED));
    }

    void loseAll() {
        unacknowledged.forEach(acknowledgement -> acknowledgement.fail(problem(PublishFailure.Kind.LOST)));
        unacknowledged.clear();
    }

    private static PublishFailure problem(PublishFailure.Kind kind) {
        return new PublishFailure(kind, "not authorized");
    }

    @Override
    public void schedulePump() {
        later++;
    }

    @Override
    public void onPublished() {}

    @Override
    public void onRefused(TopicKind kind, String reason) {
        refusals.add(kind + " " + reason);
    }

    @Override
    public void onTooLarge(TopicKind kind, String reason) {
        refusals.add(kind + " too large " + reason);
    }

    @Override
    public void onDropped(TopicKind kind) {
        if (kind == TopicKind.RESPONSE) {
            droppedResponses++;
        } else {
            dropped++;
        }
    }

    @Override
    public void onReplayed() {
        replayed++;
    }
}
