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

/** Values of the keys and where each was set. A key that is not set has its default. */
final class Values {
    private final Map<Key<?>, Optional<Object>> values = new HashMap<>();
    private final Map<Key<?>, String> locations = new HashMap<>();
    private final Set<Key<?>> invalid = new HashSet<>();

    <T> void put(Key<T> key, @Nullable T value, String where) {
        values.put(key, Optional.ofNullable(value));
        locations.put(key, where);
        invalid.remove(key);
    }

    /** Records that the key is set to an invalid value. */
    void markInvalid(Key<?> key) {
        invalid.add(key);
    }

    /** Whether none of the keys is set to an invalid value. */
    boolean areValid(Key<?>... keys) {
        return List.of(keys).stream().noneMatch(invalid::contains);
    }

    /** Where the key was set: its path or an environment variable. */
    String where(Key<?> key) {
        return locations.getOrDefault(key, key.path());
    }

    /** Paths of the keys that were set. */
    Set<String> explicitKeys() {
        return values.keySet().stream().map(Key::path).collect(Collectors.toUnmodifiableSet());
    }

    /** The value of a key that is never null. */
    <T> T get(Key<T> key) {
        return Objects.requireNonNull(find(key));
    }

    /** The value of a key that may be null. */
    // Only put fills the map, with values of the key's type.
    @SuppressWarnings("unchecked")
    <T> @Nullable T find(Key<T> key) {
        Optional<Object> value = values.get(key);
        return value == null ? key.defaultValue() : (T) value.orElse(null);
    }
}
