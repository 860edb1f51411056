package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.text.DurationText;
import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.text.NearestWord;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.TextSanitizer;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON object. Errors name the path of the field, what was found and what is expected. A null field
 * counts as absent. A value of a wrong type is never shown because it may be a secret.
 */
public final class Fields {
    private static final int LATIN_1_END = 0xFF;

    /** Unknown fields reported at most. */
    private static final int MAX_UNKNOWN = 20;

    private final JsonObject json;
    private final String prefix;

    private Fields(JsonObject json, String prefix) {
        this.json = json;
        this.prefix = prefix;
    }

    /** The fields of a whole document. */
    public static Fields of(JsonObject json) {
        return new Fields(json, "");
    }

    /** @throws RegistrationException for every unknown field, with the nearest known name */
    public void requireKnownNames(List<String> known) {
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
        return value(name, String.class, "a string");
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

    public @Nullable Boolean flag(String name) {
        return value(name, Boolean.class, "true or false");
    }

    @Nullable JsonArray list(String name) {
        return value(name, JsonArray.class, "a list");
    }

    /** The constants that a list of wire names stands for. */
    <E extends Enum<E> & WireConstant> @Nullable Set<E> constants(String name, Class<E> type) {
        JsonArray list = list(name);
        if (list == null) {
            return null;
        }
        Set<E> constants = EnumSet.noneOf(type);
        for (int i = 0; i < list.size(); i++) {
            E constant = WireConstant.find(type, list.getValue(i));
            if (constant == null) {
                throw invalid(name + "[" + i + "]", "expected " + WireConstant.oneOf(type));
            }
            constants.add(constant);
        }
        return constants;
    }

    /** A text as a value of its own type; the parser throws {@link InvalidValueException}. */
    public <T> @Nullable T parsed(String name, Function<String, T> parser) {
        String text = text(name);
        try {
            return text == null ? null : parser.apply(text);
        } catch (InvalidValueException e) {
            throw invalid(name, String.valueOf(e.getMessage()));
        }
    }

    <T> T required(String name, @Nullable T value, String expected) {
        if (value == null) {
            throw missing(name, expected);
        }
        return value;
    }

    /** The fields of an object; an absent object counts as an empty one. */
    Fields object(String name) {
        JsonObject object = value(name, JsonObject.class, "an object");
        return new Fields(object == null ? new JsonObject() : object, path(name) + ".");
    }

    private <T> @Nullable T value(String name, Class<T> type, String expected) {
        Object value = json.getValue(name);
        if (value != null && !type.isInstance(value)) {
            throw wrongType(name, value, expected);
        }
        return type.cast(value);
    }

    RegistrationException invalid(String name, String message) {
        return new RegistrationException(Code.INVALID_FIELD, path(name), message);
    }

    RegistrationException missing(String name, String expected) {
        return invalid(name, "found nothing, expected " + expected);
    }

    /** Names the type that was found, never the value. */
    public static RegistrationException wrongType(String path, @Nullable Object value) {
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
