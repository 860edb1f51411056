package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that nobody promises anything about: what is missing, null or of another type than asked for is null, and
 * nothing here throws. A path is a list of names, since names of printers' objects may contain dots and blanks.
 */
public final class LenientJson {
    private static final LenientJson NOTHING = new LenientJson(null);

    private final @Nullable Object value;

    private LenientJson(@Nullable Object value) {
        this.value = value;
    }

    /** A document as it was parsed. */
    public static LenientJson of(JsonObject json) {
        return new LenientJson(json.getMap());
    }

    /** The body of an answer; nothing if it is no JSON object. For answers whose body is only worth a look. */
    public static LenientJson ofBody(PrinterResponse response) {
        try {
            return of(response.json());
        } catch (PrinterException notJson) {
            return NOTHING;
        }
    }

    /** A document that holds nothing at all. */
    public static LenientJson nothing() {
        return NOTHING;
    }

    /** What stands at a path, which may be nothing. */
    public LenientJson at(String... path) {
        Object at = value;
        for (String name : path) {
            at = at instanceof Map<?, ?> members ? members.get(name) : null;
        }
        return at == null ? NOTHING : new LenientJson(at);
    }

    /** Whether there is an object here, even an empty one. */
    public boolean isObject() {
        return value instanceof Map;
    }

    /** Whether there is an array here, even an empty one. */
    public boolean isArray() {
        return value instanceof List;
    }

    /** The elements of an array; none if there is no array. */
    public List<LenientJson> elements(String... path) {
        return at(path).value instanceof List<?> elements
                ? elements.stream()
                        .map(element -> element == null ? NOTHING : new LenientJson(element))
                        .toList()
                : List.of();
    }

    /** The texts in an array, without what else is in it. */
    public List<String> texts(String... path) {
        return at(path).value instanceof List<?> elements
                ? elements.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    /** The names of an object's members; none if there is no object. */
    public List<String> names(String... path) {
        return at(path).value instanceof Map<?, ?> members
                ? members.keySet().stream().map(String::valueOf).toList()
                : List.of();
    }

    /** A finite number; a text that looks like one is none. */
    public @Nullable Double number(String... path) {
        if (at(path).value instanceof Number number) {
            double found = number.doubleValue();
            return Double.isFinite(found) ? found : null;
        }
        return null;
    }

    /** A number without its fraction; null where a long cannot hold it. */
    public @Nullable Long whole(String... path) {
        Double found = number(path);
        return found == null || Math.abs(found) > 1L << 53 ? null : Long.valueOf(found.longValue());
    }

    /** A number without its fraction; null where an int cannot hold it. */
    public @Nullable Integer integer(String... path) {
        Long found = whole(path);
        return found == null || found != found.intValue() ? null : Integer.valueOf(found.intValue());
    }

    /** A text that is not blank. */
    public @Nullable String text(String... path) {
        return at(path).value instanceof String text && !text.isBlank() ? text : null;
    }

    /** Whether a flag is there and set. */
    public boolean isTrue(String... path) {
        return Boolean.TRUE.equals(at(path).value);
    }

    /** Whether a flag is there and not set. */
    public boolean isFalse(String... path) {
        return Boolean.FALSE.equals(at(path).value);
    }
}
