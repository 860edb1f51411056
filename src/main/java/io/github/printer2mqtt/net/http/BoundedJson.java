package io.github.printer2mqtt.net.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of a printer, of which nothing is believed: at most 64 levels and 20,000 values, wrong UTF-8 replaced.
 * A number that is none (NaN, hundreds of digits) is null and spoils nothing else, and stray commas are left out: see
 * {@link JsonRepair}.
 *
 * <p>Names are not remembered from one document to the next: in the parser's table a printer that makes up new names each
 * time would stand in the way of all others.
 */
final class BoundedJson {
    private static final int DEEPEST = 64;
    private static final int MOST_VALUES = 20_000;

    /** More digits than any measurement has; converting a million of them takes seconds. */
    private static final int LONGEST_NUMBER = 64;

    /** As many digits as a long holds whatever they are. */
    private static final int LONGEST_LONG = 18;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    private final JsonParser parser;
    private int values;

    private BoundedJson(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * The members of a document that is an object; null if it is none. Fails with a {@link PrinterException} beyond the
     * limits.
     */
    static @Nullable Map<String, Object> object(Buffer body) {
        String text = body.toString(StandardCharsets.UTF_8);
        String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try (JsonParser parser = FACTORY.createParser(JsonRepair.repaired(withoutMark))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Map<String, Object> members = new BoundedJson(parser).members();
            return parser.nextToken() == null ? members : null;
        } catch (StreamConstraintsException e) {
            throw new PrinterException(
                    FailureReason.UNREADABLE, "the JSON is nested deeper than " + DEEPEST + " levels");
        } catch (IOException e) {
            return null;
        }
    }

    private Map<String, Object> members() throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value());
        }
        return members;
    }

    private List<Object> elements() throws IOException {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value());
        }
        return elements;
    }

    @SuppressWarnings("NullAway") // a null of JSON is an element like others
    private Object value() throws IOException {
        values++;
        if (values > MOST_VALUES) {
            throw new PrinterException(FailureReason.TOO_LARGE, "the JSON has more than " + MOST_VALUES + " values");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> members();
            case START_ARRAY -> elements();
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> whole();
            case VALUE_NUMBER_FLOAT -> fraction();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private @Nullable Number whole() throws IOException {
        if (parser.getTextLength() <= LONGEST_LONG) {
            return parser.getLongValue();
        }
        return fraction();
    }

    private @Nullable Double fraction() throws IOException {
        if (parser.getTextLength() > LONGEST_NUMBER) {
            return null;
        }
        double value = parser.getDoubleValue();
        return Double.isFinite(value) ? Double.valueOf(value) : null;
    }
}
