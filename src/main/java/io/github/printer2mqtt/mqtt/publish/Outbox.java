package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.mqtt.publish.RetainedTopics.Value;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.TopicKind;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.github.printer2mqtt.net.mqtt.client.PublishFailure;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages with a bounded number of unacknowledged ones: events and responses in order, and the newest value of
 * each retained topic. While the broker is slow or away, retained topics collapse to their newest value; of events and
 * of responses the oldest are dropped and counted, each in a queue of its own.
 *
 * <p>After a connect the retained set is sent first; from then on events take precedence. Belongs to one context.
 */
public final class Outbox {
    /** Including those in flight. */
    static final int EVENT_CAPACITY = 1000;

    /** Including those in flight. */
    static final int RESPONSE_CAPACITY = 1000;

    private static final int MAX_IN_FLIGHT = 50;

    /**
     * Devices announced at once and after each {@link Port#schedulePump()}, which makes 500 a second. Brokers queue
     * about a thousand messages for a slower subscriber, and Home Assistant needs time for a device with twenty
     * entities.
     */
    private static final int DEVICES_AT_ONCE = 50;

    /**
     * Slots that stay free: Paho counts a QoS 0 message as in flight until after its callback, and the offline message
     * must always fit.
     */
    private static final int RESERVED = 2;

    /** The connection and the observer of outcomes; all calls on the owner's context. */
    public interface Port {
        /** Fails with a {@link PublishFailure}. */
        Future<Void> publish(MqttMessage message);

        /** Calls {@link Outbox#resume()} after a tenth of a second. */
        void schedulePump();

        void onPublished();

        void onRefused(TopicKind kind, String reason);

        /** A message was not sent because it exceeds the broker's maximum packet size. */
        void onTooLarge(TopicKind kind, String reason);

        /** An event or response was dropped because its queue is full. */
        void onDropped(TopicKind kind);

        /** The broker has acknowledged or refused every topic of the retained set. */
        void onReplayed();
    }

    /** In which order the retained set is sent after a connect; topics to be cleared always follow the devices. */
    public enum ReplayOrder {
        /** For devices that Home Assistant does not know yet. */
        DEVICES_FIRST,
        /** Every state once, then devices in portions and the states that change meanwhile between them. */
        STATES_FIRST
    }

    private final RetainedTopics retained;
    private final Port port;
    private final MessageQueue events;
    private final MessageQueue responses;
    private int inFlight;
    private int window;
    private boolean connected;
    private boolean replayed;
    private ReplayOrder order = ReplayOrder.DEVICES_FIRST;

    /** States that are still sent before the next device. Counted, because states that change all the time never end. */
    private int statesBeforeDevices;

    private boolean responsesTurn;
    private boolean pumping;
    private int devicesLeft = DEVICES_AT_ONCE;
    private boolean pumpScheduled;

    /** Counts lost connections, so that outcomes of an earlier connection are ignored. */
    private int connection;

    public Outbox(RetainedTopics retained, Port port) {
        this.retained = retained;
        this.port = port;
        this.events = new MessageQueue(EVENT_CAPACITY, port::onDropped);
        this.responses = new MessageQueue(RESPONSE_CAPACITY, port::onDropped);
    }

    /** Queues a message that is not retained. */
    public void add(Topic topic, byte[] payload) {
        add(topic.kind(), MqttMessage.nonRetained(topic.text(), payload, topic.qos()));
    }

    /** Queues a message that is not retained to a topic chosen by a client. */
    public void add(TopicKind kind, MqttMessage message) {
        (kind == TopicKind.RESPONSE ? responses : events).add(new MessageQueue.Entry(kind, message));
    }

    /** Starts to send the retained set, then the queued messages. */
    public void onConnected(int receiveMaximum, ReplayOrder replayOrder) {
        connected = true;
        order = replayOrder;
        replayed = false;
        window = Math.max(1, Math.min(MAX_IN_FLIGHT, receiveMaximum) - RESERVED);
        retained.replay();
        statesBeforeDevices = order == ReplayOrder.STATES_FIRST ? retained.waitingStates() : 0;
        pump();
    }

    /** The connection was lost: unacknowledged messages are queued again. */
    public void onDisconnected() {
        connected = false;
        connection++;
        inFlight = 0;
        retained.onDisconnected();
        events.onDisconnected();
        responses.onDisconnected();
    }

    /** Messages that are queued or unacknowledged. */
    public int queued() {
        return events.waiting() + responses.waiting() + retained.unsent() + inFlight;
    }

    /** Continues after {@link Port#schedulePump()}. */
    public void resume() {
        pumpScheduled = false;
        devicesLeft = DEVICES_AT_ONCE;
        pump();
    }

    /** Sends as much as the limit of unacknowledged messages allows. */
    public void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            while (connected && inFlight < window && sendNext()) {
                // all work is done by sendNext
            }
        } finally {
            pumping = false;
        }
        if (connected && !replayed && retained.replayRemaining() == 0) {
            replayed = true;
            port.onReplayed();
            pump();
        }
    }

    /** Publishes retained topics again although the broker has their values. */
    public void resend(Predicate<Topic> which) {
        retained.resend(which);
        pump();
    }

    private boolean sendNext() {
        if (replayed && events.hasWaiting()) {
            return sendFirst(events);
        }
        Value value = nextValue();
        boolean responseWaits = replayed && responses.hasWaiting();
        if (value == null && !responseWaits) {
            return false;
        }
        // Alternates, so that neither starves the other.
        boolean response = responseWaits && (value == null || responsesTurn);
        responsesTurn = !response;
        return response ? sendFirst(responses) : value != null && sendValue(value);
    }

    /** Devices are sent in portions; other topics wait for them only after a connect, and states not in every order. */
    private @Nullable Value nextValue() {
        Value state = statesBeforeDevices > 0 ? retained.nextState() : null;
        if (state != null) {
            return state;
        }
        Value device = retained.nextDevice();
        if (device != null && devicesLeft > 0) {
            return device;
        }
        if (device != null) {
            schedulePump();
        }
        if (device == null || replayed) {
            return retained.next();
        }
        return order == ReplayOrder.STATES_FIRST ? retained.nextState() : null;
    }

    private void schedulePump() {
        if (!pumpScheduled) {
            pumpScheduled = true;
            port.schedulePump();
        }
    }

    private boolean sendValue(Value value) {
        Future<Void> sent = port.publish(value.message());
        if (isDeferred(sent)) {
            return false;
        }
        if (value.topic().kind() == TopicKind.DISCOVERY) {
            devicesLeft--;
        } else {
            statesBeforeDevices = Math.max(0, statesBeforeDevices - 1);
        }
        retained.onSent(value);
        track(sent, outcome -> {
            if (outcome.succeeded()) {
                retained.onAcknowledged(value);
                port.onPublished();
            } else {
                retained.onRefused(value);
                reportRefusal(value.topic().kind(), outcome);
            }
        });
        return true;
    }

    private boolean sendFirst(MessageQueue queue) {
        MessageQueue.Entry first = queue.first();
        Future<Void> sent = port.publish(first.message());
        if (isDeferred(sent)) {
            return false;
        }
        long ticket = queue.markSent();
        track(sent, outcome -> {
            queue.complete(ticket);
            if (outcome.succeeded()) {
                port.onPublished();
            } else {
                reportRefusal(first.kind(), outcome);
            }
        });
        return true;
    }

    private void track(Future<Void> sent, Consumer<AsyncResult<Void>> handler) {
        int sentOn = connection;
        inFlight++;
        sent.onComplete(outcome -> {
            // Lost messages are sent again after the next connect, see onDisconnected.
            if (sentOn != connection
                    || (outcome.failed() && !kind(outcome.cause()).isFinal())) {
                return;
            }
            inFlight--;
            handler.accept(outcome);
            pump();
        });
    }

    /** Whether the message stays queued: Paho's limit is reached, or the connection is being lost. */
    private boolean isDeferred(Future<Void> sent) {
        if (!sent.failed() || kind(sent.cause()).isFinal()) {
            return false;
        }
        if (inFlight == 0) {
            schedulePump();
        }
        return true;
    }

    private void reportRefusal(TopicKind kind, AsyncResult<Void> outcome) {
        if (kind(outcome.cause()) == PublishFailure.Kind.TOO_LARGE) {
            port.onTooLarge(kind, reason(outcome));
        } else {
            port.onRefused(kind, reason(outcome));
        }
    }

    private static PublishFailure.Kind kind(Throwable failure) {
        return failure instanceof PublishFailure problem ? problem.kind() : PublishFailure.Kind.REFUSED;
    }

    private static String reason(AsyncResult<Void> outcome) {
        String message = outcome.cause().getMessage();
        return message == null ? outcome.cause().getClass().getSimpleName() : message;
    }
}
