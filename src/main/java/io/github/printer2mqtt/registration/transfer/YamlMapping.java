package io.github.printer2mqtt.registration.transfer;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of a YAML document. Values are texts as written, lists, mappings, or null for an empty value, {@code ~} or {@code null}.
 *
 * @param line on which it begins, counted from 1
 */
record YamlMapping(int line, Map<String, @Nullable Object> fields) {
    /** A text that is not blank; null for anything else. */
    @Nullable String text(String key) {
        return fields.get(key) instanceof String text && !text.isBlank() ? text : null;
    }

    /** The mapping below a key; null for anything else. */
    @Nullable YamlMapping mapping(String key) {
        return fields.get(key) instanceof YamlMapping mapping ? mapping : null;
    }

    /** The mappings of the list below a key; other elements are left out. */
    List<YamlMapping> mappings(String key) {
        return fields.get(key) instanceof List<?> list
                ? list.stream()
                        .filter(YamlMapping.class::isInstance)
                        .map(YamlMapping.class::cast)
                        .toList()
                : List.of();
    }
}
