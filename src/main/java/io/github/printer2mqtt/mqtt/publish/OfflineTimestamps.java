package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.persistence.RetainedTopicRepository;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When printers went offline, by availability topic. Stored with the announced topics, so that a restart of the bridge
 * does not reset the times. Belongs to the context of {@code MqttVerticle}.
 */
public final class OfflineTimestamps {
    private final RetainedTopicRepository repository;
    private final Clock clock;
    private final Map<String, Instant> since = new HashMap<>();
    private final Map<String, String> earlier = new HashMap<>();
    private final Set<String> stored = new HashSet<>();

    public OfflineTimestamps(RetainedTopicRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /** @param notes what earlier runs stored, by topic, including other kinds of notes */
    public void start(Map<String, String> notes) {
        earlier.putAll(notes);
    }

    /** When a printer that is offline now went offline. */
    public Instant since(Topic topic) {
        return since.computeIfAbsent(topic.text(), text -> {
            Instant now = clock.instant();
            Instant restored = parsed(earlier.remove(text));
            return restored == null || restored.isAfter(now) ? now : restored;
        });
    }

    /**
     * The availability of an offline printer was put into the retained set. Must follow the put, which overwrites the
     * stored note.
     */
    public void onPut(Topic topic) {
        Instant known = since.get(topic.text());
        if (known != null && stored.add(topic.text())) {
            repository.save(topic.text(), known.toString());
        }
    }

    public void onOnline(Topic topic) {
        forget(topic);
        if (stored.remove(topic.text())) {
            repository.save(topic.text());
        }
    }

    public void onRemoved(Topic topic) {
        forget(topic);
        stored.remove(topic.text());
    }

    private void forget(Topic topic) {
        since.remove(topic.text());
        earlier.remove(topic.text());
    }

    private static @Nullable Instant parsed(@Nullable String note) {
        try {
            return note == null || note.isEmpty() ? null : Instant.parse(note);
        } catch (DateTimeParseException e) {
            return null; // a note of another kind
        }
    }
}
