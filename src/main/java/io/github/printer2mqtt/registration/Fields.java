package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.text.NearestWord;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.TextSanitizer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one JSON object and says of a wrong one where it stands, what was found and what is expected. A
 * field that is null counts as absent. Never shows a value of a wrong type, which may be a secret.
 */
final class Fields {
    private static final int LAST_OF_LATIN_1 = 0xFF;

    /** A list of thousands of unknown fields helps nobody. */
    private static final int MOST_NAMED = 20;

    private final JsonObject json;
    private final String prefix;

    private Fields(JsonObject json, String prefix) {
        this.json = json;
        this.prefix = prefix;
    }

    static Fields of(JsonObject json) {
        return new Fields(json, "");
    }

    /** The names are these, or a {@link RegistrationException} that tells the nearest one. */
    void expectNames(List<String> known) {
        List<RegistrationException> unknown = new ArrayList<>();
        for (String name : json.fieldNames()) {
            if (!known.contains(name) && unknown.size() < MOST_NAMED) {
                String nearest = NearestWord.of(name, known);
                String shown = Objects.requireNonNullElse(TextSanitizer.line(name, 40), "");
                unknown.add(invalid(
                        shown,
                        "found an unknown field, expected "
                                + (nearest == null ? "one of " + String.join(", ", known) : "perhaps " + nearest)));
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
        throw wrongType(name, value, "a text");
    }

    /** A text of one visible line and 1 to {@code longest} characters, in Unicode's form NFC, without spaces around it. */
    @Nullable String line(String name, int longest) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        String stripped = NameNormalizer.normalized(text);
        if (!isLine(stripped) || stripped.codePointCount(0, stripped.length()) > longest) {
            throw invalid(
                    name,
                    "found " + QuotedText.of(text) + ", expected 1 to " + longest
                            + " characters, one of them visible, no control characters");
        }
        return stripped;
    }

    /** A secret: its value is never a part of the message. */
    @Nullable String secret(String name, int longest) {
        String text = text(name);
        if (text != null && (!isLine(text) || text.length() > longest || !text.equals(text.strip()))) {
            throw invalid(
                    name,
                    "found a value that does not fit, expected 1 to " + longest
                            + " characters, no control characters, no spaces around it");
        }
        return text;
    }

    /** A secret that is sent in an HTTP header, where only characters of Latin-1 arrive as they are. */
    @Nullable String headerSecret(String name, int longest) {
        String text = secret(name, longest);
        if (text != null && text.codePoints().anyMatch(point -> point > LAST_OF_LATIN_1)) {
            throw invalid(
                    name,
                    "found a character that an HTTP header cannot carry, expected letters, digits and signs of Latin-1");
        }
        return text;
    }

    @Nullable Integer integer(String name, int least, int most) {
        Object value = json.getValue(name);
        if (value == null) {
            return null;
        }
        String expected = "a whole number from " + least + " to " + most;
        if (!(value instanceof Integer || value instanceof Long)) {
            throw wrongType(name, value, expected);
        }
        long number = ((Number) value).longValue();
        if (number < least || number > most) {
            throw invalid(name, "found " + number + ", expected " + expected);
        }
        return (int) number;
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
                Code.INVALID_FIELD, path, "found " + typeOf(value) + ", expected an object with a registration");
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
            return "a text";
        }
        if (value instanceof Number) {
            return "a number";
        }
        if (value instanceof Boolean) {
            return "true or false";
        }
        return value instanceof JsonArray ? "a list" : "an object";
    }

    /** Something to see, valid Unicode, and nothing in it that breaks a line or turns its direction. */
    static boolean isLine(String text) {
        return NameNormalizer.isVisible(text)
                && text.codePoints().noneMatch(point -> switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE -> true;
                    default -> isDirection(point);
                });
    }

    private static boolean isDirection(int point) {
        return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    }
}
