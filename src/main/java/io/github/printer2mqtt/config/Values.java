package io.github.printer2mqtt.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the keys are set to, and where each was set; the defaults where nothing was. */
final class Values {
    private final Map<Key<?>, Optional<Object>> given = new HashMap<>();
    private final Map<Key<?>, String> places = new HashMap<>();
    private final Set<Key<?>> broken = new HashSet<>();

    <T> void put(Key<T> key, @Nullable T value, String where) {
        given.put(key, Optional.ofNullable(value));
        places.put(key, where);
        broken.remove(key);
    }

    /** Notes that the key is set to something unfit. */
    void markInvalid(Key<?> key) {
        broken.add(key);
    }

    /** Whether rules about these keys can be checked: none is set to something unfit. */
    boolean areSound(Key<?>... keys) {
        return List.of(keys).stream().noneMatch(broken::contains);
    }

    /** Where the key was set: its path or a variable of the environment. */
    String where(Key<?> key) {
        return places.getOrDefault(key, key.path());
    }

    /** The paths of the keys that were set. */
    Set<String> given() {
        return given.keySet().stream().map(Key::path).collect(Collectors.toUnmodifiableSet());
    }

    /** The value of a key that is never null. */
    <T> T get(Key<T> key) {
        return Objects.requireNonNull(find(key));
    }

    /** The value of a key that may be null. */
    // Only put fills the map, with the key's own type.
    @SuppressWarnings("unchecked")
    <T> @Nullable T find(Key<T> key) {
        Optional<Object> value = given.get(key);
        return value == null ? key.standardValue() : (T) value.orElse(null);
    }
}
