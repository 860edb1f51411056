package io.github.printer2mqtt.mqtt.homeassistant.message;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The entities that Home Assistant knows of one device, because a broker has acknowledged a message with them. To be
 * written down beside the topic, so that those which vanish with a restart or an update can be removed.
 *
 * @param platforms by the component's id
 */
public record KnownComponents(SortedMap<String, Platform> platforms) {
    private static final KnownComponents NONE = new KnownComponents(Map.of());

    /** More kinds of printers than there are; what comes beyond is not shared. */
    private static final int MOST_SHARED = 500;

    private static final Map<KnownComponents, KnownComponents> SHARED = new ConcurrentHashMap<>();

    public KnownComponents {
        platforms = Collections.unmodifiableSortedMap(new TreeMap<>(platforms));
    }

    KnownComponents(Map<String, Platform> platforms) {
        this(new TreeMap<>(platforms));
    }

    /** Of a device that was never announced, or is not any more. */
    public static KnownComponents none() {
        return NONE;
    }

    /** Reads {@link #text()}; what a newer release may have written there and this one does not know is left out. */
    public static KnownComponents parse(String text) {
        Map<String, Platform> platforms = new TreeMap<>();
        for (String pair : text.split(",", -1)) {
            int colon = pair.indexOf(':');
            Platform platform = Platform.of(pair.substring(colon + 1));
            if (colon > 0 && platform != null) {
                platforms.put(pair.substring(0, colon), platform);
            }
        }
        return new KnownComponents(platforms).shared();
    }

    /** For writing down: {@code bed_target:sensor,event:event}. */
    public String text() {
        return platforms.entrySet().stream()
                .map(one -> one.getKey() + ":" + one.getValue().wireName())
                .collect(Collectors.joining(","));
    }

    /** The same entities; thousands of printers of a kind have one object for them. */
    public KnownComponents shared() {
        KnownComponents known = SHARED.get(this);
        if (known == null && SHARED.size() < MOST_SHARED) {
            known = SHARED.putIfAbsent(this, this);
        }
        return known == null ? this : known;
    }

    public boolean isEmpty() {
        return platforms.isEmpty();
    }

    /** Those that others lack, or have with another platform. */
    Map<String, Platform> missingIn(KnownComponents others) {
        Map<String, Platform> missing = new TreeMap<>(platforms);
        missing.entrySet().removeIf(one -> one.getValue() == others.platforms.get(one.getKey()));
        return missing;
    }

    /** These and others; of one that both have, the other platform. */
    public KnownComponents and(KnownComponents others) {
        if (isEmpty() || equals(others)) {
            return others;
        }
        Map<String, Platform> both = new TreeMap<>(platforms);
        both.putAll(others.platforms);
        return new KnownComponents(both);
    }

    KnownComponents without(Map<String, Platform> gone) {
        Map<String, Platform> rest = new TreeMap<>(platforms);
        rest.keySet().removeAll(gone.keySet());
        return new KnownComponents(rest);
    }
}
