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
 * Since when printers are offline, by their availability topics. Noted beside the announced topics, so that a restart of
 * the bridge does not make a printer look as if it had just gone. Belongs to the context of {@code MqttVerticle}.
 */
public final class OfflineTimes {
    private final RetainedTopicRepository announced;
    private final Clock clock;
    private final Map<String, Instant> since = new HashMap<>();
    private final Map<String, String> earlier = new HashMap<>();
    private final Set<String> noted = new HashSet<>();

    public OfflineTimes(RetainedTopicRepository announced, Clock clock) {
        this.announced = announced;
        this.clock = clock;
    }

    /** @param notes what was noted before a restart, by topic, those of other kinds among them */
    public void begin(Map<String, String> notes) {
        earlier.putAll(notes);
    }

    /** Since when a printer is offline that is offline now. */
    public Instant since(Topic topic) {
        return since.computeIfAbsent(topic.text(), text -> {
            Instant now = clock.instant();
            Instant noted = parsed(earlier.remove(text));
            return noted == null || noted.isAfter(now) ? now : noted;
        });
    }

    /** The topic of a printer that is offline was put: announcing a topic anew drops what was noted beside it. */
    public void onPut(Topic topic) {
        Instant known = since.get(topic.text());
        if (known != null && noted.add(topic.text())) {
            announced.save(topic.text(), known.toString());
        }
    }

    /** The printer is online. */
    public void onOnline(Topic topic) {
        forget(topic);
        if (noted.remove(topic.text())) {
            announced.save(topic.text());
        }
    }

    /** The printer was removed; its topic is cleared. */
    public void onRemoved(Topic topic) {
        forget(topic);
        noted.remove(topic.text());
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
