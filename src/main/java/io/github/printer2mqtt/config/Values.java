package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.InvalidConfigException.ConfigError;
import io.github.printer2mqtt.config.type.InvalidSettingException;
import io.github.printer2mqtt.config.type.JsonTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values of the keys, where each was set, and the errors found meanwhile. A key that is not set has its default. */
final class Values {
    private final Map<Key<?>, Optional<Object>> values = new HashMap<>();
    private final Map<Key<?>, String> locations = new HashMap<>();
    private final Map<Key<?>, String> shown = new HashMap<>();
    private final Set<Key<?>> invalid = new HashSet<>();
    private final List<ConfigError> errors = new ArrayList<>();

    /**
     * Sets a key; an invalid value is an error.
     *
     * @param where the path of the key or the name of a variable
     */
    <T> void set(Key<T> key, String where, JsonTree value) {
        try {
            T parsed = key.isNullable() && value.isUnset() ? null : key.type().parse(value);
            values.put(key, Optional.ofNullable(parsed));
            locations.put(key, where);
            shown.put(key, value.isUnset() ? "null" : shown(key, value));
            invalid.remove(key);
        } catch (InvalidSettingException e) {
            reject(key, where + e.at(), e.foundOr(key.type().shown(value)), e.expected());
        }
    }

    private static String shown(Key<?> key, JsonTree value) {
        return value instanceof JsonTree.ArrayNode list
                ? list.items().stream().map(key.type()::shown).collect(Collectors.joining(", ", "[", "]"))
                : key.type().shown(value);
    }

    /** Records an error that leaves a key without a valid value. */
    void reject(Key<?> key, String where, String found, String expected) {
        invalid.add(key);
        addError(where, found, expected);
    }

    /** Records an error, so that the user sees all of them at once. */
    void addError(String where, String found, String expected) {
        errors.add(new ConfigError(where, found, expected));
    }

    /** @throws InvalidConfigException if there are errors */
    void requireNoErrors() {
        if (!errors.isEmpty()) {
            throw new InvalidConfigException(errors);
        }
    }

    /** Whether none of the keys is set to an invalid value. */
    boolean areValid(Key<?>... keys) {
        return List.of(keys).stream().noneMatch(invalid::contains);
    }

    /** Where the key was set: its path or an environment variable. */
    String where(Key<?> key) {
        return locations.getOrDefault(key, key.path());
    }

    /** Every key with where its value comes from. */
    List<Setting> settings() {
        return Keys.ALL.stream().map(this::setting).toList();
    }

    private Setting setting(Key<?> key) {
        String text = shown.get(key);
        if (text == null) {
            return new Setting(key.path(), String.valueOf(key.defaultText()), Setting.DEFAULT);
        }
        String where = where(key);
        return new Setting(
                key.path(),
                key.isSecret() && !text.equals("null") ? "***" : text,
                where.equals(key.path()) ? Setting.FILE : where);
    }

    /** The value of a key that is never null. */
    <T> T get(Key<T> key) {
        return Objects.requireNonNull(find(key));
    }

    /** The value of a key that may be null. */
    // Only set fills the map, with values of the key's type.
    @SuppressWarnings("unchecked")
    <T> @Nullable T find(Key<T> key) {
        Optional<Object> value = values.get(key);
        return value == null ? key.defaultValue() : (T) value.orElse(null);
    }
}
