package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.net.BoundedJson;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.github.printer2mqtt.net.lan.Datagram;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads untrusted JSON: a value that is missing or has another type is null, and no method throws. A path is a list of names,
 * since names of Klipper's objects contain dots and blanks.
 */
public final class LenientJson {
    private static final int MAX_DIGITS = 20;
    private static final LenientJson EMPTY = new LenientJson(null);

    private final @Nullable Object value;

    private LenientJson(@Nullable Object value) {
        this.value = value;
    }

    public static LenientJson of(JsonObject json) {
        return new LenientJson(json.getMap());
    }

    /** The body of a response; empty if it is no JSON object. For responses whose body is optional. */
    public static LenientJson ofBody(PrinterResponse response) {
        try {
            return of(response.json());
        } catch (PrinterException notJson) {
            return EMPTY;
        }
    }

    /** The members of an object that is already parsed. */
    public static LenientJson of(Map<String, ?> members) {
        return new LenientJson(members);
    }

    /** The content of a datagram; empty if it is no JSON object or exceeds the limits of {@link BoundedJson}. */
    public static LenientJson ofDatagram(Datagram datagram) {
        try {
            Map<String, Object> members = BoundedJson.object(datagram.content());
            return members == null ? empty() : of(members);
        } catch (PrinterException beyondLimits) {
            return empty();
        }
    }

    public static LenientJson empty() {
        return EMPTY;
    }

    /** The value at a path; empty if there is none. */
    public LenientJson at(String... path) {
        Object at = value;
        for (String name : path) {
            at = at instanceof Map<?, ?> members ? members.get(name) : null;
        }
        return at == null ? EMPTY : new LenientJson(at);
    }

    /** Whether this is an object, also without members. */
    public boolean isObject() {
        return value instanceof Map;
    }

    /** Whether this is an array, also without elements. */
    public boolean isArray() {
        return value instanceof List;
    }

    /** The elements of an array; none for anything else. */
    public List<LenientJson> elements(String... path) {
        return at(path).value instanceof List<?> elements
                ? elements.stream()
                        .map(element -> element == null ? EMPTY : new LenientJson(element))
                        .toList()
                : List.of();
    }

    /** The strings in an array; other elements are skipped. */
    public List<String> texts(String... path) {
        return at(path).value instanceof List<?> elements
                ? elements.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    /** The names of an object's members; none for anything else. */
    public List<String> names(String... path) {
        return at(path).value instanceof Map<?, ?> members
                ? members.keySet().stream().map(String::valueOf).toList()
                : List.of();
    }

    /** The members of an object as parsed; null for anything else. */
    public @Nullable Map<?, ?> members(String... path) {
        return at(path).value instanceof Map<?, ?> members ? members : null;
    }

    /** A finite number; a string is never converted. */
    public @Nullable Double number(String... path) {
        if (at(path).value instanceof Number number) {
            double found = number.doubleValue();
            return Double.isFinite(found) ? found : null;
        }
        return null;
    }

    /** A number, also as text of at most 20 characters, for printers that send either. */
    public @Nullable Double numberOrText(String... path) {
        Double number = number(path);
        String text = number == null ? text(path) : null;
        if (text == null || text.length() > MAX_DIGITS) {
            return number;
        }
        try {
            double parsed = Double.parseDouble(text);
            return Double.isFinite(parsed) ? Double.valueOf(parsed) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The same without its fraction; null if it exceeds an int. */
    public @Nullable Integer integerOrText(String... path) {
        Double number = numberOrText(path);
        return number == null || Math.abs(number) > Integer.MAX_VALUE ? null : Integer.valueOf(number.intValue());
    }

    /** A number without its fraction; null beyond 2<sup>53</sup>. */
    public @Nullable Long whole(String... path) {
        Double found = number(path);
        return found == null || Math.abs(found) > 1L << 53 ? null : Long.valueOf(found.longValue());
    }

    /** A number without its fraction; null if it exceeds an int. */
    public @Nullable Integer integer(String... path) {
        Long found = whole(path);
        return found == null || found != found.intValue() ? null : Integer.valueOf(found.intValue());
    }

    /** A string that is not blank. */
    public @Nullable String text(String... path) {
        return at(path).value instanceof String text && !text.isBlank() ? text : null;
    }

    /** Whether the value is {@code true}. */
    public boolean isTrue(String... path) {
        return Boolean.TRUE.equals(at(path).value);
    }

    /** Whether the value is {@code false}; a missing one is not. */
    public boolean isFalse(String... path) {
        return Boolean.FALSE.equals(at(path).value);
    }
}
