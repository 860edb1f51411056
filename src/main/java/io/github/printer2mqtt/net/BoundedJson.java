package io.github.printer2mqtt.net;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.github.printer2mqtt.model.FailureReason;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads untrusted JSON: at most 64 levels and 20,000 values; invalid UTF-8 is replaced. A number that is not finite or has
 * hundreds of digits is null, and stray commas are ignored, see {@link JsonRepair}.
 *
 * <p>Names are not interned: a printer that sends new names all the time would fill the symbol table that all share.
 */
public final class BoundedJson {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_VALUES = 20_000;

    /** More digits than any measurement has; converting a million takes seconds. */
    private static final int MAX_NUMBER_DIGITS = 64;

    /** Every integer with so many characters fits into a long. */
    private static final int MAX_LONG_DIGITS = 18;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
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
     * The members of an object; null if the document is not a JSON object.
     *
     * @throws PrinterException if it exceeds the limits
     */
    public static @Nullable Map<String, Object> object(Buffer body) {
        String text = body.toString(StandardCharsets.UTF_8);
        String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        Map<String, Object> members = parsed(withoutMark);
        if (members != null) {
            return members;
        }
        String repaired = JsonRepair.repaired(withoutMark);
        return repaired.equals(withoutMark) ? null : parsed(repaired);
    }

    private static @Nullable Map<String, Object> parsed(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Map<String, Object> members = new BoundedJson(parser).members();
            return parser.nextToken() == null ? members : null;
        } catch (StreamConstraintsException e) {
            throw new PrinterException(
                    FailureReason.UNREADABLE, "the JSON is nested deeper than " + MAX_DEPTH + " levels");
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

    @SuppressWarnings("NullAway") // JSON null is null
    private Object value() throws IOException {
        values++;
        if (values > MAX_VALUES) {
            throw new PrinterException(FailureReason.TOO_LARGE, "the JSON has more than " + MAX_VALUES + " values");
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
        if (parser.getTextLength() <= MAX_LONG_DIGITS) {
            return parser.getLongValue();
        }
        return fraction();
    }

    private @Nullable Double fraction() throws IOException {
        if (parser.getTextLength() > MAX_NUMBER_DIGITS) {
            return null;
        }
        double value = parser.getDoubleValue();
        return Double.isFinite(value) ? Double.valueOf(value) : null;
    }
}
