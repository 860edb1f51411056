package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.mqtt.topic.TopicKind;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Messages that are not retained, in order, including those sent and not yet acknowledged. When it is full, a new
 * message replaces the oldest unsent one. Belongs to one context.
 */
final class MessageQueue {
    private final int capacity;
    private final Consumer<TopicKind> onDropped;
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final Map<Long, Entry> inFlight = new LinkedHashMap<>();
    private long lastTicket;

    /** A message and the kind of its topic. */
    record Entry(TopicKind kind, MqttMessage message) {}

    /** @param onDropped called for each dropped message */
    MessageQueue(int capacity, Consumer<TopicKind> onDropped) {
        this.capacity = capacity;
        this.onDropped = onDropped;
    }

    void add(Entry entry) {
        while (waiting.size() + inFlight.size() >= capacity && !waiting.isEmpty()) {
            onDropped.accept(waiting.removeFirst().kind());
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

    /** Marks the first message as sent; returns a ticket for {@link #complete}. */
    long markSent() {
        long ticket = ++lastTicket;
        inFlight.put(ticket, waiting.removeFirst());
        return ticket;
    }

    /** The broker acknowledged or refused the message. */
    void complete(long ticket) {
        inFlight.remove(ticket);
    }

    /** The connection was lost: unacknowledged messages are queued again, in front. */
    void onDisconnected() {
        List<Entry> unacknowledged = new ArrayList<>(inFlight.values());
        inFlight.clear();
        Collections.reverse(unacknowledged);
        unacknowledged.forEach(waiting::addFirst);
    }
}
