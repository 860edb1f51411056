package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.mqtt.publish.RetainedTopics.Value;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.TopicKind;
import io.github.printer2mqtt.net.mqtt.MqttMessage;
import io.github.printer2mqtt.net.mqtt.PublishFailure;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Sends what waits, with a bounded number of unacknowledged messages: events and responses in their order, and the newest
 * value of each retained topic. While the broker is away, or slow, retained topics collapse to their newest value, and of
 * events and of responses the oldest are dropped and counted, each in a queue of its own.
 *
 * <p>After a connect the retained set goes first; then events go before everything else. Belongs to one context.
 */
public final class Outbox {
    /** Events kept, those under way included. */
    static final int EVENT_CAPACITY = 1000;

    /** Responses kept, those under way included. */
    static final int RESPONSE_CAPACITY = 1000;

    private static final int WINDOW = 50;

    /**
     * Devices announced at once, and after each {@link Port#pumpLater()}: 500 a second. A broker keeps about a thousand
     * messages for a subscriber that is slower, and Home Assistant takes its time over a device with twenty entities.
     */
    private static final int DEVICES_AT_ONCE = 50;

    /** Kept free: Paho counts a QoS 0 message until after it has told of it, and the goodbye must always fit. */
    private static final int MARGIN = 2;

    /** Where messages go, and who hears what came of them; all on the owner's context. */
    public interface Port {
        Future<Void> publish(MqttMessage message);

        /** Calls {@link Outbox#goOn()} a tenth of a second later. */
        void pumpLater();

        void onPublished();

        void onRefused(TopicKind kind, String reason);

        /** A message was not sent because it is larger than the broker takes. */
        void onTooLarge(TopicKind kind, String reason);

        /** An event was lost because too many wait. */
        void onEventDropped();

        /** A response was lost because too many wait. */
        void onResponseDropped();

        /** The broker has answered to every topic of the retained set. */
        void onReplayed();
    }

    private final RetainedTopics retained;
    private final Port port;
    private final MessageQueue events;
    private final MessageQueue responses;
    private int inFlight;
    private int window;
    private boolean connected;
    private boolean replayed;
    private boolean responsesTurn;
    private boolean pumping;
    private int devicesLeft = DEVICES_AT_ONCE;
    private boolean laterAsked;

    /** Raised at each loss, so that what comes of messages of an older connection is not mixed in. */
    private int connection;

    public Outbox(RetainedTopics retained, Port port) {
        this.retained = retained;
        this.port = port;
        this.events = new MessageQueue(EVENT_CAPACITY, port::onEventDropped);
        this.responses = new MessageQueue(RESPONSE_CAPACITY, port::onResponseDropped);
    }

    /** Queues a message that is not retained. */
    public void add(Topic topic, byte[] payload) {
        add(topic.kind(), MqttMessage.nonRetained(topic.text(), payload, topic.qos()));
    }

    /** Queues a message that is not retained, to a topic somebody else chose. */
    public void add(TopicKind kind, MqttMessage message) {
        (kind == TopicKind.RESPONSE ? responses : events).add(new MessageQueue.Entry(kind, message));
    }

    /** A connection came up: sends the retained set again, and then goes on with events. */
    public void onConnected(int receiveMaximum) {
        connected = true;
        replayed = false;
        window = Math.max(1, Math.min(WINDOW, receiveMaximum) - MARGIN);
        retained.replay();
        pump();
    }

    /** The connection went away: what it did not acknowledge waits again. */
    public void onDisconnected() {
        connected = false;
        connection++;
        inFlight = 0;
        retained.onDisconnected();
        events.onDisconnected();
        responses.onDisconnected();
    }

    /** Messages that wait or are not acknowledged. */
    public int queued() {
        return events.waiting() + responses.waiting() + retained.unsent() + inFlight;
    }

    /** What was asked for by {@link Port#pumpLater()}. */
    public void goOn() {
        laterAsked = false;
        devicesLeft = DEVICES_AT_ONCE;
        pump();
    }

    /** Sends as much as the window allows. */
    public void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            while (connected && inFlight < window && sendNext()) {
                // sendNext does the work
            }
        } finally {
            pumping = false;
        }
        if (connected && !replayed && retained.replayLeft() == 0) {
            replayed = true;
            port.onReplayed();
            pump();
        }
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
        // In turns, so that neither starves the other.
        boolean response = responseWaits && (value == null || responsesTurn);
        responsesTurn = !response;
        return response ? sendFirst(responses) : value != null && sendValue(value);
    }

    /** Devices go first and in portions; only after a connect does the rest wait for them. */
    private @Nullable Value nextValue() {
        Value device = retained.nextDevice();
        if (device != null && devicesLeft > 0) {
            return device;
        }
        if (device != null) {
            pumpLater();
        }
        return device == null || replayed ? retained.next() : null;
    }

    private void pumpLater() {
        if (!laterAsked) {
            laterAsked = true;
            port.pumpLater();
        }
    }

    private boolean sendValue(Value value) {
        Future<Void> sent = port.publish(value.message());
        if (isNotTaken(sent)) {
            return false;
        }
        if (value.topic().kind() == TopicKind.DISCOVERY) {
            devicesLeft--;
        }
        retained.onSent(value);
        track(sent, outcome -> {
            if (outcome.succeeded()) {
                retained.onAcknowledged(value);
                port.onPublished();
            } else {
                retained.onRefused(value);
                tellRefusal(value.topic().kind(), outcome);
            }
        });
        return true;
    }

    private boolean sendFirst(MessageQueue queue) {
        MessageQueue.Entry first = queue.first();
        Future<Void> sent = port.publish(first.message());
        if (isNotTaken(sent)) {
            return false;
        }
        long ticket = queue.sent();
        track(sent, outcome -> {
            queue.settled(ticket);
            if (outcome.succeeded()) {
                port.onPublished();
            } else {
                tellRefusal(first.kind(), outcome);
            }
        });
        return true;
    }

    private interface Landing {
        void onOutcome(AsyncResult<Void> outcome);
    }

    private void track(Future<Void> sent, Landing landing) {
        int sentOn = connection;
        inFlight++;
        sent.onComplete(outcome -> {
            // What was lost is sent again after the next connect, of which onDisconnected takes care.
            if (sentOn != connection
                    || (outcome.failed() && !kind(outcome.cause()).isFinal())) {
                return;
            }
            inFlight--;
            landing.onOutcome(outcome);
            pump();
        });
    }

    /** Whether the message stays where it is: no room below us, or the connection is just going. */
    private boolean isNotTaken(Future<Void> sent) {
        if (!sent.failed() || kind(sent.cause()).isFinal()) {
            return false;
        }
        if (inFlight == 0) {
            pumpLater();
        }
        return true;
    }

    private void tellRefusal(TopicKind kind, AsyncResult<Void> outcome) {
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
