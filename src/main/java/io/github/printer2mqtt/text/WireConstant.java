package io.github.printer2mqtt.text;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An enum constant with a name in documents, topics and the configuration: its own in lower case. */
public interface WireConstant {
    /** Implemented by every enum. */
    String name();

    default String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant with a wire name; null for any other value. */
    static <E extends Enum<E> & WireConstant> @Nullable E find(Class<E> type, @Nullable Object wireName) {
        for (E constant : type.getEnumConstants()) {
            if (constant.wireName().equals(wireName)) {
                return constant;
            }
        }
        return null;
    }

    /** The constants with these wire names; other names are ignored. */
    static <E extends Enum<E> & WireConstant> Set<E> findAll(Class<E> type, Collection<?> wireNames) {
        return Stream.of(type.getEnumConstants())
                .filter(constant -> wireNames.contains(constant.wireName()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The wire names in the order in which the enum declares the constants. */
    static <E extends Enum<E> & WireConstant> List<String> names(Collection<E> constants) {
        return constants.stream().sorted().map(WireConstant::wireName).toList();
    }

    /** All wire names, for messages: {@code one of idle, printing}. */
    static <E extends Enum<E> & WireConstant> String oneOf(Class<E> type) {
        return "one of " + String.join(", ", names(List.of(type.getEnumConstants())));
    }
}
