package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.text.DurationText;
import io.github.printer2mqtt.text.NearestWord;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.TextSanitizer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON object. Errors name the path of the field, what was found and what is expected. A null field
 * counts as absent. A value of a wrong type is never shown because it may be a secret.
 */
final class Fields {
    private static final int LATIN_1_END = 0xFF;

    /** Unknown fields reported at most. */
    private static final int MAX_UNKNOWN = 20;

    private final JsonObject json;
    private final String prefix;

    private Fields(JsonObject json, String prefix) {
        this.json = json;
        this.prefix = prefix;
    }

    static Fields of(JsonObject json) {
        return new Fields(json, "");
    }

    /** @throws RegistrationException for every unknown field, with the nearest known name */
    void requireKnownNames(List<String> known) {
        List<RegistrationException> unknown = new ArrayList<>();
        for (String name : json.fieldNames()) {
            if (!known.contains(name) && unknown.size() < MAX_UNKNOWN) {
                String nearest = NearestWord.of(name, known);
                String shown = Objects.requireNonNullElse(TextSanitizer.line(name, 40), "");
                unknown.add(invalid(
                        shown,
                        "found an unknown field"
                                + (nearest == null
                                        ? ", expected one of " + String.join(", ", known)
                                        : " (did you mean " + nearest + "?)")));
            }
        }
        RegistrationException.throwIfAny(unknown);
    }

    boolean has(String name) {
        return json.containsKey(name);
    }

    @Nullable String text(String name) {
        Object value = json.getValue(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw wrongType(name, value, "a string");
    }

    /** One visible line of 1 to {@code maxLength} characters, normalised to NFC and stripped. */
    @Nullable String line(String name, int maxLength) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        String stripped = NameNormalizer.normalized(text);
        if (!isLine(stripped) || stripped.codePointCount(0, stripped.length()) > maxLength) {
            throw invalid(
                    name,
                    "found " + QuotedText.of(text) + ", expected 1 to " + maxLength
                            + " characters on one line, at least one of them visible, without control characters");
        }
        return stripped;
    }

    /** A value that no message shows. */
    @Nullable String secret(String name, int maxLength) {
        String text = text(name);
        if (text != null && (!isLine(text) || text.length() > maxLength || !text.equals(text.strip()))) {
            throw invalid(
                    name,
                    "found an invalid value (not shown), expected 1 to " + maxLength
                            + " characters on one line, without control characters and without spaces at either end");
        }
        return text;
    }

    /** A secret that is sent in an HTTP header, which can carry Latin-1 only. */
    @Nullable String headerSecret(String name, int maxLength) {
        String text = secret(name, maxLength);
        if (text != null && text.codePoints().anyMatch(point -> point > LATIN_1_END)) {
            throw invalid(name, "found a character that an HTTP header cannot carry, expected Latin-1 characters only");
        }
        return text;
    }

    @Nullable Integer integer(String name, int min, int max) {
        Object value = json.getValue(name);
        if (value == null) {
            return null;
        }
        String expected = "a whole number from " + min + " to " + max;
        if (!(value instanceof Integer || value instanceof Long)) {
            throw wrongType(name, value, expected);
        }
        long number = ((Number) value).longValue();
        if (number < min || number > max) {
            throw invalid(name, "found " + number + ", expected " + expected);
        }
        return (int) number;
    }

    @Nullable Duration duration(String name, Duration min, Duration max) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        return DurationText.parse(text)
                .filter(duration -> duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0)
                .orElseThrow(() -> invalid(
                        name,
                        "found " + QuotedText.of(text) + ", expected a duration from " + DurationText.of(min) + " to "
                                + DurationText.of(max) + ", for example \"5s\""));
    }

    @Nullable Boolean flag(String name) {
        Object value = json.getValue(name);
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        throw wrongType(name, value, "true or false");
    }

    @Nullable JsonArray list(String name) {
        Object value = json.getValue(name);
        if (value == null || value instanceof JsonArray) {
            return (JsonArray) value;
        }
        throw wrongType(name, value, "a list");
    }

    @Nullable Fields object(String name) {
        Object value = json.getValue(name);
        if (value == null) {
            return null;
        }
        if (value instanceof JsonObject object) {
            return new Fields(object, path(name) + ".");
        }
        throw wrongType(name, value, "an object");
    }

    RegistrationException invalid(String name, String message) {
        return new RegistrationException(Code.INVALID_FIELD, path(name), message);
    }

    RegistrationException missing(String name, String expected) {
        return invalid(name, "found nothing, expected " + expected);
    }

    static RegistrationException wrongType(String path, @Nullable Object value) {
        return new RegistrationException(
                Code.INVALID_FIELD, path, "found " + typeOf(value) + ", expected a registration object");
    }

    private RegistrationException wrongType(String name, Object value, String expected) {
        return invalid(name, "found " + typeOf(value) + ", expected " + expected);
    }

    private String path(String name) {
        return prefix + name;
    }

    private static String typeOf(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof CharSequence) {
            return "a string";
        }
        if (value instanceof Number) {
            return "a number";
        }
        if (value instanceof Boolean) {
            return "true or false";
        }
        return value instanceof JsonArray ? "a list" : "an object";
    }

    /** Whether the text is visible, valid Unicode, and free of characters that break the line or change its direction. */
    static boolean isLine(String text) {
        return NameNormalizer.isVisible(text)
                && text.codePoints().noneMatch(point -> switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE -> true;
                    default -> isDirectionControl(point);
                });
    }

    private static boolean isDirectionControl(int point) {
        return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    }
}
