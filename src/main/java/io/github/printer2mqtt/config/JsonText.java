package io.github.printer2mqtt.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.printer2mqtt.config.type.JsonTree;
import io.github.printer2mqtt.config.type.JsonTree.ArrayNode;
import io.github.printer2mqtt.config.type.JsonTree.JsonType;
import io.github.printer2mqtt.config.type.JsonTree.ObjectNode;
import io.github.printer2mqtt.config.type.JsonTree.Scalar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses config.json into a {@link JsonTree}. Duplicate keys are errors; invalid JSON is one error with line and column.
 * The parser's own message is never used because it quotes the text, which may be a secret.
 */
final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final String name;
    private final String text;
    private final Values values;

    JsonText(String name, String text, Values values) {
        this.name = name;
        this.text = text;
        this.values = values;
    }

    /** The document; null if it is invalid, which is then an error. */
    @Nullable JsonTree read() {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                values.addError(name, "an empty file", "at least {}");
                return null;
            }
            JsonTree tree = value(parser, "");
            if (parser.nextToken() != null) {
                values.addError(
                        where(parser.currentTokenLocation()),
                        "text after the end of the JSON object",
                        "one JSON object");
                return null;
            }
            return tree;
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation();
            values.addError(where(location), found(location), "JSON");
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    private JsonTree value(JsonParser parser, String path) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, path);
            case START_ARRAY -> array(parser, path);
            case VALUE_STRING -> new Scalar(JsonType.STRING, parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> new Scalar(JsonType.BOOLEAN, parser.getText());
            case VALUE_NULL -> new Scalar(JsonType.NULL, parser.getText());
            default -> new Scalar(JsonType.NUMBER, parser.getText());
        };
    }

    private ObjectNode object(JsonParser parser, String path) throws IOException {
        Map<String, JsonTree> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String at = JsonTree.join(path, key);
            parser.nextToken();
            if (members.put(key, value(parser, at)) != null) {
                values.addError(at, "this key twice", "it once");
            }
        }
        return new ObjectNode(members);
    }

    private ArrayNode array(JsonParser parser, String path) throws IOException {
        List<JsonTree> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser, path + "[" + items.size() + "]"));
        }
        return new ArrayNode(items);
    }

    private String where(@Nullable JsonLocation location) {
        return location == null ? name : name + ", line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** Shows punctuation only; letters and digits may belong to a secret. */
    private String found(@Nullable JsonLocation location) {
        if (location == null) {
            return "brackets nested too deeply or a value that is too long";
        }
        long offset = location.getCharOffset();
        if (offset >= text.length()) {
            return "the end of the file";
        }
        char character = offset < 0 ? '?' : text.charAt((int) offset);
        return switch (character) {
            case '/', '#' -> "\"" + character + "\" (comments are not allowed in JSON)";
            case '\'' -> "' (JSON strings need double quotes)";
            case '}', ']' -> "\"" + character + "\" (extra comma or missing bracket before it?)";
            case '"', '{', '[' -> "the start of the next value (missing comma or colon before it?)";
            case ',', ':' -> "\"" + character + "\"";
            case '\n', '\r' -> "the end of the line";
            default -> "an unexpected character (missing quote?)";
        };
    }
}
