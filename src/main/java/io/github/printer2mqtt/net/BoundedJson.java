package io.github.printer2mqtt.net;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
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
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private final JsonParser parser;
    private final @Nullable String series;
    private int values;

    private BoundedJson(JsonParser parser, @Nullable String series) {
        this.parser = parser;
        this.series = series;
    }

    /**
     * The members of an object; null if the document is not a JSON object.
     *
     * @throws PrinterException if it exceeds the limits
     */
    public static @Nullable Map<String, Object> object(Buffer body) {
        return read(body, null);
    }

    /**
     * The same, but of each array with a name only the last element is kept, and the others do not count: a series of
     * measurements can be longer than the limit.
     *
     * @param series the name of the arrays
     */
    public static @Nullable Map<String, Object> objectWithLastOf(String series, Buffer body) {
        return read(body, series);
    }

    private static @Nullable Map<String, Object> read(Buffer body, @Nullable String series) {
        String text = body.toString(StandardCharsets.UTF_8);
        String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        Map<String, Object> members = parsed(withoutMark, series);
        if (members != null) {
            return members;
        }
        String repaired = JsonRepair.repaired(withoutMark);
        return repaired.equals(withoutMark) ? null : parsed(repaired, series);
    }

    private static @Nullable Map<String, Object> parsed(String text, @Nullable String series) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Map<String, Object> members = new BoundedJson(parser, series).members();
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
            boolean isSeries = name.equals(series) && parser.currentToken() == JsonToken.START_ARRAY;
            members.put(name, isSeries ? lastElement() : value());
        }
        return members;
    }

    private List<Object> lastElement() throws IOException {
        List<Object> last = new ArrayList<>(1);
        int valuesBefore = values;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values = valuesBefore;
            last.clear();
            last.add(value());
        }
        return last;
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
