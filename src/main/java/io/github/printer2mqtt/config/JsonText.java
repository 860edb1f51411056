package io.github.printer2mqtt.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.printer2mqtt.config.JsonTree.Arr;
import io.github.printer2mqtt.config.JsonTree.Form;
import io.github.printer2mqtt.config.JsonTree.Obj;
import io.github.printer2mqtt.config.JsonTree.Scalar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of config.json into a {@link JsonTree}. Keys that stand twice become problems, of which the last value
 * counts; a text that is no JSON is one problem with line and column. The parser's own message is never used: it quotes
 * the text, and the text may be a secret without its quotes.
 */
final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final String name;
    private final String text;
    private final InvalidConfigException.Collector problems;

    JsonText(String name, String text, InvalidConfigException.Collector problems) {
        this.name = name;
        this.text = text;
        this.problems = problems;
    }

    /** The document; null if it is none, which is then a problem. */
    @Nullable JsonTree read() {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                problems.add(name, "an empty file", "at least {}");
                return null;
            }
            JsonTree tree = value(parser, "");
            if (parser.nextToken() != null) {
                problems.add(where(parser.currentTokenLocation()), "more after the end", "one JSON object");
                return null;
            }
            return tree;
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation();
            problems.add(where(location), found(location), "JSON");
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    private JsonTree value(JsonParser parser, String path) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, path);
            case START_ARRAY -> array(parser, path);
            case VALUE_STRING -> new Scalar(Form.TEXT, parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> new Scalar(Form.FLAG, parser.getText());
            case VALUE_NULL -> new Scalar(Form.NULL, parser.getText());
            default -> new Scalar(Form.NUMBER, parser.getText());
        };
    }

    private Obj object(JsonParser parser, String path) throws IOException {
        Map<String, JsonTree> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String at = JsonTree.KeyPath.join(path, key);
            parser.nextToken();
            if (members.put(key, value(parser, at)) != null) {
                problems.add(at, "this key twice", "it once");
            }
        }
        return new Obj(members);
    }

    private Arr array(JsonParser parser, String path) throws IOException {
        List<JsonTree> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser, path + "[" + items.size() + "]"));
        }
        return new Arr(items);
    }

    private String where(@Nullable JsonLocation location) {
        return location == null ? name : name + ", line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** Names a sign, never a letter or digit: those may belong to a secret. */
    private String found(@Nullable JsonLocation location) {
        if (location == null) {
            return "too many brackets in one another or a value that is too long";
        }
        long offset = location.getCharOffset();
        if (offset >= text.length()) {
            return "the end of the file";
        }
        char sign = offset < 0 ? '?' : text.charAt((int) offset);
        return switch (sign) {
            case '/', '#' -> "\"" + sign + "\" (JSON has no comments)";
            case '\'' -> "' (JSON has double quotes)";
            case '}', ']' -> "\"" + sign + "\" (is there a comma too many or a bracket too few before it?)";
            case '"', '{', '[' -> "the beginning of the next value (is a comma or colon missing before it?)";
            case ',', ':' -> "\"" + sign + "\"";
            case '\n', '\r' -> "the end of the line";
            default -> "something else (is a quote missing?)";
        };
    }
}
