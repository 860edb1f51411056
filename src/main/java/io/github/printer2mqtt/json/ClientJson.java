package io.github.printer2mqtt.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON of clients strictly by RFC 8259: valid UTF-8, one value, no comments, no repeated key in an object, at most 64
 * levels. Not thread-safe; {@link #read} is.
 */
public final class ClientJson {
    private static final int MAX_DEPTH = 64;
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final JsonParser parser;

    private ClientJson(JsonParser parser) {
        this.parser = parser;
    }

    /** Reports invalid JSON with line and column. Never quotes a value, which may be a secret. */
    public static final class InvalidJsonException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private InvalidJsonException(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * The value: a JsonObject, JsonArray, String, Number, Boolean or null.
     *
     * @throws InvalidJsonException if the document is not strict JSON
     */
    public static @Nullable Object read(byte[] document) {
        String decoded = decoded(document);
        String text = decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new ClientJson(parser).document();
        } catch (StreamConstraintsException e) {
            throw new InvalidJsonException(
                    "found more than " + MAX_DEPTH + " levels or a value that is too long" + at(e.getLocation()));
        } catch (JsonProcessingException e) {
            throw new InvalidJsonException(found(text, e.getLocation()) + at(e.getLocation()));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    private static String decoded(byte[] document) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidJsonException("found bytes that are not UTF-8");
        }
    }

    private @Nullable Object document() throws IOException {
        if (parser.nextToken() == null) {
            throw new InvalidJsonException("found no content");
        }
        Object value = value();
        if (parser.nextToken() != null) {
            throw new InvalidJsonException("found content after the end" + at(parser.currentTokenLocation()));
        }
        return value;
    }

    private @Nullable Object value() throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    @SuppressWarnings("NullAway") // JSON null is an ordinary value
    private JsonObject object() throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (members.containsKey(name)) {
                throw new InvalidJsonException("found the key " + QuotedText.of(name) + " twice in one object"
                        + at(parser.currentTokenLocation()));
            }
            parser.nextToken();
            members.put(name, value());
        }
        return new JsonObject(members);
    }

    @SuppressWarnings("NullAway") // JSON null is an ordinary value
    private JsonArray array() throws IOException {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value());
        }
        return new JsonArray(items);
    }

    private static String found(String text, @Nullable JsonLocation location) {
        long offset = location == null ? -1 : location.getCharOffset();
        if (offset >= text.length()) {
            return "found the end of the text";
        }
        char found = offset < 0 ? '?' : text.charAt((int) offset);
        return switch (found) {
            case '/', '#' -> "found \"" + found + "\"; JSON has no comments";
            case '\'' -> "found a single quote; JSON has double quotes";
            case '}', ']' ->
                "found a syntax error before \"" + found + "\", such as a comma left over or quotes missing";
            case ',', ':' -> "found \"" + found + "\"";
            default -> "found a syntax error";
        };
    }

    private static String at(@Nullable JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
