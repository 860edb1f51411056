package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.github.printer2mqtt.text.WireConstant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The entities that Home Assistant knows of one device, because a broker has acknowledged a message with them. Stored
 * with the topic, so that those that vanish with a restart or an update can be removed.
 *
 * @param platforms by component id
 */
public record KnownComponents(SortedMap<String, Platform> platforms) {
    private static final KnownComponents NONE = new KnownComponents(Map.of());

    /** More than there are kinds of printers; further instances are not shared. */
    private static final int MAX_SHARED = 500;

    private static final Map<KnownComponents, KnownComponents> SHARED = new ConcurrentHashMap<>();

    public KnownComponents {
        platforms = Collections.unmodifiableSortedMap(new TreeMap<>(platforms));
    }

    KnownComponents(Map<String, Platform> platforms) {
        this(new TreeMap<>(platforms));
    }

    /** Of a device that is not announced. */
    public static KnownComponents none() {
        return NONE;
    }

    /** Parses {@link #text()}; unknown platforms of a newer release are ignored. */
    public static KnownComponents parse(String text) {
        Map<String, Platform> platforms = new TreeMap<>();
        for (String pair : text.split(",", -1)) {
            int colon = pair.indexOf(':');
            Platform platform = WireConstant.find(Platform.class, pair.substring(colon + 1));
            if (colon > 0 && platform != null) {
                platforms.put(pair.substring(0, colon), platform);
            }
        }
        return new KnownComponents(platforms).shared();
    }

    /** For storage: {@code bed_target:sensor,event:event}. */
    public String text() {
        return platforms.entrySet().stream()
                .map(one -> one.getKey() + ":" + one.getValue().wireName())
                .collect(Collectors.joining(","));
    }

    /** An equal object shared by all printers of a kind, to save memory. */
    public KnownComponents shared() {
        KnownComponents known = SHARED.get(this);
        if (known == null && SHARED.size() < MAX_SHARED) {
            known = SHARED.putIfAbsent(this, this);
        }
        return known == null ? this : known;
    }

    /** Those that the other one lacks, or has with another platform. */
    Map<String, Platform> missingIn(KnownComponents others) {
        Map<String, Platform> missing = new TreeMap<>(platforms);
        missing.entrySet().removeIf(one -> one.getValue() == others.platforms.get(one.getKey()));
        return missing;
    }

    /** Both together; the other's platform takes precedence. */
    public KnownComponents and(KnownComponents others) {
        if (platforms.isEmpty() || equals(others)) {
            return others;
        }
        Map<String, Platform> both = new TreeMap<>(platforms);
        both.putAll(others.platforms);
        return new KnownComponents(both);
    }

    KnownComponents without(Map<String, Platform> removed) {
        Map<String, Platform> rest = new TreeMap<>(platforms);
        rest.keySet().removeAll(removed.keySet());
        return new KnownComponents(rest);
    }
}
