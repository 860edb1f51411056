package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.mqtt.topic.TopicKind;
import io.github.printer2mqtt.net.mqtt.MqttMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages that are not retained, in their order, those sent and not yet acknowledged included. Bounded: the oldest
 * waiting one is dropped for a new one. Belongs to one context.
 */
final class MessageQueue {
    private final int capacity;
    private final Runnable onDropped;
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final Map<Long, Entry> inFlight = new LinkedHashMap<>();
    private long lastTicket;

    /** A message and what it is about. */
    record Entry(TopicKind kind, MqttMessage message) {}

    /** @param onDropped called for each message that is lost */
    MessageQueue(int capacity, Runnable onDropped) {
        this.capacity = capacity;
        this.onDropped = onDropped;
    }

    void add(Entry entry) {
        while (waiting.size() + inFlight.size() >= capacity && !waiting.isEmpty()) {
            waiting.removeFirst();
            onDropped.run();
        }
        waiting.addLast(entry);
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    int waiting() {
        return waiting.size();
    }

    Entry first() {
        return waiting.getFirst();
    }

    /** The first one was handed to the broker; returns a ticket for {@link #settled}. */
    long sent() {
        long ticket = ++lastTicket;
        inFlight.put(ticket, waiting.removeFirst());
        return ticket;
    }

    /** The broker has taken or refused it. */
    void settled(long ticket) {
        inFlight.remove(ticket);
    }

    /** The connection went away: what it did not acknowledge waits again, in front. */
    void onDisconnected() {
        List<Entry> unacknowledged = new ArrayList<>(inFlight.values());
        inFlight.clear();
        Collections.reverse(unacknowledged);
        unacknowledged.forEach(waiting::addFirst);
    }
}
