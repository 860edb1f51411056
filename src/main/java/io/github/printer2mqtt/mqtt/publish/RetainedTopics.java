package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.TopicKind;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.net.mqtt.MqttMessage;
import io.github.printer2mqtt.persistence.RetainedTopicRepository;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the broker shall hold of us: the newest value of each retained topic, what of it was acknowledged, and what must
 * still be sent. A cleared topic is a value too, the empty one, and leaves the set when it is acknowledged.
 *
 * <p>One value of a topic is under way at a time; a newer one waits, and only the newest does. Bounded by the number of
 * topics. Belongs to one context; no I/O.
 */
public final class RetainedTopics {
    private static final byte[] EMPTY = {};
    private static final int WORTH_PACKING = 1024;

    private final Topics topics;
    private final RetainedTopicRepository announced;
    private final Listener listener;
    private final Map<String, Entry> entries = new HashMap<>();

    private final SendQueue queue = new SendQueue();
    private final PayloadCompressor packer = new PayloadCompressor();
    private long lastRevision;
    private int replayLeft;

    public RetainedTopics(Topics topics, RetainedTopicRepository announced, Listener listener) {
        this.topics = topics;
        this.announced = announced;
        this.listener = listener;
    }

    /** Hears what the broker has taken. */
    public interface Listener {
        /** The broker has acknowledged a value; the next one may be set at once. */
        void onAcknowledged(Value value);
    }

    private static final class Entry {
        private final Topic topic;

        /** Null if it is kept compressed. */
        private byte @Nullable [] plain;

        private PayloadCompressor.@Nullable Packed packed;

        private long revision;

        /** Which edition the broker has acknowledged; -1 for none. */
        private long acknowledged = -1;

        private boolean inFlight;
        private boolean replaying;

        Entry(Topic topic) {
            this.topic = topic;
        }

        boolean isEmpty() {
            return plain != null && plain.length == 0;
        }

        int length() {
            return plain != null ? plain.length : packed != null ? packed.length() : 0;
        }

        byte[] wanted() {
            return plain != null ? plain : packed != null ? packed.unpacked() : EMPTY;
        }
    }

    /**
     * A value on its way.
     *
     * @param topic where
     * @param payload what, empty to clear
     * @param revision differs from that of every other value of the topic
     */
    @SuppressWarnings("ArrayRecordComponent") // shared with the document, compared by nobody
    public record Value(Topic topic, byte[] payload, long revision) {
        MqttMessage message() {
            return MqttMessage.retained(topic.text(), payload, topic.qos());
        }
    }

    /** Sets the value of a topic; the same value again is sent only after the next connect. */
    public void put(Topic topic, byte[] payload) {
        Entry entry = entries.get(topic.text());
        if (entry == null) {
            entry = new Entry(topic);
            entries.put(topic.text(), entry);
            // Of devices more is written down, by those who know it.
            if (topic.kind() != TopicKind.DISCOVERY) {
                announced.save(topic.text());
            }
        } else if (Arrays.equals(entry.wanted(), payload)) {
            return;
        }
        keep(entry, payload);
        enqueue(entry);
    }

    /** Most payloads are shared with the document they come from; those of devices are nobody else's. */
    private void keep(Entry entry, byte[] payload) {
        boolean packs = entry.topic.kind() == TopicKind.DISCOVERY && payload.length >= WORTH_PACKING;
        entry.plain = packs ? null : payload;
        entry.packed = packs ? packer.pack(payload) : null;
        entry.revision = ++lastRevision;
    }

    private void enqueue(Entry entry) {
        if (entry.isEmpty()) {
            queue.addEmpty(entry.topic);
        } else {
            queue.addValue(entry.topic);
        }
    }

    /** Whether a topic has a value, or is being emptied. */
    public boolean contains(String topic) {
        return entries.containsKey(topic);
    }

    /** Whether a payload is the newest value of a topic. */
    boolean isNewest(String topic, byte[] payload) {
        Entry entry = entries.get(topic);
        return entry != null && entry.length() == payload.length && Arrays.equals(entry.wanted(), payload);
    }

    /** Whether a value of a topic is sent and not yet acknowledged. */
    boolean isInFlight(String topic) {
        Entry entry = entries.get(topic);
        return entry != null && entry.inFlight;
    }

    /** Empties a topic at the broker, also one that was never set here. */
    public void clear(Topic topic) {
        put(topic, EMPTY);
    }

    /** Empties every topic of a printer. */
    public void clearAll(PrinterId printer) {
        List<Topic> ofPrinter = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (printer.equals(topics.printerOf(entry.topic.text()))) {
                ofPrinter.add(entry.topic);
            }
        }
        ofPrinter.sort(BY_KIND);
        ofPrinter.forEach(this::clear);
    }

    /** Drops a topic from the set without telling the broker. */
    public void forget(Topic topic) {
        entries.remove(topic.text());
        queue.remove(topic);
    }

    private static final Comparator<Topic> BY_KIND =
            Comparator.comparing(Topic::kind).thenComparing(Topic::text);

    /** A connection came up: every topic is to be sent again, in the order of {@link TopicKind}. */
    void replay() {
        queue.clear();
        sendAgain(topic -> true);
        for (Entry entry : entries.values()) {
            entry.acknowledged = -1;
            entry.inFlight = false;
            entry.replaying = true;
        }
        replayLeft = entries.size();
    }

    /** Topics of the last replay that the broker has not yet answered. */
    int replayLeft() {
        return replayLeft;
    }

    /** Sends what the broker has already once more, in the order of {@link TopicKind}. */
    public void sendAgain(Predicate<Topic> which) {
        entries.values().stream()
                .filter(entry -> which.test(entry.topic))
                .sorted(Comparator.comparing(entry -> entry.topic, BY_KIND))
                .forEach(this::enqueue);
    }

    /** The next device to announce; null if there is none now. */
    @Nullable Value nextDevice() {
        return next(queue.devices());
    }

    /** The next value to send which is no device; null if there is none now. */
    @Nullable public Value next() {
        Value value = next(queue.values());
        return value == null ? next(queue.emptied()) : value;
    }

    private @Nullable Value next(Set<String> waiting) {
        for (Iterator<String> texts = waiting.iterator(); texts.hasNext(); ) {
            Entry entry = entries.get(texts.next());
            if (entry == null) {
                texts.remove();
            } else if (!entry.inFlight) {
                return new Value(entry.topic, entry.wanted(), entry.revision);
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
        entry.acknowledged = value.revision();
        if (entry.revision == value.revision() && value.payload().length == 0) {
            entries.remove(value.topic().text());
            announced.remove(value.topic().text());
        }
        listener.onAcknowledged(value);
    }

    /** The broker refuses the value: the next one, or the next connect, tries again. */
    void onRefused(Value value) {
        completed(value);
    }

    /** The connection went away: what was under way is unsent again, unless a newer value waits already. */
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
            replayLeft--;
        }
        return entry;
    }

    int unsent() {
        return queue.size();
    }

    public int size() {
        return entries.size();
    }

    /** Whether the broker has acknowledged the newest value of a topic on this connection. */
    boolean isAcknowledged(Topic topic) {
        Entry entry = entries.get(topic.text());
        return entry != null && entry.acknowledged == entry.revision;
    }
}
