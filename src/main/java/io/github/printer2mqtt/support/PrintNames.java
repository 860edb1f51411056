package io.github.printer2mqtt.support;

import io.vertx.core.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names of printed files, which may be those of customers and stay out of an archive. */
public record PrintNames(List<String> names) {
    /** Shorter ones would hide parts of other words, and say little. */
    private static final int MIN_LENGTH = 4;

    private static final String HIDDEN = "***";

    public PrintNames {
        names = List.copyOf(names);
    }

    /** @param names null ones are left out */
    public static PrintNames of(Stream<@Nullable String> names) {
        return new PrintNames(names.flatMap(Stream::ofNullable)
                .filter(name -> name.length() >= MIN_LENGTH)
                .distinct()
                // A name may be part of another one.
                .sorted(Comparator.comparing(String::length).reversed())
                .map(PrintNames::inJson)
                .toList());
    }

    /** A line of JSON without these names. */
    public String hide(String json) {
        String hidden = json;
        for (String name : names) {
            hidden = hidden.replace(name, HIDDEN);
        }
        return hidden;
    }

    private static String inJson(String name) {
        String quoted = Json.encode(name);
        return quoted.substring(1, quoted.length() - 1);
    }
}
