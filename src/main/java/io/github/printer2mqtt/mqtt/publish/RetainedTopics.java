package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.TopicKind;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.github.printer2mqtt.persistence.RetainedTopicRepository;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The retained messages that the broker should hold: the newest value of each topic, whether it was acknowledged, and
 * what is still to be sent. A cleared topic has an empty value until the broker acknowledges it.
 *
 * <p>At most one value per topic is in flight; of later ones only the newest is kept. Bounded by the number of topics.
 * Belongs to one context; no I/O.
 */
public final class RetainedTopics {
    private static final byte[] EMPTY = {};
    private static final int MIN_COMPRESSED_BYTES = 1024;

    private final Topics topics;
    private final RetainedTopicRepository repository;
    private final Consumer<Value> onAcknowledged;
    private final Map<String, Entry> entries = new HashMap<>();

    private final SendQueue queue = new SendQueue();
    private final PayloadCompressor compressor = new PayloadCompressor();
    private long lastRevision;
    private int replayRemaining;

    /** @param onAcknowledged called with each value that the broker has acknowledged; may set the next one */
    public RetainedTopics(Topics topics, RetainedTopicRepository repository, Consumer<Value> onAcknowledged) {
        this.topics = topics;
        this.repository = repository;
        this.onAcknowledged = onAcknowledged;
    }

    private static final class Entry {
        private final Topic topic;

        /** Null if the value is compressed. */
        private byte @Nullable [] plain;

        private PayloadCompressor.@Nullable Compressed compressed;

        private long revision;

        private boolean inFlight;
        private boolean replaying;

        Entry(Topic topic) {
            this.topic = topic;
        }

        boolean isCleared() {
            return plain != null && plain.length == 0;
        }

        int length() {
            return plain != null ? plain.length : compressed != null ? compressed.length() : 0;
        }

        byte[] payload() {
            return plain != null ? plain : compressed != null ? compressed.decompress() : EMPTY;
        }
    }

    /**
     * A value to be sent.
     *
     * @param topic where to publish it
     * @param payload empty to clear the topic
     * @param revision differs from that of every other value
     */
    @SuppressWarnings("ArrayRecordComponent") // shared with the document, never compared
    public record Value(Topic topic, byte[] payload, long revision) {
        MqttMessage message() {
            return MqttMessage.retained(topic.text(), payload, topic.qos());
        }
    }

    /** Sets the value of a topic; an unchanged value is sent again only after the next connect. */
    public void put(Topic topic, byte[] payload) {
        Entry entry = entries.get(topic.text());
        if (entry == null) {
            entry = new Entry(topic);
            entries.put(topic.text(), entry);
            // Devices are stored with their entities, by the discovery service.
            if (topic.kind() != TopicKind.DISCOVERY) {
                repository.save(topic.text());
            }
        } else if (Arrays.equals(entry.payload(), payload)) {
            return;
        }
        store(entry, payload);
        enqueue(entry);
    }

    /** Compresses devices only: other payloads are shared with the document they belong to. */
    private void store(Entry entry, byte[] payload) {
        boolean compresses = entry.topic.kind() == TopicKind.DISCOVERY && payload.length >= MIN_COMPRESSED_BYTES;
        entry.plain = compresses ? null : payload;
        entry.compressed = compresses ? compressor.compress(payload) : null;
        entry.revision = ++lastRevision;
    }

    private void enqueue(Entry entry) {
        if (entry.isCleared()) {
            queue.addCleared(entry.topic);
        } else {
            queue.addValue(entry.topic);
        }
    }

    /** Whether a topic has a value or is being cleared. */
    public boolean contains(String topic) {
        return entries.containsKey(topic);
    }

    /** Whether a payload is the newest value of a topic. */
    boolean isNewest(String topic, byte[] payload) {
        Entry entry = entries.get(topic);
        return entry != null && entry.length() == payload.length && Arrays.equals(entry.payload(), payload);
    }

    /** Whether a value of a topic is sent and not yet acknowledged. */
    boolean isInFlight(String topic) {
        Entry entry = entries.get(topic);
        return entry != null && entry.inFlight;
    }

    /** Clears a topic at the broker, even one that was never set here. */
    public void clear(Topic topic) {
        put(topic, EMPTY);
    }

    /**
     * Sets the values of a group of topics and clears those that no longer belong to it.
     *
     * @param before what the last call returned
     * @return the topics that have a value now
     */
    Set<Topic> replaceAll(Set<Topic> before, Map<Topic, byte[]> now) {
        now.forEach(this::put);
        before.stream().filter(topic -> !now.containsKey(topic)).forEach(this::clear);
        return Set.copyOf(now.keySet());
    }

    /** Clears every topic of a printer. */
    public void clearAll(PrinterId printer) {
        List<Topic> ofPrinter = entries.values().stream()
                .map(entry -> entry.topic)
                .filter(topic -> printer.equals(topics.printerOf(topic.text())))
                .sorted(BY_KIND)
                .toList();
        ofPrinter.forEach(this::clear);
    }

    /** Removes a topic from the set without clearing it at the broker. */
    public void forget(Topic topic) {
        entries.remove(topic.text());
        queue.remove(topic);
    }

    private static final Comparator<Topic> BY_KIND =
            Comparator.comparing(Topic::kind).thenComparing(Topic::text);

    /** Queues every topic for a new connection, in the order of {@link TopicKind}. */
    void replay() {
        queue.clear();
        resend(topic -> true);
        for (Entry entry : entries.values()) {
            entry.inFlight = false;
            entry.replaying = true;
        }
        replayRemaining = entries.size();
    }

    /** Topics of the last replay that are neither acknowledged nor refused. */
    int replayRemaining() {
        return replayRemaining;
    }

    /** Queues topics again although the broker has their values, in the order of {@link TopicKind}. */
    void resend(Predicate<Topic> which) {
        entries.values().stream()
                .filter(entry -> which.test(entry.topic))
                .sorted(Comparator.comparing(entry -> entry.topic, BY_KIND))
                .forEach(this::enqueue);
    }

    /** The next device to send; null if there is none. */
    @Nullable Value nextDevice() {
        return next(queue.devices());
    }

    /** The next value to send that is no device; null if there is none. */
    @Nullable public Value next() {
        Value value = nextState();
        return value == null ? next(queue.cleared()) : value;
    }

    /** The next value to send that is no device and clears no topic; null if there is none. */
    @Nullable Value nextState() {
        return next(queue.values());
    }

    /** How many values wait to be sent that are no device and clear no topic. */
    int waitingStates() {
        return queue.values().size();
    }

    private @Nullable Value next(Set<String> waiting) {
        for (Iterator<String> texts = waiting.iterator(); texts.hasNext(); ) {
            Entry entry = entries.get(texts.next());
            if (entry == null) {
                texts.remove();
            } else if (!entry.inFlight) {
                return new Value(entry.topic, entry.payload(), entry.revision);
            }
        }
        return null;
    }

    public void onSent(Value value) {
        queue.remove(value.topic());
        Entry entry = entries.get(value.topic().text());
        if (entry != null) {
            entry.inFlight = true;
        }
    }

    public void onAcknowledged(Value value) {
        Entry entry = completed(value);
        if (entry == null) {
            return;
        }
        if (entry.revision == value.revision() && value.payload().length == 0) {
            entries.remove(value.topic().text());
            repository.remove(value.topic().text());
        }
        onAcknowledged.accept(value);
    }

    /** The broker refused the value; it is sent again after the next change or connect. */
    void onRefused(Value value) {
        completed(value);
    }

    /** The connection was lost: values in flight are queued again, unless a newer one is queued already. */
    void onDisconnected() {
        for (Entry entry : entries.values()) {
            if (entry.inFlight) {
                entry.inFlight = false;
                enqueue(entry);
            }
        }
    }

    private @Nullable Entry completed(Value value) {
        Entry entry = entries.get(value.topic().text());
        if (entry == null) {
            return null;
        }
        entry.inFlight = false;
        if (entry.replaying) {
            entry.replaying = false;
            replayRemaining--;
        }
        return entry;
    }

    int unsent() {
        return queue.size();
    }

    public int size() {
        return entries.size();
    }
}
